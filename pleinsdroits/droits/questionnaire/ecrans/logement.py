"""Partie 3 : où l'on habite, ce que l'on paie."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.questionnaire.champs import INCONNU, Cases, EnTroisCases, Montant, choix, liste
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.question import Champs, Erreurs, Question
from pleinsdroits.droits.questionnaire.villes import commune_trouvee, communes_proches

STATUTS = [
    ("locataire_hlm", _("Locataire d’un logement social (HLM)")),
    ("locataire_vide", _("Locataire d’un logement vide")),
    ("locataire_meuble", _("Locataire d’un logement meublé")),
    ("foyer", _("En foyer ou en résidence")),
    ("heberge", _("Je vis chez quelqu’un")),
    ("proprietaire", _("Propriétaire, sans prêt à rembourser")),
    ("accedant", _("Propriétaire, avec un prêt à rembourser")),
    ("sans_domicile", _("Je n’ai pas de logement à moi : rue, hôtel, voiture")),
]
PLUSIEURS_COMMUNES = _("Plusieurs communes portent un nom proche. Choisissez la vôtre.")
PAYANTS = ("locataire_hlm", "locataire_vide", "locataire_meuble", "foyer", "accedant", INCONNU)
PRECISIONS = {
    "colocation": _("Je partage le logement (colocation)"),
    "chambre": _("Je loue seulement une chambre"),
    "crous": _("C’est un logement du Crous"),
    "conventionne": _("Le propriétaire a signé une convention (logement « conventionné »)"),
    "bailleur_parent": _("Le propriétaire est un de mes parents, enfants ou grands-parents"),
    "foyer_rehabilite": _("Le foyer a été rénové"),
    "participe_frais": _("Je participe aux frais"),
    "domiciliation": _("J’ai déjà une adresse pour mon courrier (domiciliation)"),
    "sans_electricite": _("Le contrat d’électricité n’est pas à mon nom"),
}
LOUES = ["colocation", "chambre", "crous", "conventionne", "bailleur_parent"]
PRECISIONS_PAR_STATUT = {
    "locataire_hlm": ["colocation", "sans_electricite"],
    "locataire_vide": [*LOUES, "sans_electricite"],
    "locataire_meuble": [*LOUES, "sans_electricite"],
    "foyer": ["foyer_rehabilite"],
    "heberge": ["participe_frais"],
    "sans_domicile": ["domiciliation"],
    INCONNU: ["colocation"],
}


def _logement(contexte: Contexte, envoi: Mapping | None) -> Champs:
    commune = forms.CharField(
        label=_("Votre commune"),
        max_length=80,
        initial="Ivry-sur-Seine",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Écrivez le nom de votre commune.")},
    )
    champs: Champs = {"commune": commune}
    ecrite = str((envoi or {}).get("commune", ""))
    if envoi is not None and not commune_trouvee(ecrite) and (proches := communes_proches(ecrite)):
        precise = liste(_("Laquelle ?"), [(c.code, f"{c.nom} ({c.departement})") for c in proches], inconnu=False)
        precise.error_messages["required"] = PLUSIEURS_COMMUNES
        champs["commune_precise"] = precise
    champs["statut"] = choix(_("Comment êtes-vous logé ou logée ?"), STATUTS)
    return champs


def _commune_connue(donnees: Mapping, contexte: Contexte) -> Erreurs:
    ecrite = str(donnees.get("commune") or "")
    if donnees.get("commune_precise") or commune_trouvee(ecrite):
        return {}
    if communes_proches(ecrite):
        return {"commune_precise": PLUSIEURS_COMMUNES}
    return {"commune": _("Nous ne connaissons pas cette commune. Écrivez les premières lettres.")}


def _loyer(contexte: Contexte, envoi: Mapping | None) -> Champs:
    statut = str(contexte.dit("logement", "statut"))
    champs: Champs = {}
    if statut == "accedant":
        champs["loyer"] = Montant(
            label=_("Mensualité du prêt"), help_text=_("C’est écrit sur le tableau de la banque.")
        )
        champs["pret"] = EnTroisCases(label=_("Date de signature du prêt"))
    elif statut in PAYANTS:
        champs["loyer"] = Montant(
            label=_("Loyer, sans les charges"), help_text=_("C’est écrit sur la quittance. En colocation, votre part.")
        )
        champs["charges"] = Montant(label=_("Charges"), help_text=_("Écrivez 0 s’il n’y en a pas."))
        champs["entree"] = EnTroisCases(label=_("Date d’entrée dans le logement"), required=False, passee=False)
    if precisions := PRECISIONS_PAR_STATUT.get(statut):
        champs["precisions"] = Cases(
            _("Dans ce logement, cochez ce qui est vrai"), [(p, PRECISIONS[p]) for p in precisions], inconnu=True
        )
    if statut not in ("proprietaire", "accedant"):
        aide = _("Laissez vide si vous n’en avez pas demandé.")
        label = _("Date de votre demande de logement social")
        champs["demande_hlm"] = EnTroisCases(label=label, required=False, help_text=aide)
    return champs


def _paie_ou_precise(contexte: Contexte) -> bool:
    statut = contexte.dit("logement", "statut")
    return statut in PAYANTS or statut in PRECISIONS_PAR_STATUT


QUESTIONS = [
    Question(
        "logement",
        3,
        _("Où habitez-vous ?"),
        _logement,
        _("Les aides au logement changent selon la ville et le logement."),
        controle=_commune_connue,
        inconnu=False,
    ),
    Question(
        "loyer",
        3,
        _("Votre logement en détail"),
        _loyer,
        _("L’aide au logement dépend du loyer."),
        posee=_paie_ou_precise,
        ou_trouver="loyer",
    ),
]
