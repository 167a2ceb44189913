"""Les formulaires de l'argent : préparer un paiement, émettre des chèques, rembourser, tenir la caisse, voter une ligne."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.actions.paiements import PAR_LA_REGIE
from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.models import Cheque, Decision, LigneBudgetaire, Paiement
from pleinsdroits.aides.regles.echeancier import partager
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.portes.agents.formulaires_demarches import jour

FAUTES_DE_MONTANT = {
    "required": _("Écrivez le montant, en euros."),
    "invalid": _("Écrivez un nombre. Exemple : 184,50."),
    "min_value": _("Écrivez une somme d’au moins un euro."),
}
Forme = Decision.Forme


def somme(label: Any, aide: Any = "", **autres: Any) -> forms.DecimalField:
    """Une somme en euros et centimes ; l'acte dit ce qui est permis."""
    return forms.DecimalField(
        label=label, help_text=aide, decimal_places=2, localize=True, error_messages=FAUTES_DE_MONTANT, **autres
    )


def _annees(annees: Iterable[int]) -> list[tuple[int, str]]:
    """En textes : un nombre s'écrirait « 2 026 »."""
    return [(annee, str(annee)) for annee in annees]


class FormulaireDArgent(forms.Form):
    """Ce qui est commun : la version que la page montrait (deux agents à la fois)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}


class PreparerForm(FormulaireDArgent):
    """Combien, à qui, comment : seulement ce que la forme décidée demande."""

    montant = somme(_("Montant"))
    beneficiaire = forms.CharField(
        label=_("Payé à"), max_length=120, error_messages={"required": _("Écrivez à qui l’argent est donné.")}
    )
    par_la_regie = forms.BooleanField(label=_("Remis en main par la régie, en espèces"), required=False)
    coordonnees = forms.CharField(
        label=_("IBAN"),
        required=False,
        max_length=42,
        help_text=_("Il est sur le relevé d’identité bancaire. Inutile si la régie remet l’argent."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    mensualites = forms.IntegerField(
        label=_("Nombre de mensualités"), error_messages={"required": _("Écrivez le nombre de mensualités.")}
    )
    premiere_le = jour(_("Première mensualité le"))

    def __init__(self, *args: Any, decision: Decision, reste: Decimal, **kwargs: Any) -> None:
        demande = decision.demande
        fournisseur = decision.forme == Forme.FOURNISSEUR
        depart = {
            "montant": reste,
            "beneficiaire": demande.payer_a if fournisseur else str(demande.personne or ""),
            "premiere_le": timezone.localdate() + relativedelta(months=1),
        }
        super().__init__(*args, **{**kwargs, "initial": depart})
        for nom in self._inutiles(decision.forme):
            del self.fields[nom]
        if iban := self.fields.get("coordonnees"):
            # Dit par son aide : nécessaire, sauf si la régie remet l'argent.
            iban.facultatif_dit = True  # type: ignore[attr-defined]
            if fournisseur:
                iban.help_text = _("Il est sur la facture, ou le fournisseur le donne.")

    @staticmethod
    def _inutiles(forme: str) -> list[str]:
        inutiles = [] if forme == Forme.AVANCE else ["mensualites", "premiere_le"]
        inutiles += [] if forme in PAR_LA_REGIE else ["par_la_regie"]
        return inutiles + (["coordonnees"] if forme == Forme.CAP else [])


class OrdreForm(forms.Form):
    """Les paiements à mettre dans un ordre ; tous, au départ."""

    paiements = forms.ModelMultipleChoiceField(
        label=_("Paiements à mettre dans l’ordre"),
        queryset=Paiement.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choisissez au moins un paiement à mettre dans l’ordre."),
            "invalid_choice": _(
                "Un de ces paiements n’est plus à payer. Rechargez la page, puis choisissez de nouveau."
            ),
        },
    )

    def __init__(self, *args: Any, paiements: Any, nommer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["paiements"]
        champ.queryset = paiements
        champ.label_from_instance = nommer
        champ.initial = [p.pk for p in paiements]


class ChequesForm(FormulaireDArgent):
    """En chèques de combien ; en décembre, pour quelle année."""

    valeurs = somme(_("Valeur de chaque chèque"), initial=Decimal(20), min_value=Decimal(1))
    annee = forms.TypedChoiceField(label=_("Valables en"), coerce=int)

    def __init__(self, *args: Any, reste: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reste = reste
        self.fields["valeurs"].help_text = _("Au plus %(maxi)s €. Le dernier chèque complète la somme.") % {
            "maxi": borne("cheque_valeur").au_plus
        }
        aujourd_hui = timezone.localdate()
        annees = [aujourd_hui.year]
        if aujourd_hui.month >= borne("cheque_annee").mois:
            annees.append(aujourd_hui.year + 1)
        self.fields["annee"].choices = _annees(annees)  # type: ignore[attr-defined]
        if len(annees) == 1:
            self.fields["annee"].initial = annees[0]
            self.fields["annee"].widget = forms.HiddenInput()

    def donnees(self) -> dict[str, Any]:
        """La somme partagée en chèques."""
        return {"valeurs": partager(self.reste, self.cleaned_data["valeurs"]), "annee": self.cleaned_data["annee"]}


class UtiliserForm(forms.Form):
    """Un chèque revenu d'un commerçant."""

    numero = forms.CharField(
        label=_("Numéro du chèque"),
        max_length=20,
        help_text=_("Il est en haut du chèque. Exemple : C2026-000124."),
        error_messages={"required": _("Écrivez le numéro du chèque.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "court"}),
    )
    chez = forms.CharField(
        label=_("Utilisé chez"),
        max_length=120,
        error_messages={"required": _("Écrivez chez qui le chèque a été utilisé.")},
    )

    def clean_numero(self) -> str:
        """Sans espaces, en capitales : comme il est imprimé."""
        return "".join(self.cleaned_data["numero"].split()).upper()

    def cheque(self, acteur: Acteur) -> Cheque:
        """Le chèque de ce numéro. Lève ``ValidationError`` s'il n'existe pas."""
        trouve = Cheque.objects.visibles_par(acteur).filter(numero=self.cleaned_data["numero"]).first()
        if trouve is None:
            dit = _("%(numero)s : aucun chèque n’a ce numéro. Relisez-le.") % {"numero": self.cleaned_data["numero"]}
            raise ValidationError({"numero": dit})
        return trouve


class AnnulerUnChequeForm(forms.Form):
    """Pourquoi ce chèque ne sert plus."""

    raison = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=Cheque.Annulation,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez pourquoi ce chèque est annulé.")},
    )


class RembourserForm(FormulaireDArgent):
    """Ce qui est rendu, quand, et où l'argent arrive."""

    montant = somme(_("Montant rendu"), _("Il va d’abord à la mensualité la plus ancienne."))
    le = jour(_("Rendu le"))
    en_caisse = forms.BooleanField(label=_("Reçu par la régie, en espèces"), required=False)


class CaisseForm(forms.Form):
    """Une somme qui entre dans la caisse, ou qui en sort."""

    montant = somme(_("Montant"))


class LigneForm(FormulaireDArgent):
    """Une ligne du budget : son compte, son nom, les aides qu'elle paie, la somme votée."""

    exercice = forms.TypedChoiceField(label=_("Année"), coerce=int)
    code = forms.CharField(
        label=_("Compte"), max_length=20, error_messages={"required": _("Écrivez le compte. Exemple : 6561.")}
    )
    nom = forms.CharField(
        label=_("Nom"), max_length=120, error_messages={"required": _("Donnez un nom à cette ligne.")}
    )
    vote = somme(_("Somme votée"), _("En euros, pour toute l’année."))
    aides = forms.MultipleChoiceField(
        label=_("Aides payées par cette ligne"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une aide que cette ligne paie.")},
    )

    def __init__(self, *args: Any, ligne: LigneBudgetaire | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aujourd_hui = timezone.localdate()
        noms = noms_des_aides(aujourd_hui)
        noms |= {aide: aide for aide in (ligne.aides if ligne else []) if aide not in noms}
        self.fields["aides"].choices = sorted(noms.items(), key=lambda paire: paire[1])  # type: ignore[attr-defined]
        if ligne is not None:
            del self.fields["exercice"], self.fields["code"]
            self.initial = {"nom": ligne.nom, "vote": ligne.vote, "aides": ligne.aides, "version": ligne.version}
        else:
            annees = range(aujourd_hui.year - 1, aujourd_hui.year + 2)
            self.fields["exercice"].choices = _annees(annees)  # type: ignore[attr-defined]
            self.fields["exercice"].initial = aujourd_hui.year
