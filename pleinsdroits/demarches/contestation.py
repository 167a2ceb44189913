"""Contester : les raisons, le recours amiable, le recours préalable, puis le juge, chacun avec son dernier jour."""

from dataclasses import replace
from datetime import date

from pleinsdroits.demarches.attente import Attente
from pleinsdroits.demarches.delais import delais
from pleinsdroits.demarches.etapes import Etape, Nom
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.jours import ajouter
from pleinsdroits.demarches.recours import (
    AMIABLES,
    JURIDICTIONS,
    Decision,
    Delai,
    delai_du_juge,
    delai_du_prealable,
    interrompu_par_un_recours_amiable,
    voies_de_refus,
)
from pleinsdroits.droits.fiche import Fiche, VoieDeRecours
from pleinsdroits.droits.textes import Phrase, insecables, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

NOMS = {
    "prealable_obligatoire": Nom.PREALABLE,
    "gracieux": Nom.GRACIEUX,
    "hierarchique": Nom.GRACIEUX,
    "contentieux": Nom.JUGE,
}


def contester(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente, decision: Decision | None) -> list[Etape]:
    """
    Les étapes de contestation de ``decision``. Sans décision à contester (accord, silence qui vaut accord, sens du
    silence inconnu), rien n'est daté ; un accord reçu n'en a aucune.
    """
    voies = voies_de_refus(fiche)
    if decision is None:
        return [] if faits.reponse == "accord" or silence.sens == "accord" else [_sans_date(v) for v in voies]
    prealables = [v for v in voies if v.nature == "prealable_obligatoire"]
    motifs, decision_du_juge = _motifs(fiche, faits, decision, bool(prealables))
    if prealables:
        return motifs + _avec_prealable(fiche, faits, decision, voies)
    return motifs + _sans_prealable(fiche, faits, decision_du_juge, voies)


def _sans_date(voie: VoieDeRecours) -> Etape:
    return Etape(NOMS.get(voie.nature, Nom.AUTRE_VOIE), _citer(voie.texte), devant=voie.devant, nature=voie.nature)


def _avec_prealable(
    fiche: Fiche, faits: FaitsDeDemarche, decision: Decision, voies: list[VoieDeRecours]
) -> list[Etape]:
    """Le préalable, son silence, puis le juge : jamais le juge d'abord."""
    prealables = [v for v in voies if v.nature == "prealable_obligatoire"]
    suites = [v for v in voies if v.nature != "prealable_obligatoire"]
    depose = faits.prealable_depose_le
    if depose is None:
        etapes = [_etape(Nom.PREALABLE, v, delai_du_prealable(fiche, v, decision)) for v in prealables]
        return etapes + [_sans_date(v) for v in suites]
    premier = delai_du_prealable(fiche, prealables[0], decision)
    a_temps = premier.jour is None or depose <= premier.jour or decision.voies_dites is False
    fait = Etape(
        Nom.PREALABLE,
        phrase(_("Recours déposé le {jour}."), jour=jour_long(depose)),
        depose,
        fait=True,
        article=premier.article,
        certain=premier.certain and a_temps,
        raisons=() if a_temps or premier.jour is None else (_hors_delai(premier.jour),),
        devant=prealables[0].devant,
        nature="prealable_obligatoire",
    )
    attendue = _reponse_au_prealable(fiche, faits, prealables[0])
    seconde = _apres_le_prealable(faits, attendue, fait.certain)
    return [fait, attendue, *[_du_juge(fiche, v, seconde) for v in suites]]


def _reponse_au_prealable(fiche: Fiche, faits: FaitsDeDemarche, voie: VoieDeRecours) -> Etape:
    repondu = faits.prealable_repondu_le
    if repondu:
        texte = phrase(_("Réponse au recours reçue le {jour}."), jour=jour_long(repondu))
        return Etape(Nom.SILENCE_DU_RECOURS, texte, repondu, fait=True)
    regle = delais().prealable(fiche, voie)
    article = str(regle.silence) if regle else str(delais().generales["silence_d_un_recours"].reference)
    assert faits.prealable_depose_le is not None
    return _silence_du_recours(faits.prealable_depose_le, article, regle is not None and regle.sure)


