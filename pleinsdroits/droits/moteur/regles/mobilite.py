"""Se déplacer en Île-de-France : Solidarité Transport (gratuité, réduction) et Améthyste."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import (
    A_PORTEE,
    ILE_DE_FRANCE,
    VAL_DE_MARNE,
    departement,
    foyer,
    non,
    probable,
    touche,
)
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, phrase
from pleinsdroits.droits.textes import marque as _

REMPLACENT_LE_RSA = ("aah", "aspa", "asi")
ATTENDUS = ("rsa", "ass", "css", *REMPLACENT_LE_RSA)


@regle("tst_gratuite", apres=ATTENDUS)
def tst_gratuite(c: Contexte) -> Iterator[Resultat]:
    """Gratuité pour les foyers au RSA sous plafond, et pour l'ASS avec la CSS gratuite (C. transports L1113-1)."""
    if refus := _hors_ile_de_france("tst_gratuite", c):
        yield refus
    elif _garde_le_rsa(c):
        verifier = phrase(_("Les ressources du foyer restent sous le plafond d’Île-de-France Mobilités."))
        yield _solidarite(
            c,
            "tst_gratuite",
            phrase(_("Vous recevez le RSA, ou vous pouvez le demander.")),
            verifier,
            exclut=("tst_75",),
        )
    elif touche(c, "ass") and _css_gratuite(c):
        motif = phrase(_("Vous recevez, ou pouvez demander, l’ASS et la complémentaire santé solidaire."))
        verifier = phrase(_("Votre complémentaire santé solidaire est sans participation à payer."))
        yield _solidarite(c, "tst_gratuite", motif, verifier, exclut=("tst_75",))
    else:
        texte = _("La gratuité demande le RSA, ou l’ASS avec la complémentaire santé solidaire gratuite.")
        yield non("tst_gratuite", foyer(c), phrase(texte))


@regle("tst_75", apres=(*ATTENDUS, "tst_gratuite"))
def tst_75(c: Contexte) -> Iterator[Resultat]:
    """Réduction de 75 % (CSS gratuite ou ASS), de 50 % avec l'AME (C. transports L1113-1)."""
    if refus := _hors_ile_de_france("tst_75", c):
        yield refus
    elif any(r.etat is Etat.PROBABLE for r in c.deja.get("tst_gratuite", ())):
        motif = phrase(_("Vous pouvez demander la gratuité, qui vaut mieux : les deux ne s’ajoutent pas."))
        yield non("tst_75", foyer(c), motif, exclut=("tst_gratuite",))
    elif raison := _raison_de_reduction(c):
        verifier = phrase(
            _("Votre complémentaire santé solidaire est sans participation à payer, si c’est votre seule raison.")
        )
        yield _solidarite(c, "tst_75", raison, verifier, exclut=("tst_gratuite",), modalite="reduction_75")
    elif any(p.sante.couverture == "ame" for p in c.situation.personnes):
        motif = phrase(_("Vous avez l’aide médicale de l’État : la réduction est de 50 %."))
        yield _solidarite(c, "tst_75", motif, None, exclut=("tst_gratuite",), modalite="reduction_50")
    else:
        texte = _(
            "La réduction demande l’ASS, la complémentaire santé solidaire gratuite ou l’aide médicale de l’État."
        )
        yield non("tst_75", foyer(c), phrase(texte))


@regle("amethyste")
def amethyste(c: Contexte) -> Iterator[Resultat]:
    """Le forfait du Département pour les personnes âgées ou handicapées ; ses conditions de 2026 ne sont pas connues."""
    if departement(c) != VAL_DE_MARNE:
        yield non("amethyste", foyer(c), phrase(_("Ce forfait est pour les personnes qui habitent le Val-de-Marne.")))
        return
    concernees = [p for p in c.situation.personnes if _agee_ou_handicapee(c, p)]
    if not concernees:
        motif = phrase(_("Ce forfait est pour les personnes âgées ou handicapées."))
        yield non("amethyste", (c.situation.demandeur.id,), motif)
    for personne in concernees:
        verifier = phrase(
            _("L’âge, les ressources et les impôts demandés par le Département, que nous n’avons pas pour 2026.")
        )
        motif = phrase(_("{age} ans : ce forfait aide les personnes âgées ou handicapées."), age=age(personne, c.jour))
        yield probable(c, "amethyste", (personne.id,), [motif], [verifier])


def _agee_ou_handicapee(c: Contexte, personne: Personne) -> bool:
    regarde = c.parametre("amethyste.age_regarde").valeur
    adulte_handicape = age(personne, c.jour) >= 18 and bool(personne.handicap or personne.invalidite)
    return age(personne, c.jour) >= regarde or adulte_handicape


def _css_gratuite(c: Contexte) -> bool:
    """La CSS est reçue, ou le calcul vient de la dire ouverte ou probable, sans participation."""
    if c.recu("css") or any(p.sante.complementaire == "css" for p in c.situation.personnes):
        return True
    return any(r.etat in A_PORTEE and r.modalite == "gratuite" for r in c.deja.get("css", ()))


def _garde_le_rsa(c: Contexte) -> bool:
    """Le RSA est reçu, ou possible sans qu'une allocation ouverte ne compte à sa place (CASF R262-6)."""
    return c.recu("rsa") or (touche(c, "rsa") and not any(c.ouvert(d) for d in REMPLACENT_LE_RSA))


def _raison_de_reduction(c: Contexte) -> Phrase | None:
    if touche(c, "ass"):
        return phrase(_("Vous recevez l’ASS, ou vous pouvez la demander."))
    return (
        phrase(_("Vous avez la complémentaire santé solidaire, ou pouvez la demander.")) if _css_gratuite(c) else None
    )


def _solidarite(c: Contexte, droit: str, motif: Phrase, verifier: Phrase | None, **reste) -> Resultat:
    return probable(c, droit, foyer(c), [motif], [verifier] if verifier else [], **reste)


def _hors_ile_de_france(droit: str, c: Contexte) -> Resultat | None:
    if departement(c) in ILE_DE_FRANCE:
        return None
    return non(droit, foyer(c), phrase(_("Cette aide est pour les personnes qui habitent l’Île-de-France.")))
