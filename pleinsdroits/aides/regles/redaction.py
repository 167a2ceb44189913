"""Relire un règlement avant de l'adopter : ce qui est absurde se refuse, ce qui laissera sans réponse se signale."""

from dataclasses import dataclass
from decimal import Decimal

from pleinsdroits.droits.reglement.bareme import MontantFixe, Tranche
from pleinsdroits.droits.reglement.couverture import Defaut, defauts
from pleinsdroits.droits.reglement.modele import Aide, Reglement
from pleinsdroits.droits.reglement.mots import PAR_PERIODE
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

# Une aide facultative se compte en centaines d'euros ; au-delà, c'est une virgule oubliée.
MAXIMUM = Decimal(20_000)


@dataclass(frozen=True)
class Alerte:
    """Ce que la rédaction laisse voir pour une ``aide`` : ``refus`` empêche d'enregistrer, sinon c'est à savoir."""

    aide: str
    texte: Phrase
    refus: bool = False


def relire(reglement: Reglement) -> tuple[Alerte, ...]:
    """Les alertes du règlement, aide par aide, refus d'abord."""
    trouvees = [
        a
        for aide in reglement.aides
        for a in (*_absurdes(aide), *_delegations(aide), *_silences(aide), *_limites(aide))
    ]
    return tuple(sorted(trouvees, key=lambda a: not a.refus))


def _absurdes(aide: Aide) -> list[Alerte]:
    sommes = [(_("le plafond"), aide.plafond.montant)] if aide.plafond else []
    sommes += [(_("la délégation"), d.jusqu_a) for d in aide.decide if d.jusqu_a is not None]
    sommes += [(t.libelle, s) for b in aide.baremes for t in b.tranches for s in _sommes(t)]
    texte = _("{ou} : {somme} est trop grand pour une aide ({maximum} au plus). Vérifiez la virgule.")
    return [
        Alerte(aide.nom, phrase(texte, ou=ou, somme=euros(somme), maximum=euros(MAXIMUM)), refus=True)
        for ou, somme in sommes
        if somme > MAXIMUM
    ]


def _sommes(tranche: Tranche) -> list[Decimal]:
    regle = tranche.montant
    lues = (getattr(regle, nom, None) for nom in ("montant", "plafond", "plancher"))
    return [somme for somme in lues if somme is not None]


def _delegations(aide: Aide) -> list[Alerte]:
    """Les décideurs sont cités du plus petit montant au plus grand ; le dernier sans limite décide du reste."""
    limites = [d.jusqu_a for d in aide.decide]
    if None in limites[:-1]:
        texte = _("qui décide : seul le dernier peut n’avoir aucune limite de montant.")
        return [Alerte(aide.nom, phrase(texte), refus=True)]
    connues = [limite for limite in limites if limite is not None]
    if connues != sorted(set(connues)):
        texte = _("qui décide : citez-les du plus petit montant au plus grand.")
        return [Alerte(aide.nom, phrase(texte), refus=True)]
    return []


def _silences(aide: Aide) -> list[Alerte]:
    return [Alerte(aide.nom, _dire(defaut)) for bareme in aide.baremes for defaut in defauts(bareme)]


def _limites(aide: Aide) -> list[Alerte]:
    """À savoir : deux périodes différentes, un montant plus grand que le plafond."""
    plafond, frequence = aide.plafond, aide.frequence
    trouvees = []
    if plafond and frequence and plafond.periode != frequence.par:
        texte = _("le nombre de fois se compte {fois}, le maximum {periode} : est-ce bien ce que dit le texte ?")
        dites = {"fois": phrase(PAR_PERIODE[frequence.par]), "periode": phrase(PAR_PERIODE[plafond.periode])}
        trouvees.append(Alerte(aide.nom, phrase(texte, **dites)))
    fixes = {t.montant.montant for b in aide.baremes for t in b.tranches if isinstance(t.montant, MontantFixe)}
    if plafond and plafond.par == "foyer" and fixes and max(fixes) > plafond.montant:
        texte = _("une aide de {montant} dépasse à elle seule le maximum de {plafond} {periode} : elle y sera ramenée.")
        somme, periode = euros(max(fixes)), phrase(PAR_PERIODE[plafond.periode])
        dit = phrase(texte, montant=somme, plafond=euros(plafond.montant), periode=periode)
        trouvees.append(Alerte(aide.nom, dit))
    return trouvees


def _dire(defaut: Defaut) -> Phrase:
    trou = defaut.sorte == "trou"
    if defaut.de is not None and defaut.de == defaut.a:
        texte = (
            _("à {seuil} exactement, aucune tranche ne répond.")
            if trou
            else _("à {seuil} exactement, deux tranches répondent.")
        )
        return phrase(texte, seuil=euros(defaut.de))
    entre = _entre(defaut)
    texte = _("{entre}, aucune tranche ne répond.") if trou else _("{entre}, plusieurs tranches répondent.")
    return phrase(texte, entre=entre)


def _entre(defaut: Defaut) -> Phrase:
    if defaut.de is None and defaut.a is None:
        return phrase(_("quel que soit le montant"))
    if defaut.de is None:
        return phrase(_("sous {a}"), a=euros(defaut.a or 0))
    if defaut.a is None:
        return phrase(_("au-dessus de {de}"), de=euros(defaut.de))
    return phrase(_("entre {de} et {a}"), de=euros(defaut.de), a=euros(defaut.a))
