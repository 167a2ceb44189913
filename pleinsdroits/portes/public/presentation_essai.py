"""Un essai rangé pour l'écran : pour chaque moment, l'argent du mois, ce qui bouge, ce qui est à vérifier, ce qui manque."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.essais.champs import Champ, Genre, Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.comparer import Comparaison, Mouvement, Sens
from pleinsdroits.droits.moteur.essais.dire_l_essai import MOTS, dire_ce_qui_manque, dire_le_gain, rangees
from pleinsdroits.droits.moteur.essais.essayer import Essai
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import INSECABLE, euros
from pleinsdroits.portes.public.presentation import PERIODES, Fait, dire_le_manque

# Un mot, une forme, une couleur : le signe n'est jamais seul.
FORMES = {
    Sens.OUVRE: ("ouvert", "plein"),
    Sens.FERME: ("non", "barre"),
    Sens.MONTE: ("ouvert", "monte"),
    Sens.BAISSE: ("bientot", "baisse"),
    Sens.CHANGE: ("probable", "demi"),
    Sens.A_VERIFIER: ("probable", "demi"),
    Sens.SORT: ("non", "barre"),
    Sens.INCONNU: ("manque", "question"),
}
MODALITES = {"gratuite": _("gratuite"), "participation": _("avec une participation")}
A_VERIFIER = (Sens.A_VERIFIER, Sens.SORT)


@dataclass(frozen=True)
class Ecart:
    """Une somme avant, après, et sa différence : signe, mot et montant."""

    nom: str
    avant: str
    apres: str
    signe: str
    ecart: str
    mot: str


@dataclass(frozen=True)
class LigneDEssai:
    """Un droit qui bouge, tel qu'il s'affiche."""

    nom: str
    adresse: str
    pour: str
    genre: str
    icone: str
    mot: str
    avant: str
    apres: str
    ecart: Ecart | None
    motif: str
    questions: list[Fait]


@dataclass(frozen=True)
class Moment:
    """Un moment de l'essai : le premier mois, ou quand tout sera pris en compte."""

    cle: str
    titre: str
    explication: str
    avant: str
    gain: str
    sans: str
    argent: list[Ecart]
    bougent: list[LigneDEssai]
    a_verifier: list[LigneDEssai]
    inconnus: list[LigneDEssai]
    pareils: int


def presenter_l_essai(essai: Essai, fiches: Mapping[str, Fiche], contexte: Contexte) -> list[Moment]:
    """Les moments à montrer : ce qui durera d'abord ; un seul si les aides voient tout de suite le changement."""
    if essai.a_terme is None:
        simple = (_("Ce qui changerait"), "", _("Aujourd’hui"))
        return [_moment("mois", essai.premier_mois, simple, fiches, contexte)]
    durable = (
        _("Quand tout sera pris en compte"),
        _("Plusieurs aides regardent vos revenus des mois passés : il leur faut jusqu’à un an pour suivre."),
        _("Sans ce changement"),
    )
    debut = (
        _("Le premier mois"),
        _("Le premier mois, la plupart des aides regardent encore vos anciens revenus. Ce qui est en plus ne durera pas toujours."),
        _("Aujourd’hui"),
    )  # fmt: skip
    return [
        _moment("terme", essai.a_terme, durable, fiches, contexte),
        _moment("mois", essai.premier_mois, debut, fiches, contexte),
    ]


def dire_les_valeurs(
    changement: Changement, valeurs: Valeurs, situation: Situation, jour: date
) -> list[tuple[str, str]]:
    """Ce qui est essayé : chaque question et sa réponse, en clair."""
    return [
        (_(c.question), _dire_la_valeur(c, valeurs[c.nom], situation, jour))
        for c in changement.champs_poses(situation, jour)
    ]


def _dire_la_valeur(champ: Champ, valeur: float | str, situation: Situation, jour: date) -> str:
    if champ.genre is Genre.MONTANT:
        return euros(float(valeur))
    if champ.genre is Genre.COMMUNE:
        return communes()[str(valeur)].nom
    return _(dict(champ.possibles(situation, jour))[str(valeur)])