def _silence_du_recours(depose: date, article: str, certain: bool) -> Etape:
    jour = ajouter(depose, mois=delais().generales["silence_d_un_recours"].mois)
    texte = phrase(
        _("{jour} : sans réponse à votre recours, c’est un refus ({article}). Vous pourrez alors saisir le juge."),
        jour=jour_long(jour),
        article=article,
    )
    return Etape(Nom.SILENCE_DU_RECOURS, texte, jour, article=article, certain=certain)


def _apres_le_prealable(faits: FaitsDeDemarche, attendue: Etape, certain: bool) -> Decision:
    assert attendue.jour is not None
    return Decision(
        attendue.jour,
        explicite=faits.prealable_repondu_le is not None,
        voies_dites=faits.prealable_voies_dites,
        certain=certain and attendue.certain,
    )


def _sans_prealable(
    fiche: Fiche, faits: FaitsDeDemarche, decision: Decision, voies: list[VoieDeRecours]
) -> list[Etape]:
    """Le recours amiable est facultatif ; fait à temps, il remet le délai du juge à zéro (CRPA, L411-2)."""
    amiables = [v for v in voies if v.nature in AMIABLES]
    juges = [v for v in voies if v.nature in JURIDICTIONS]
    autres = [_sans_date(v) for v in voies if v not in amiables and v not in juges]
    interrompt = bool(juges) and interrompu_par_un_recours_amiable(fiche, juges[0])
    if faits.gracieux_depose_le is None or not interrompt:
        prevus = [_etape(Nom.GRACIEUX, v, _delai_amiable(fiche, v, juges, decision)) for v in amiables]
        return prevus + [_du_juge(fiche, v, decision) for v in juges] + autres
    depose, fin = faits.gracieux_depose_le, delai_du_juge(fiche, juges[0], decision)
    texte = phrase(_("Recours amiable déposé le {jour}."), jour=jour_long(depose))
    article = str(delais().generales["gracieux"].reference)
    if fin.jour is not None and depose > fin.jour:
        tardif = Etape(Nom.GRACIEUX, texte, depose, fait=True, article=article, raisons=(_hors_delai(fin.jour),))
        return [tardif, *[_du_juge(fiche, v, decision) for v in juges], *autres]
    attendue = _reponse_au_gracieux(faits)
    assert attendue.jour is not None
    explicite = faits.gracieux_repondu_le is not None
    seconde = Decision(attendue.jour, explicite, decision.voies_dites, decision.certain and fin.certain)
    fait = Etape(Nom.GRACIEUX, texte, depose, fait=True, article=article)
    return [fait, attendue, *[_du_juge(fiche, v, seconde) for v in juges], *autres]


def _reponse_au_gracieux(faits: FaitsDeDemarche) -> Etape:
    repondu = faits.gracieux_repondu_le
    if repondu:
        return Etape(
            Nom.SILENCE_DU_RECOURS,
            phrase(_("Réponse au recours reçue le {jour}."), jour=jour_long(repondu)),
            repondu,
            fait=True,
        )
    assert faits.gracieux_depose_le is not None
    regle = delais().generales["silence_d_un_recours"]
    return _silence_du_recours(faits.gracieux_depose_le, str(regle.reference), regle.sure)


def _delai_amiable(fiche: Fiche, voie: VoieDeRecours, juges: list[VoieDeRecours], decision: Decision) -> Delai:
    """Pour garder le juge, le recours amiable se fait dans le délai du juge (CRPA, L411-2) ; sans délai connu, à vérifier."""
    regle = delais().generales["gracieux"]
    if not juges:
        jour = (
            ajouter(decision.jour, mois=voie.delai_mois, jours=voie.delai_jours)
            if voie.delai_mois or voie.delai_jours
            else None
        )
        return Delai(jour, str(regle.reference), False)
    return replace(delai_du_juge(fiche, juges[0], decision), article=str(regle.reference))


