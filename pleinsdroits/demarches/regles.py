"""
Le calendrier d'une démarche : de la fiche d'un droit et de quelques dates, toutes les étapes, ce que leur passage veut
dire et l'article qui le dit. Rien ne lit l'horloge ni la base.
"""

from datetime import date

from pleinsdroits.demarches.attente import Attente, attente
from pleinsdroits.demarches.contestation import contester
from pleinsdroits.demarches.delais import delais
from pleinsdroits.demarches.etapes import Calendrier, Etape, Nom
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.recours import AMIABLES, Decision, delai_du_juge, delai_du_prealable, voies_de_refus
from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.textes import Phrase, insecables, jour_long, phrase
from pleinsdroits.droits.textes import marque as _


def calendrier(fiche: Fiche, faits: FaitsDeDemarche, au: date) -> Calendrier:
    """
    Les étapes de la démarche le jour ``au``, de la préparation au juge. Ce que la fiche ignore est dit, jamais rempli :
    voir ``Calendrier.inconnus``.
    """
    silence = attente(fiche, faits)
    etapes = [*_depot(faits), _completude(faits), _reponse(fiche, faits, silence, au)]
    decision = _decision(fiche, faits, silence)
    etapes += contester(fiche, faits, silence, decision)
    return Calendrier(tuple(e for e in etapes if e), _inconnus(fiche), silence.sens)


def _depot(faits: FaitsDeDemarche) -> list[Etape]:
    etapes = []
    if faits.preparee_le:
        etapes.append(Etape(Nom.PREPAREE, phrase(_("Préparée.")), faits.preparee_le, fait=True))
    if faits.deposee_le is None:
        texte = phrase(_("Déposez la demande et demandez une preuve : les délais partent de ce jour."))
        return [*etapes, Etape(Nom.DEPOSEE, texte, article=_article("accuse_du"))]
    return [*etapes, Etape(Nom.DEPOSEE, _dire_le_depot(faits), faits.deposee_le, fait=True, article=_article("accuse"))]


def _dire_le_depot(faits: FaitsDeDemarche) -> Phrase:
    if faits.preuve == "accuse" and faits.recue_le:
        return phrase(_("Reçue le {jour}, d’après l’accusé de réception."), jour=jour_long(faits.recue_le))
    if faits.reception_prouvee and faits.reception:
        return phrase(_("Reçue le {jour}, avec une preuve."), jour=jour_long(faits.reception))
    return phrase(
        _("Sans accusé de réception, le délai de recours ne court pas : gardez une preuve du dépôt ({article})."),
        article=_article("accuse"),
    )


def _completude(faits: FaitsDeDemarche) -> Etape | None:
    article = _article("incomplet")
    if faits.completee_le:
        return Etape(
            Nom.COMPLETE, phrase(_("Les papiers sont complets.")), faits.completee_le, fait=True, article=article
        )
    if faits.incomplete_le is None:
        return None
    if faits.pieces_attendues_le is None:
        texte = phrase(_("Il manque des papiers depuis le {jour}."), jour=jour_long(faits.incomplete_le))
        return Etape(Nom.COMPLETE, texte, article=article)
    jour = faits.pieces_attendues_le
    texte = phrase(
        _("{jour} : dernier jour pour envoyer les papiers demandés ({article})."), jour=jour_long(jour), article=article
    )
    return Etape(Nom.COMPLETE, texte, jour, article=article)


def _reponse(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente, au: date) -> Etape:
    if faits.repondue_le:
        return _reponse_recue(faits, silence)
    if silence.jour is None:
        return Etape(
            Nom.REPONSE,
            _sans_date(fiche),
            article=silence.article,
            certain=silence.certain and fiche.silence.inconnu is None,
            raisons=silence.raisons,
        )
    texte = _dire_le_silence(fiche, faits, silence, au)
    raisons = (_texte_du_silence(fiche), *silence.raisons)
    return Etape(Nom.REPONSE, texte, silence.jour, article=silence.article, certain=silence.certain, raisons=raisons)


def _reponse_recue(faits: FaitsDeDemarche, silence: Attente) -> Etape:
    modeles = {
        "accord": _("Réponse du {jour} : c’est un accord."),
        "partiel": _("Réponse du {jour} : c’est un accord pour une partie."),
        "refus": _("Réponse du {jour} : c’est un refus."),
    }
    jour = faits.repondue_le
    assert jour is not None and faits.reponse is not None
    texte = phrase(modeles[faits.reponse], jour=jour_long(jour))
    tardif = silence.sens == "accord" and faits.reponse != "accord" and silence.acquis(jour)
    if not tardif or silence.jour is None:
        return Etape(Nom.REPONSE, texte, jour, fait=True)
    raison = phrase(
        _(
            "Le silence valait accord depuis le {jour} ({article}). Ce refus arrive tard : faites-vous aider ({retrait})."
        ),
        jour=jour_long(silence.jour),
        article=silence.article,
        retrait=_article("refus_tardif"),
    )
    return Etape(Nom.REPONSE, texte, jour, fait=True, article=silence.article, certain=False, raisons=(raison,))