def _moment(
    cle: str, c: Comparaison, mots: tuple[str, str, str], fiches: Mapping[str, Fiche], contexte: Contexte
) -> Moment:
    titre, explication, avant = mots
    montrables = [m for m in rangees(c.mouvements) if m.droit in fiches and not _cache(m, fiches[m.droit])]
    lignes = [(m.sens, _ligne(m, fiches[m.droit], contexte)) for m in montrables]
    sans = dire_ce_qui_manque(c)
    return Moment(
        cle=cle,
        titre=titre,
        explication=explication,
        avant=avant,
        gain=dire_le_gain(c).en(_),
        sans=sans.en(_) if sans else "",
        argent=_argent(c),
        bougent=[ligne for sens, ligne in lignes if sens not in (*A_VERIFIER, Sens.INCONNU)],
        a_verifier=[ligne for sens, ligne in lignes if sens in A_VERIFIER],
        inconnus=[ligne for sens, ligne in lignes if sens is Sens.INCONNU],
        pareils=c.pareils,
    )


def _cache(mouvement: Mouvement, fiche: Fiche) -> bool:
    """Une fiche sensible à laquelle il manque une réponse n'est pas montrée : l'écran est peut-être partagé."""
    return fiche.sensible and mouvement.sens is Sens.INCONNU


def _argent(c: Comparaison) -> list[Ecart]:
    noms = {"revenus": _("Revenus du foyer"), "aides": _("Aides du mois"), "impot": _("Impôt sur le revenu")}
    lignes = [_ecart(nom, getattr(c.avant, cle), getattr(c.apres, cle)) for cle, nom in noms.items()]
    return [*lignes, _ecart(_("Ce qui reste chaque mois"), c.avant.reste, c.apres.reste)]


def _ecart(nom: str, avant: Decimal, apres: Decimal) -> Ecart:
    difference = apres - avant
    textes = (euros(avant, centimes=True), euros(apres, centimes=True))
    if not difference:
        return Ecart(nom, *textes, signe="", ecart="", mot=_("pareil"))
    signe, mot = ("+", _("en plus")) if difference > 0 else ("−", _("en moins"))
    return Ecart(nom, *textes, signe=signe, ecart=euros(abs(difference), centimes=True), mot=mot)


def _ligne(m: Mouvement, fiche: Fiche, contexte: Contexte) -> LigneDEssai:
    genre, icone = FORMES[m.sens]
    vu, ecart = m.vu, m.ecart
    return LigneDEssai(
        nom=fiche.nom,
        adresse=reverse("public:mon_droit", args=[m.droit]),
        pour=_pour(vu, contexte),
        genre=genre,
        icone=icone,
        mot=_(MOTS[m.sens]),
        avant=_montant(m.avant),
        apres=_montant(m.apres),
        ecart=_ecart("", Decimal(0), ecart) if ecart else None,
        motif=vu.motifs[0].en(_) if vu.motifs else "",
        questions=[dire_le_manque(q, contexte) for q in vu.manque],
    )


def _pour(resultat: Resultat, contexte: Contexte) -> str:
    """Pour qui, quand c'est une autre personne que celle qui demande, et que l'on sait la nommer."""
    noms = {g.ident: g.nom for g in contexte.gens}
    return noms.get(resultat.pour[0], "") if len(resultat.pour) == 1 and resultat.pour != ("moi",) else ""


def _montant(resultat: Resultat | None) -> str:
    """« 449,00 € par mois », « gratuite », « à vérifier » ; un tiret pour un droit qui n'est pas ouvert."""
    if resultat is None or resultat.etat is Etat.NON:
        return _("rien")
    if resultat.etat is Etat.A_COMPLETER:
        return _("on ne sait pas")
    if resultat.montant and resultat.periodicite:
        return f"{euros(resultat.montant, centimes=True)}{INSECABLE}{_(PERIODES[resultat.periodicite])}"
    if resultat.modalite in MODALITES:
        return _(MODALITES[resultat.modalite])
    return _("à vérifier") if resultat.etat is Etat.PROBABLE else _("ouverte")