def _motifs(fiche: Fiche, faits: FaitsDeDemarche, decision: Decision, prealable: bool) -> tuple[list[Etape], Decision]:
    """
    La demande de raisons d'un refus par silence (CRPA, L232-4). Reçues, elles font repartir deux mois ; jamais reçues,
    le juge se saisit au plus tard un an après la demande (avis du Conseil d'État du 2 octobre 2025).
    """
    demande = faits.motifs_demandes_le
    if demande is None or decision.explicite:
        return [], decision
    etape = _etape_des_motifs(faits, demande)
    if prealable or not _dans_le_delai(fiche, decision, demande):
        raison = phrase(_("Cette demande ne change pas la date du recours : tenez-la."))
        return [replace(etape, raisons=(raison,))], decision
    plafond = ajouter(demande, mois=delais().generales["motifs_muets"].mois)
    if faits.motifs_recus_le is None:
        return [replace(etape, limite=plafond, raisons=(_sans_les_raisons(plafond),))], decision
    depart = max(faits.motifs_recus_le, decision.jour)
    return [etape], replace(decision, jour=depart, plafond=plafond)


def _dans_le_delai(fiche: Fiche, decision: Decision, demande: date) -> bool:
    """Une demande de raisons ne compte que pour un refus à motiver, né, et encore dans le délai du juge (CRPA, L232-4)."""
    if fiche.id in delais().motivation_discutee or demande < decision.jour:
        return False
    juges = [v for v in voies_de_refus(fiche) if v.nature in JURIDICTIONS]
    fin = delai_du_juge(fiche, juges[0], decision).jour if juges else None
    return fin is not None and demande <= fin


def _sans_les_raisons(plafond: date) -> Phrase:
    return phrase(
        _(
            "Quand les raisons arrivent, vous avez 2 mois pour saisir le juge. Si elles n’arrivent pas, le juge peut être "
            "saisi au plus tard le {jour} ({article}). Par prudence, tenez la première date."
        ),
        jour=jour_long(plafond),
        article=delais().generales["motifs_muets"].reference,
    )


def _etape_des_motifs(faits: FaitsDeDemarche, demande: date) -> Etape:
    regle = delais().generales["motifs"]
    if faits.motifs_recus_le:
        texte = phrase(_("Raisons reçues le {jour}."), jour=jour_long(faits.motifs_recus_le))
        return Etape(Nom.MOTIFS, texte, faits.motifs_recus_le, fait=True, article=str(regle.reference))
    jour = ajouter(demande, mois=regle.mois)
    texte = phrase(
        _("{jour} : les raisons du refus doivent être arrivées ({article}). Sinon, dites-le au juge."),
        jour=jour_long(jour),
        article=regle.reference,
    )
    return Etape(Nom.MOTIFS, texte, jour, article=str(regle.reference))


def _du_juge(fiche: Fiche, voie: VoieDeRecours, decision: Decision) -> Etape:
    if voie.nature not in JURIDICTIONS:
        return _sans_date(voie)
    return _etape(Nom.JUGE, voie, delai_du_juge(fiche, voie, decision))


def _etape(nom: Nom, voie: VoieDeRecours, delai: Delai) -> Etape:
    if delai.jour is None:
        return replace(_sans_date(voie), nom=nom, certain=False, article=delai.article)
    modele = (
        _("{jour} : dernier jour pour ce recours ({article}). {texte}")
        if delai.article
        else _("{jour} : dernier jour pour ce recours. {texte}")
    )
    texte = phrase(modele, jour=jour_long(delai.jour), article=delai.article, texte=_citer(voie.texte))
    return Etape(
        nom,
        texte,
        delai.jour,
        article=delai.article,
        certain=delai.certain,
        raisons=delai.raisons,
        limite=delai.limite,
        devant=voie.devant,
        nature=voie.nature,
    )


def _hors_delai(fin: date) -> Phrase:
    return phrase(
        _("Ce recours est arrivé après le {jour} : il peut être refusé. Faites-vous aider."), jour=jour_long(fin)
    )


def _citer(texte: str) -> Phrase:
    return phrase("{texte}", texte=insecables(texte))
