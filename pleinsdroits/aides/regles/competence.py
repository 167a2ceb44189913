"""Quelle instance peut décider une aide : ce que dit le règlement adopté (CASF R123-19 à R123-21)."""

from decimal import Decimal

from pleinsdroits.droits.reglement.libelles import citer
from pleinsdroits.droits.reglement.modele import Aide, Decideur
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

# Le conseil garde toujours la compétence de ce qu'il confie (CASF R123-20).
TOUJOURS_COMPETENT = "conseil_administration"
OU = {
    "conseil_administration": _("au conseil d’administration"),
    "commission_permanente": _("en commission permanente"),
    "presidence": _("par délégation à la présidence"),
    "direction": _("par la direction"),
    "regie": _("par la régie"),
}

ONT_DECIDE = {
    "conseil_administration": _("C’est le conseil d’administration du CCAS qui a décidé{source}."),
    "commission_permanente": _("C’est le groupe qui décide des aides (la commission permanente) qui a décidé{source}."),
    "presidence": _("C’est la présidence du CCAS qui a décidé, au nom du conseil{source}."),
}


def refus_de_competence(instance: str, aide: Aide, montant: Decimal | None) -> Phrase | None:
    """La raison pour laquelle cette ``instance`` ne peut pas décider ``montant`` euros de cette ``aide``, ou ``None``."""
    if instance == TOUJOURS_COMPETENT:
        return None
    regle = next((d for d in aide.decide if d.qui == instance), None)
    if regle is None:
        return phrase(_("Le règlement ne confie pas cette aide à la commission permanente : elle va au conseil."))
    if montant is None or regle.jusqu_a is None or montant <= regle.jusqu_a:
        return None
    texte = _(
        "{montant} dépasse ce que le règlement confie à la commission permanente ({limite}) : la demande va au conseil."
    )
    return phrase(texte, montant=euros(montant), limite=euros(regle.jusqu_a))


def dire_qui_decide(aide: Aide, montant: Decimal | None, *, urgente: bool) -> tuple[Phrase, ...]:
    """
    « Ce montant (250 €) se décide en commission permanente (article 7). » Zéro : un refus. Inconnu : l'aide. Puis, s'il y
    en a une, la délégation à la présidence (CASF R123-21) : elle ne sert qu'aux accords urgents.
    """
    ordinaires = [d for d in aide.decide if d.qui != "presidence"]
    deleguee = next((d for d in aide.decide if d.qui == "presidence"), None)
    accord_urgent = urgente and montant != 0
    if deleguee and accord_urgent and _couvre(deleguee, montant) and montant is not None:
        return (_dire(montant, OU[deleguee.qui], deleguee),)
    regle = next((d for d in ordinaires if _couvre(d, montant)), None)
    ou = OU[regle.qui] if regle else OU[TOUJOURS_COMPETENT]
    suite = (_dire_la_delegation(deleguee),) if deleguee and montant != 0 else ()
    return (_dire(montant, ou, regle), *suite)


def dire_qui_a_decide(aide: Aide, decideur: str) -> Phrase:
    """À la personne, une fois la décision prise : qui a décidé, et l'article du règlement qui le lui confie."""
    regle = next((d for d in aide.decide if d.qui == decideur), None)
    source = phrase(" {cite}", cite=citer(regle)) if regle else ""
    return phrase(ONT_DECIDE[decideur], source=source)


def _couvre(regle: Decideur, montant: Decimal | None) -> bool:
    return montant is None or regle.jusqu_a is None or montant <= regle.jusqu_a


def _dire(montant: Decimal | None, ou: str, regle: Decideur | None) -> Phrase:
    if montant is None:
        sujet = phrase(_("Cette aide"))
    else:
        sujet = phrase(_("Ce montant ({montant})"), montant=euros(montant)) if montant else phrase(_("Un refus"))
    limite = phrase(_(", jusqu’à {limite}"), limite=euros(regle.jusqu_a)) if regle and regle.jusqu_a else ""
    source = phrase(" {source}", source=citer(regle)) if regle else ""
    texte = _("{sujet} se décide {ou}{limite}{source}.")
    return phrase(texte, sujet=sujet, ou=phrase(ou), limite=limite, source=source)


def _dire_la_delegation(regle: Decideur) -> Phrase:
    limite = phrase(_(", jusqu’à {limite}"), limite=euros(regle.jusqu_a)) if regle.jusqu_a else ""
    texte = _("En urgence, la présidence décide seule par délégation{limite} {source}.")
    return phrase(texte, limite=limite, source=citer(regle))
