"""
Le procès-verbal d'une séance, en deux tomes (CASF L133-5 ; CADA, conseil 20121509) : le communicable ne dit ni qui demande,
ni pourquoi, ni qui s'est retiré ; le nominatif dit tout et ne sort pas du CCAS. Rend des types JSON, gardés chiffrés.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.convoquer import quand
from pleinsdroits.aides.models import Decision, Demande, Inscription, Presence, Seance, Vote
from pleinsdroits.aides.regles.anonymat import arrondir
from pleinsdroits.aides.seance_lue import aide_de, quorum_de, rang_de_presidence
from pleinsdroits.aides.urne import bulletins_de
from pleinsdroits.socle.templatetags.socle import euros, heure

E = Inscription.Etat
SE_LISENT = (E.DECIDEE, E.AJOURNEE, E.RETIREE)


def tome_communicable(seance: Seance) -> dict[str, Any]:
    """Ce que tout le monde peut lire : l'aide, le sens, une somme à 5 €, le compte des voix."""
    affaires = [_affaire(i) for i in _inscriptions(seance)]
    deleguees = [{"aide": _nom_de_l_aide(d.demande), "montant": _environ(d.montant)} for d in _deleguees(seance)]
    return {**_entete(seance), "tome": "communicable", "affaires": affaires, "deleguees": deleguees}


def tome_nominatif(seance: Seance) -> dict[str, Any]:
    """Le même, avec les personnes, les sommes exactes, les raisons, la voix de chaque membre et les retraits."""
    affaires = [{**_affaire(i), **_nominatif(i)} for i in _inscriptions(seance)]
    deleguees = [{"aide": _nom_de_l_aide(d.demande), **_decision(d)} for d in _deleguees(seance)]
    return {**_entete(seance), "tome": "nominatif", "affaires": affaires, "deleguees": deleguees}


def bilan(inscriptions: Iterable[Inscription]) -> dict[str, int]:
    """« 11 demandes, 9 accords, 1 refus, 1 ajournement » : le nombre de chaque issue."""
    issues = Counter[str]()
    for inscription in inscriptions:
        decision = _decision_de(inscription)
        if decision is not None:
            issues["accords" if decision.accorde else "refus"] += 1
        elif inscription.etat == E.AJOURNEE:
            issues["ajournements"] += 1
        elif inscription.etat == E.RETIREE:
            issues["retraits"] += 1
    return {"demandes": issues.total(), **{n: issues[n] for n in ("accords", "refus", "ajournements", "retraits")}}


def _inscriptions(seance: Seance) -> list[Inscription]:
    lues = seance.inscriptions.filter(etat__in=SE_LISENT).order_by("rang")
    return list(
        lues.select_related("demande__personne", "demande__edition", "decision", "urne").prefetch_related(
            "votes__membre__agent", "votes__porte_par__agent", "retraits__membre__agent"
        )
    )


def _entete(seance: Seance) -> dict[str, Any]:
    presences = sorted(seance.presences.select_related("membre__agent"), key=lambda p: rang_de_presidence(p.membre))
    lu = quorum_de(seance, le=seance.ouverte_le)
    pouvoirs = {
        p.mandant_id: str(p.mandataire.agent) for p in seance.pouvoirs.en_cours().select_related("mandataire__agent")
    }
    return {
        "instance": str(seance.get_instance_display()),
        "quand": quand(seance),
        "lieu": seance.lieu,
        "preside": str(seance.presidee_par.agent) if seance.presidee_par else "",
        "ouverte": _a_l_heure(seance.ouverte_le),
        "close": _a_l_heure(seance.close_le),
        "membres": [_membre(p, pouvoirs.get(p.membre_id, "")) for p in presences],
        "quorum": {"presents": lu.presents, "en_exercice": lu.en_exercice, "requis": lu.requis, "libre": lu.libre},
        "bilan": bilan(_inscriptions(seance)),
    }


def _membre(presence: Presence, pouvoir_a: str) -> dict[str, str]:
    membre = presence.membre
    etat = str(presence.get_etat_display())
    if presence.parti_le:
        etat = _("présent, parti à %(h)s") % {"h": _a_l_heure(presence.parti_le)}
    elif presence.etat == Presence.Etat.CONVOQUE:
        etat = str(Presence.Etat.ABSENT.label)
    if pouvoir_a:
        etat = _("%(etat)s, pouvoir à %(nom)s") % {"etat": etat, "nom": pouvoir_a}
    return {"nom": str(membre.agent), "qualite": str(membre.get_qualite_display()), "etat": etat}


def _affaire(inscription: Inscription) -> dict[str, Any]:
    """``voix`` : combien de chaque ; jamais de qui. Au scrutin secret, le compte de l'urne."""
    decision = _decision_de(inscription)
    compte = Counter(v.choix for v in (bulletins_de(inscription) if inscription.secrete else inscription.votes.all()))
    return {
        "rang": inscription.rang,
        "aide": _nom_de_l_aide(inscription.demande),
        "issue": _issue(inscription),
        "montant": _environ(decision.montant) if decision else "",
        "articles": ", ".join(decision.articles) if decision else "",
        "voix": [f"{Vote.Choix(c).label} : {n}" for c, n in sorted(compte.items())],
        "retires": len(inscription.retraits.all()),
        "secret": inscription.secrete,
    }


def _nominatif(inscription: Inscription) -> dict[str, Any]:
    decision = _decision_de(inscription)
    return {
        "personne": str(inscription.demande.personne or _("dossier effacé")),
        "demande": inscription.demande.reference,
        "noms_des_voix": sorted(f"{_votant(v)} : {_voix(v)}" for v in inscription.votes.all()),
        "noms_des_retires": [str(r.membre.agent) for r in inscription.retraits.all()],
        "motif": inscription.motif,
        **(_decision(decision) if decision else {}),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "reference": decision.reference,
        "personne": str(decision.demande.personne or _("dossier effacé")),
        "montant": euros(decision.montant) if decision.montant is not None else "",
        "forme": str(decision.get_forme_display()) if decision.forme else "",
        "raisons": decision.raisons,
        "ecart": decision.ecart,
    }


def _issue(inscription: Inscription) -> str:
    decision = _decision_de(inscription)
    return str(decision.get_sens_display()) if decision else str(inscription.get_etat_display())


def _decision_de(inscription: Inscription) -> Decision | None:
    return getattr(inscription, "decision", None)


def _deleguees(seance: Seance) -> list[Decision]:
    return list(seance.decisions_rapportees.select_related("demande__personne", "demande__edition").order_by("pk"))


def _nom_de_l_aide(demande: Demande) -> str:
    aide = aide_de(demande)
    return aide.nom if aide else _("Aide")


def _votant(vote: Vote) -> str:
    """Le membre ; et, s'il n'était pas là, qui portait son pouvoir."""
    if vote.porte_par is None:
        return str(vote.membre.agent)
    return _("%(nom)s, par pouvoir à %(porteur)s") % {"nom": vote.membre.agent, "porteur": vote.porte_par.agent}


def _voix(vote: Vote) -> str:
    if not vote.choix:
        return _("a voté, au scrutin secret")
    montant = f" ({euros(vote.montant)})" if vote.montant is not None else ""
    raison = f" — {vote.raison}" if vote.raison else ""
    return f"{vote.get_choix_display()}{montant}{raison}"


def _environ(montant: Decimal | None) -> str:
    return _("environ %(m)s €") % {"m": int(arrondir(montant))} if montant is not None else ""


def _a_l_heure(instant: Any) -> str:
    return heure(timezone.localtime(instant).time()) if instant else ""
