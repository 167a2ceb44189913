"""Le délai d'un recours : jusqu'à quand, devant qui, et si l'administration peut opposer ce délai."""

from dataclasses import dataclass
from datetime import date

from pleinsdroits.demarches.delais import Juge, Prealable, delais
from pleinsdroits.demarches.jours import ajouter, dernier_jour
from pleinsdroits.droits.fiche import Certitude, Fiche, VoieDeRecours
from pleinsdroits.droits.textes import Phrase, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

JURIDICTIONS = ("contentieux",)
AMIABLES = ("gracieux", "hierarchique")


@dataclass(frozen=True)
class Decision:
    """
    Ce que l'on conteste : ``jour`` de la notification ou du silence, ``explicite`` ou non, et si la personne a été
    informée des voies et délais (``None`` : on ne sait pas). ``certain`` faux : la date elle-même est à vérifier.
    ``plafond`` : le juge ne se saisit plus après ce jour (demande de raisons, un an).
    """

    jour: date
    explicite: bool
    voies_dites: bool | None = None
    certain: bool = True
    plafond: date | None = None


@dataclass(frozen=True)
class Delai:
    """Le dernier jour d'un recours et ce qui le fonde. ``jour`` vide : la fiche ne donne pas de délai."""

    jour: date | None
    article: str
    certain: bool
    raisons: tuple[Phrase, ...] = ()
    limite: date | None = None


def voies_de_refus(fiche: Fiche) -> list[VoieDeRecours]:
    """Les recours qui contestent un refus, dans l'ordre de la fiche."""
    exclues = delais().apres_accord.get(fiche.id, [])
    return [v for n, v in enumerate(fiche.recours.connu or []) if n not in exclues]


def delai_du_prealable(fiche: Fiche, voie: VoieDeRecours, decision: Decision) -> Delai:
    """
    Le dernier jour du recours préalable. Ni franc ni reporté : nous n'avons pas de texte qui l'affirme, la date la plus
    proche protège.
    """
    regle = delais().prealable(fiche, voie)
    jour = _quantieme(voie, decision)
    sur = _sur(fiche, regle) and decision.certain
    article = str(regle.reference) if regle else ""
    # Un organisme de sécurité sociale n'oppose son délai que s'il l'a dit (CSS R142-1-A) ; ailleurs, CJA R421-5.
    oppose = _article_opposable(fiche, decision)
    return Delai(jour, article, sur and jour is not None, _opposabilite(decision, oppose))


def delai_du_juge(fiche: Fiche, voie: VoieDeRecours, decision: Decision) -> Delai:
    """Le dernier jour pour saisir le juge de ``voie`` (CJA R421-1, R421-2 ; CSS R142-1-A ; CPC 641 et 642)."""
    regle = delais().juge(fiche, voie)
    quantieme = _quantieme(voie, decision)
    if regle is None or quantieme is None:
        return Delai(quantieme, _article_du_juge(regle, decision), False)
    jour = dernier_jour(quantieme, franc=regle.franc, proroge=regle.proroge)
    jour = min(jour, decision.plafond or jour)
    sur = _sur(fiche, regle) and decision.certain
    raisons = _opposabilite(decision, _opposable(regle, decision))
    limite = _un_an(regle, decision, jour)
    if limite:
        raisons += (_jusqu_a_un_an(limite),)
    return Delai(jour, _article_du_juge(regle, decision), sur, raisons, limite)


def interrompu_par_un_recours_amiable(fiche: Fiche, voie: VoieDeRecours) -> bool:
    """Vrai devant le juge administratif seulement (CRPA, L411-2) : ailleurs, un recours amiable n'arrête rien de sûr."""
    regle = delais().juge(fiche, voie)
    return regle is not None and regle.raisonnable is not None


def _quantieme(voie: VoieDeRecours, decision: Decision) -> date | None:
    if voie.delai_mois is None and voie.delai_jours is None:
        return None
    return ajouter(decision.jour, mois=voie.delai_mois, jours=voie.delai_jours)


def _sur(fiche: Fiche, regle: Juge | Prealable | None) -> bool:
    """Sûr si la règle et la fiche le sont toutes les deux."""
    return regle is not None and regle.sure and fiche.certitude.recours == Certitude.A


def _article_du_juge(regle: Juge | None, decision: Decision) -> str:
    if regle is None:
        return ""
    return str(regle.reference if decision.explicite else regle.implicite or regle.reference)


def _opposable(regle: Juge, decision: Decision) -> str:
    """Pour un silence devant le juge administratif, c'est l'accusé de réception qui compte (CRPA, L112-6)."""
    if regle.raisonnable and not decision.explicite:
        return str(delais().generales["accuse"].reference)
    return str(regle.opposable or "")


def _article_opposable(fiche: Fiche, decision: Decision) -> str:
    juge = next((j for v in voies_de_refus(fiche) if v.nature in JURIDICTIONS and (j := delais().juge(fiche, v))), None)
    return _opposable(juge, decision) if juge else str(delais().generales["accuse"].reference)


def _opposabilite(decision: Decision, article: str) -> tuple[Phrase, ...]:
    if decision.voies_dites:
        return ()
    if not article:
        return (phrase(_("Tenez cette date, même si la lettre ne dit pas comment contester.")),)
    if decision.voies_dites is None and not decision.explicite:
        modele = _(
            "Regardez si l’accusé de réception dit comment contester. S’il ne le dit pas, ce délai ne court pas "
            "({article}). Par prudence, tenez cette date."
        )
    elif decision.voies_dites is None:
        modele = _(
            "Regardez si la lettre dit comment contester. Si elle ne le dit pas, ce délai ne vous est pas "
            "opposable ({article}). Par prudence, tenez cette date."
        )
    elif decision.explicite:
        modele = _(
            "La lettre ne dit pas comment contester : ce délai ne vous est pas opposable ({article}). "
            "Par prudence, tenez cette date."
        )
    else:
        modele = _(
            "Sans accusé de réception qui dit comment contester, ce délai ne court pas ({article}). "
            "Par prudence, tenez cette date et gardez une preuve du dépôt."
        )
    return (phrase(modele, article=article),)


def _un_an(regle: Juge, decision: Decision, jour: date) -> date | None:
    """La limite d'environ un an, devant le juge administratif, quand la décision ne dit pas comment la contester."""
    if regle.raisonnable is None or decision.voies_dites is not False:
        return None
    limite = ajouter(decision.jour, mois=delais().generales[regle.raisonnable].mois)
    return limite if limite > jour else None


def _jusqu_a_un_an(limite: date) -> Phrase:
    return phrase(
        _(
            "Le juge peut encore accepter un recours pendant un an environ, vers le {limite}, sans que ce soit sûr ({article})."
        ),
        limite=jour_long(limite),
        article=delais().generales["un_an"].reference,
    )
