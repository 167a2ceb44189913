"""Être soigné : l'assurance maladie (PUMa) pour qui réside régulièrement, l'aide médicale de l'État (AME) sans titre."""

from collections.abc import Iterator
from decimal import Decimal

from pleinsdroits.droits.moteur.parametres import Valeur
from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import (
    adultes,
    deja_la,
    en_vigueur,
    manque_le_sejour,
    mois_ecoules,
    non,
    probable,
    sans_titre,
)
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.situation.listes import Activite, Lien, Nationalite, Titre
from pleinsdroits.droits.situation.modele import Personne, Revenu, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase, euros, jour_long, mois_annee, phrase
from pleinsdroits.droits.textes import marque as _

AU_TRAVAIL = {Activite.SALARIE, Activite.INDEPENDANT, Activite.APPRENTI}
PLAFOND = "css.plafond_seul"
DOUZE_MOIS = range(1, 13)
AGE_DES_ENFANTS = 25


@regle("puma")
def puma(c: Contexte) -> Iterator[Resultat]:
    """L'assurance maladie de toute personne qui travaille, ou réside régulièrement depuis 3 mois (CSS L160-1)."""
    for personne in adultes(c):
        yield _puma_de(c, personne)


def _puma_de(c: Contexte, personne: Personne) -> Resultat:
    pour = (personne.id,)
    if personne.sante.couverture == "assurance_maladie":
        return deja_la("puma", pour, phrase(_("L’assurance maladie couvre déjà cette personne.")))
    if sans_titre(personne) is None:
        return manque_le_sejour("puma", personne)
    if sans_titre(personne):
        motif = phrase(
            _("L’assurance maladie demande un titre de séjour. Sans titre, c’est l’aide médicale de l’État (AME).")
        )
        return non("puma", pour, motif, exclut=("ame",))
    attente = _attente(c, personne, "puma.residence_mois")
    if attente and personne.activite not in AU_TRAVAIL and not _protege(personne):
        return non("puma", pour, attente, ouvre_le=_apres(c, personne, "puma.residence_mois"))
    motif = phrase(_("Cette personne vit ou travaille en France et n’a pas indiqué d’assurance maladie."))
    return probable(c, "puma", pour, [motif], _a_verifier_puma(personne), exclut=("ame",))


def _protege(personne: Personne) -> bool:
    """Une personne réfugiée n'a pas à attendre trois mois."""
    return personne.sejour is not None and personne.sejour.titre is Titre.REFUGIE


def _a_verifier_puma(personne: Personne) -> list[Phrase]:
    verifier = [phrase(_("Vous vivez en France plus de 6 mois par an."))]
    if personne.nationalite is Nationalite.UE and personne.activite not in AU_TRAVAIL:
        verifier.append(
            phrase(
                _("Si vous venez d’un autre pays européen sans travailler ici : vos droits là-bas, et vos ressources.")
            )
        )
    return verifier


@regle("ame")
def ame(c: Contexte) -> Iterator[Resultat]:
    """Les soins des personnes étrangères sans titre, présentes depuis 3 mois, sous le plafond de la CSS (CASF L251-1)."""
    for personne in adultes(c):
        yield _ame_de(c, personne)


def _ame_de(c: Contexte, personne: Personne) -> Resultat:
    pour = (personne.id,)
    if sans_titre(personne) is None:
        return manque_le_sejour("ame", personne)
    if not sans_titre(personne):
        return non("ame", pour, phrase(_("Cette aide est pour les personnes étrangères sans titre de séjour.")))
    if attente := _attente(c, personne, "ame.residence_mois"):
        urgence = phrase(_("En attendant, l’hôpital soigne ce qui est urgent."))
        return non("ame", pour, attente, urgence, ouvre_le=_apres(c, personne, "ame.residence_mois"))
    return _selon_le_plafond(c, personne)


