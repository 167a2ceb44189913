"""Le formulaire d'une aide du règlement : qui, combien, comment on compte, qui décide ; et un cas pour l'essayer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.regles.ecriture import FORMES_SIMPLES, LIGNES_EN_PLUS
from pleinsdroits.aides.regles.redaction import MAXIMUM
from pleinsdroits.droits.reglement.libelles import NATURES
from pleinsdroits.droits.situation.listes import NatureCharge, NatureDette

EFFETS = [("accord", _("accord")), ("refus", _("refus")), ("muet", _("le texte ne le dit pas"))]
FORMES = {
    "fixe": _("un montant fixe"),
    "jusqu_a": _("jusqu’à un montant"),
    "part_de_la_demande": _("une part de la somme demandée"),
    "par_personne": _("un montant par personne"),
    "a_l_appreciation": _("la commission choisit"),
}
DECIDENT = [
    ("commission_permanente", _("la commission permanente")),
    ("conseil_administration", _("le conseil d’administration")),
    ("presidence", _("la présidence, sans limite")),
]
DONNEES = [
    ("cap", _("chèque d’accompagnement")),
    ("fournisseur", _("paiement à un fournisseur")),
    ("virement", _("virement")),
    ("avance", _("avance à rembourser")),
    ("acces", _("accès à un service")),
    ("tarif", _("tarif réduit")),
]
PERIODES = [
    ("moyenne_3_mois", _("moyenne des trois mois d’avant")),
    ("dernier_mois", _("mois d’avant")),
    ("mois_courant", _("mois de la demande")),
]
LIMITES_PAR = [
    ("annee", _("par année civile, de janvier à décembre")),
    ("semestre", _("par semestre, janvier à juin puis juillet à décembre")),
    ("trimestre", _("par trimestre civil")),
    ("mois", _("par mois civil")),
    ("douze_mois", _("sur les douze mois d’avant la décision")),
]
LIMITES = (
    *("plafond", "plafond_periode", "plafond_par", "plafond_article"),
    *("fois", "fois_par", "fois_article"),
)
QUI = [
    ("tout_le_foyer", _("tout le foyer")),
    ("demandeur_et_conjoint", _("la personne et son conjoint")),
    ("majeurs", _("les personnes majeures")),
]
COMPTER = [("compter", _("compter")), ("exclure", _("ne pas compter")), ("indetermine", _("le texte ne le dit pas"))]
LOYERS = [("brut", _("en entier")), ("net", _("moins l’aide au logement")), ("exclu", _("ne pas compter"))]
DIVISEURS = [
    ("personne", _("nombre de personnes")),
    ("unite_consommation", _("unités de consommation (échelle de l’INSEE)")),
    ("foyer", _("ne pas diviser")),
]
NEGATIFS = [
    ("garder", _("garder le nombre négatif")),
    ("zero", _("compter zéro")),
    ("indetermine", _("ne pas conclure")),
]


def somme_(label: Any, aide: Any = "", *, minimum: int | None = 0) -> forms.DecimalField:
    """Une somme en euros, facultative ; ``minimum`` : ``None`` laisse écrire moins que zéro (un seuil)."""
    fautes = {
        "invalid": _("Écrivez un nombre. Exemple : 184,50."),
        "min_value": _("Écrivez une somme qui n’est pas négative."),
        "max_value": _("C’est trop grand pour une aide : %(limit_value)s € au plus. Vérifiez la virgule."),
    }
    return forms.DecimalField(
        label=label,
        help_text=aide,
        required=False,
        decimal_places=2,
        localize=True,
        min_value=minimum,
        max_value=int(MAXIMUM),
        error_messages=fautes,
    )


def choix_(label: Any, choix: list, aide: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choix, help_text=aide)


def lignes_(label: Any, aide: Any) -> forms.CharField:
    """Des noms, un par ligne."""
    saisie = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=aide, required=False, max_length=2000, widget=saisie)


def article_() -> forms.CharField:
    return forms.CharField(label=_("Article"), required=False, max_length=40)


def cases_(label: Any, choix: list) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choix, required=False, widget=forms.CheckboxSelectMultiple)


def _natures(prefixe: str, liste: Any) -> list[tuple[str, str]]:
    return [(n.value, NATURES.get(prefixe + n.value, n.value)) for n in liste]


class AideForm(forms.Form):
    """Les champs d'une aide, puis sa façon de compter (que d'autres aides partagent), puis le cas de l'aperçu."""

    GROUPES = (
        (_("Limites"), LIMITES),
        (_("Exception"), ("exception", "exception_plafond", "exception_article")),
        (_("Qui décide"), ("delegation", "decide", "decide_article")),
        (_("Forme de l’aide et papiers"), ("formes", "pieces", "pieces_suivent")),
        (
            _("Comment on compte"),
            ("periode", "qui", "aide_logement", "loyer", "depenses", "dettes", "diviseur", "jours", "si_negatif"),
        ),
    )
    CAS = ("cas_salaire", "cas_aide_logement", "cas_loyer", "cas_energie", "cas_enfants", "cas_demande")

    nom = forms.CharField(label=_("Nom de l’aide"), max_length=120, error_messages={"required": _("Donnez un nom.")})
    plafond = somme_(_("Maximum, en euros"), _("Vide : pas de maximum."))
    plafond_periode = choix_(_("Ce maximum se compte"), LIMITES_PAR)
    plafond_par = choix_(_("Ce maximum est"), [("foyer", _("par foyer")), ("personne", _("par personne"))])
    plafond_article = article_()
    fois = forms.IntegerField(
        label=_("Nombre de fois"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=_("Vide : pas de limite."),
    )
    fois_par = choix_(_("Ce nombre se compte"), LIMITES_PAR)
    fois_article = article_()
    exception = forms.CharField(
        label=_("Quand une exception est possible"),
        required=False,
        max_length=300,
        help_text=_("Vide : le texte n’en prévoit pas."),
    )
    exception_plafond = somme_(_("Exception jusqu’à, en euros"), _("Vide : non chiffré."))
    exception_article = article_()
    delegation = somme_(
        _("La présidence décide seule jusqu’à, en euros"), _("Vide : pas de délégation (CASF R123-21).")
    )
    decide = choix_(_("Au-delà, décide"), DECIDENT)
    decide_article = article_()
    formes = cases_(_("L’aide se donne en"), DONNEES)
    pieces = lignes_(_("Papiers sans lesquels on ne peut pas étudier"), _("Un par ligne."))
    pieces_suivent = lignes_(
        _("Papiers qui peuvent suivre"), _("Un par ligne. Ils n’arrêtent pas l’étude (CRPA L114-5-1).")
    )
    periode = choix_(_("Argent reçu"), PERIODES)
    qui = choix_(_("De qui"), QUI)
    aide_logement = choix_(_("L’aide au logement"), COMPTER)
    loyer = forms.ChoiceField(label=_("Le loyer"), choices=LOYERS, required=False)
    depenses = cases_(_("Dépenses comptées"), _natures("", NatureCharge))
    dettes = cases_(_("Remboursements comptés"), _natures("dette_", NatureDette))
    diviseur = choix_(_("On divise par"), DIVISEURS)
    jours = forms.IntegerField(
        label=_("Jours dans le mois"),
        required=False,
        min_value=28,
        max_value=31,
        help_text=_("Vide : le résultat est par mois."),
    )
    si_negatif = choix_(_("Quand les dépenses dépassent l’argent reçu"), NEGATIFS)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cas_salaire = somme_(_("Salaire par mois"))
    cas_aide_logement = somme_(_("Aide au logement par mois"))
    cas_loyer = somme_(_("Loyer par mois"))
    cas_energie = somme_(_("Électricité et chauffage par mois"))
    cas_enfants = forms.IntegerField(label=_("Enfants"), required=False, min_value=0, max_value=12)
    cas_demande = somme_(_("Somme demandée"))

    def __init__(self, *args: Any, tranches: int, retirer: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lignes = tranches + LIGNES_EN_PLUS if tranches else 0
        for rang in range(self.lignes):
            self.fields |= _champs_de_tranche(rang, neuve=rang >= tranches)
        for nom in retirer:
            del self.fields[nom]
        for champ in self.fields.values():
            champ.facultatif_dit = True  # type: ignore[attr-defined]  # presque tout peut rester vide : le dire partout lasse

    def clean_formes(self) -> list[str]:
        """Au moins une forme."""
        formes = self.cleaned_data["formes"]
        if not formes:
            raise forms.ValidationError(_("Cochez au moins une forme."))
        return formes

    def clean(self) -> dict[str, Any]:
        """Une tranche d'accord a une forme, et sa somme."""
        lu = super().clean() or self.cleaned_data
        for rang in range(self.lignes):
            self._verifier_la_tranche(lu, rang)
        return lu

    def _verifier_la_tranche(self, lu: dict[str, Any], rang: int) -> None:
        if not lu.get(f"t{rang}_libelle"):
            return
        if not lu.get(f"t{rang}_effet"):
            self.add_error(f"t{rang}_effet", _("Choisissez la réponse."))
        if lu.get(f"t{rang}_effet") != "accord":
            return
        forme = lu.get(f"t{rang}_forme")
        if not forme:
            self.add_error(f"t{rang}_forme", _("Choisissez comment le montant se fixe."))
        if forme in ("fixe", "jusqu_a", "par_personne") and lu.get(f"t{rang}_somme") is None:
            self.add_error(f"t{rang}_somme", _("Écrivez la somme, en euros."))
        if forme == "part_de_la_demande" and lu.get(f"t{rang}_taux") is None:
            self.add_error(f"t{rang}_taux", _("Écrivez la part, de 0 à 100."))

    def tranches(self) -> list[list[Any]]:
        """Les champs liés de chaque tranche, dans l'ordre."""
        return [[self[nom] for nom in self.fields if nom.startswith(f"t{rang}_")] for rang in range(self.lignes)]

    def groupes(self) -> list[tuple[Any, list[Any]]]:
        """Les champs liés, par groupe."""
        return [(titre, [self[nom] for nom in noms if nom in self.fields]) for titre, noms in self.GROUPES]

    def cas(self) -> list[Any]:
        """Les champs de l'aperçu."""
        return [self[nom] for nom in self.CAS]


def _champs_de_tranche(rang: int, *, neuve: bool) -> dict[str, forms.Field]:
    vide = _("Laissez vide pour ne pas ajouter de tranche.") if neuve else _("Videz ce nom pour retirer la tranche.")
    return {
        f"t{rang}_libelle": forms.CharField(
            label=_("Nom de la tranche"), required=False, max_length=120, help_text=vide
        ),
        f"t{rang}_au_moins": somme_(_("Au moins, en euros"), minimum=None),
        f"t{rang}_moins_de": somme_(_("Moins de, en euros"), minimum=None),
        f"t{rang}_effet": forms.ChoiceField(label=_("Réponse"), choices=EFFETS, required=False),
        f"t{rang}_forme": forms.ChoiceField(
            label=_("Montant"), required=False, choices=[("", _("aucun")), *((f, FORMES[f]) for f in FORMES_SIMPLES)]
        ),
        f"t{rang}_somme": somme_(_("Somme ou maximum, en euros")),
        f"t{rang}_taux": forms.DecimalField(
            label=_("Part, sur 100"), required=False, min_value=0, max_value=100, decimal_places=2, localize=True
        ),
        f"t{rang}_article": article_(),
    }