def _sans_date(fiche: Fiche) -> Phrase:
    """Ce que la fiche dit du silence, avec ses mots."""
    connu = fiche.silence.connu
    return _citer((connu.texte if connu else fiche.silence.sans_objet or fiche.silence.inconnu) or "")


def _dire_le_silence(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente, au: date) -> Phrase:
    assert silence.jour is not None
    jour, passe = jour_long(silence.jour), silence.acquis(au)
    if silence.sens == "accord":
        modele = (
            _("Depuis le {jour}, l’absence de réponse vaut accord ({article}).")
            if passe
            else _("{jour} : sans réponse, c’est un accord ({article}).")
        )
        return phrase(modele, jour=jour, article=silence.article)
    modele = (
        _("Depuis le {jour}, l’absence de réponse vaut refus ({article}). {suite}")
        if passe
        else _("{jour} : sans réponse, c’est un refus ({article}). {suite}")
    )
    return phrase(modele, jour=jour, article=silence.article, suite=_pour_contester(fiche, faits, silence, passe))


def _pour_contester(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente, passe: bool) -> Phrase:
    decision = _decision(fiche, faits, silence)
    jour = _premier_recours(fiche, decision) if decision else None
    if jour is None:
        return phrase(_("Faites-vous aider pour le contester."))
    modele = (
        _("Vous avez jusqu’au {jour} pour le contester.")
        if passe
        else _("Vous aurez jusqu’au {jour} pour le contester.")
    )
    return phrase(modele, jour=jour_long(jour))


def _premier_recours(fiche: Fiche, decision: Decision) -> date | None:
    """Le dernier jour du premier recours utile : le préalable s'il est obligatoire, sinon le juge."""
    voies = voies_de_refus(fiche)
    prealables = [v for v in voies if v.nature == "prealable_obligatoire"]
    if prealables:
        return delai_du_prealable(fiche, prealables[0], decision).jour
    juges = [v for v in voies if v.nature not in (*AMIABLES, "mediation", "reclamation")]
    return delai_du_juge(fiche, juges[0], decision).jour if juges else None


def _decision(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente) -> Decision | None:
    """Ce qui se conteste : le refus reçu, ou le silence s'il vaut refus ; ``None`` s'il n'y a rien à contester."""
    if faits.repondue_le is None:
        if silence.sens != "refus" or silence.jour is None:
            return _deja_contestee(faits, silence)
        dites = faits.accuse_voies_dites if faits.preuve == "accuse" else False
        return Decision(silence.jour, explicite=False, voies_dites=dites, certain=silence.certain)
    if faits.reponse == "accord":
        return None
    recue = faits.notifiee_le or faits.repondue_le
    explicite = Decision(recue, explicite=True, voies_dites=faits.voies_dites)
    return (
        explicite
        if not _trop_tard(fiche, faits, silence, recue)
        else Decision(recue, True, faits.voies_dites, certain=False)
    )


def _deja_contestee(faits: FaitsDeDemarche, silence: Attente) -> Decision | None:
    """Un recours déposé contre un silence dont nous ignorons le sens : on le suit, tout est à vérifier."""
    depose = faits.prealable_depose_le or faits.gracieux_depose_le
    if depose is None or silence.sens:
        return None
    return Decision(depose, explicite=False, certain=False)


def _trop_tard(fiche: Fiche, faits: FaitsDeDemarche, silence: Attente, recue: date) -> bool:
    """Un refus écrit après la fin du délai contre le silence ne rouvre rien (CJA, R421-2) : à vérifier."""
    if silence.sens != "refus" or silence.jour is None or faits.accuse_voies_dites is not True:
        return False
    fin = _premier_recours(fiche, Decision(silence.jour, explicite=False, voies_dites=True))
    return fin is not None and recue > fin


def _inconnus(fiche: Fiche) -> tuple[Phrase, ...]:
    return tuple(_citer(t) for t in (fiche.silence.inconnu, fiche.recours.inconnu) if t)


def _texte_du_silence(fiche: Fiche) -> Phrase:
    return _citer(fiche.silence.connu.texte if fiche.silence.connu else "")


def _citer(texte: str) -> Phrase:
    """Les mots de la fiche, tels quels (des accolades ne s'y lisent pas comme des trous)."""
    return phrase("{texte}", texte=insecables(texte))


def _article(regle: str) -> str:
    return str(delais().generales[regle].reference)