def _selon_le_plafond(c: Contexte, personne: Personne) -> Resultat:
    valeur, proches = en_vigueur(c, PLAFOND), _proches(c, personne)
    recu, plafond = _recu_en_douze_mois(c, proches), None if valeur is None else _plafond(c, valeur, proches)
    grandeurs = {"Ressources sur 12 mois": float(recu)}
    if plafond is not None:
        grandeurs["Plafond sur 12 mois"] = float(plafond)
    if plafond is not None and recu > plafond * _tolerance(c, valeur):
        texte = _("Les ressources des 12 derniers mois ({recu}) dépassent le plafond ({plafond}).")
        motif = phrase(texte, recu=euros(recu), plafond=euros(plafond))
        return non("ame", (personne.id,), motif, intermediaires=grandeurs)
    return probable(
        c,
        "ame",
        (personne.id,),
        [phrase(_("Vous êtes sans titre de séjour et en France depuis plus de 3 mois."))],
        [phrase(_("Vous avez des papiers qui montrent 3 mois de présence.")), *_plafond_incertain(c, valeur, plafond)],
        exclut=("css", "puma"),
        deja_recu=Decimal(0) if personne.sante.couverture == "ame" else None,
        intermediaires=grandeurs,
    )


def _plafond_incertain(c: Contexte, valeur: Valeur | None, plafond: Decimal | None) -> list[Phrase]:
    if valeur is None or plafond is None:
        return [phrase(_("Le plafond de ressources, que nous n’avons pas à cette date."))]
    if not valeur.ancienne(c.jour):
        return []
    texte = _(
        "Le plafond exact : le dernier que nous avons est celui de {mois} ({plafond} sur 12 mois pour votre foyer)."
    )
    return [phrase(texte, mois=mois_annee(valeur.depuis), plafond=euros(plafond))]


def _tolerance(c: Contexte, valeur: Valeur | None) -> Decimal:
    """Au-dessus d'un plafond périmé, on ne dit « non » qu'au-delà d'une marge."""
    perime = valeur is None or valeur.ancienne(c.jour)
    return Decimal(1) + (Decimal(str(c.parametre("ame.marge_plafond_ancien").valeur)) if perime else Decimal(0))


def _proches(c: Contexte, personne: Personne) -> list[Personne]:
    """Les personnes dont on compte ensemble les ressources : le couple et ses enfants de moins de 25 ans, ou la personne seule."""
    if personne.lien not in (Lien.DEMANDEUR, Lien.CONJOINT):
        return [personne]
    return [
        p
        for p in c.situation.personnes
        if p.lien in (Lien.DEMANDEUR, Lien.CONJOINT) or (p.lien is Lien.ENFANT and age(p, c.jour) < AGE_DES_ENFANTS)
    ]


def _plafond(c: Contexte, seul: Valeur, personnes: list[Personne]) -> Decimal:
    """Le plafond annuel pour ces personnes (CSS D861-1)."""
    rangs = ("ame.majoration_2e", "ame.majoration_3e_et_4e", "ame.majoration_3e_et_4e")
    parts = Decimal(1)
    for rang in range(len(personnes) - 1):
        nom = rangs[rang] if rang < len(rangs) else "ame.majoration_5e_et_plus"
        parts += Decimal(str(c.parametre(nom).valeur))
    return Decimal(str(seul.valeur)) * parts


def _recu_en_douze_mois(c: Contexte, personnes: list[Personne]) -> Decimal:
    """Leurs revenus de M-12 à M-1, en euros ; les aides déclarées comptent 12 fois leur montant du mois."""
    mois = [c.mois - recul for recul in DOUZE_MOIS]
    revenus = [r for p in personnes for r in p.revenus or []]
    gagne = sum((Decimal(str(r.montant or 0)) for r in revenus for m in mois if _couvre(r, m)), Decimal(0))
    return gagne + sum((Decimal(str(p.montant or 0)) * 12 for p in c.situation.prestations), Decimal(0))


def _couvre(revenu: Revenu, mois: Mois) -> bool:
    return (revenu.de is None or revenu.de <= mois) and (revenu.a is None or mois <= revenu.a)


def _attente(c: Contexte, personne: Personne, nom: str) -> Phrase | None:
    """La phrase qui dit pourquoi c'est trop tôt, ou ``None`` (une arrivée inconnue n'est pas récente)."""
    voulu = int(c.parametre(nom).valeur)
    if personne.arrivee_en_france is None or mois_ecoules(personne.arrivee_en_france, c.jour) >= voulu:
        return None
    texte = _("Il faut {voulu} mois en France ; l’arrivée date du {jour}.")
    return phrase(texte, voulu=voulu, jour=jour_long(personne.arrivee_en_france))


def _apres(c: Contexte, personne: Personne, nom: str) -> Mois | None:
    """Le mois où la durée de présence sera atteinte."""
    if personne.arrivee_en_france is None:
        return None
    return Mois(personne.arrivee_en_france) + int(c.parametre(nom).valeur)
