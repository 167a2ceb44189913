"""Études et jeunesse : bourses, contrat d'engagement jeune, Pass'Sport, Pass Culture."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import ferme, ouvert
from pleinsdroits.droits.moteur.regles.reponses import foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Activite, Nationalite, Scolarite
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

OCCUPES = {Activite.SALARIE, Activite.INDEPENDANT, Activite.APPRENTI, Activite.ETUDIANT, Activite.RETRAITE}
AGES_CEJ, AGE_CEJ_HANDICAP, AGES_PASS_SPORT, AGE_MAXIMAL_BOURSE = (16, 25), 29, (14, 17), 28
MOIS_DES_BOURSES = (9, 10)  # la campagne de rentrée ; ensuite, l’établissement ou le rectorat décide


@regle("bourse_college", sorties=("bourse_college",))
def bourse_college(c: Contexte) -> Iterator[Resultat]:
    """La bourse de collège, par an (C. éduc. L531-1)."""
    yield _bourse_scolaire(c, "bourse_college", Scolarite.COLLEGE, _("au collège"))


@regle("bourse_lycee", sorties=("bourse_lycee",))
def bourse_lycee(c: Contexte) -> Iterator[Resultat]:
    """La bourse de lycée, par an (C. éduc. L531-4)."""
    yield _bourse_scolaire(c, "bourse_lycee", Scolarite.LYCEE, _("au lycée"))


def _bourse_scolaire(c: Contexte, droit: str, ecole: Scolarite, ou: str) -> Resultat:
    eleves = tuple(e.id for e in c.situation.enfants if e.scolarite is ecole)
    if not eleves:
        return non(droit, foyer(c), phrase(_("Aucun enfant n’est {ou}."), ou=ou))
    montant = c.valeurs.de(droit, c.situation.demandeur.id)  # OpenFisca rend un montant annuel sur un mois (piège 11)
    if montant > 0:
        motif = phrase(_("Votre revenu fiscal d’il y a deux ans est sous le plafond pour vos enfants {ou}."), ou=ou)
        hors_campagne = c.mois.mois not in MOIS_DES_BOURSES
        verifier = (phrase(_("La demande se fait en septembre et octobre. Après, voyez vite le secrétariat.")),)
        return ouvert(
            c,
            droit,
            eleves,
            montant,
            Periodicite.AN,
            motif,
            a_verifier=verifier if hors_campagne else (),
            probable=hors_campagne,
        )
    return ferme(c, droit, eleves, phrase(_("Votre revenu fiscal d’il y a deux ans dépasse le plafond.")))


@regle("bourse_sup", sorties=("bourse_criteres_sociaux",))
def bourse_sup(c: Contexte) -> Iterator[Resultat]:
    """La bourse sur critères sociaux du Crous (C. éduc. L821-1)."""
    etudiants = [p for p in c.situation.personnes if p.scolarite is Scolarite.SUPERIEUR]
    if not etudiants:
        yield non("bourse_sup", foyer(c), phrase(_("Personne ici ne fait d’études supérieures.")))
    for p in etudiants:
        yield _bourse_du_crous(c, p)


def _bourse_du_crous(c: Contexte, p: Personne) -> Resultat:
    pour = (p.id,)
    if age(p, c.jour) >= AGE_MAXIMAL_BOURSE and not p.handicap:
        return ferme(c, "bourse_sup", pour, phrase(_("La première demande se fait avant 28 ans.")))
    montant = c.valeurs.de("bourse_criteres_sociaux", p.id)
    motif = phrase(_("Vous faites des études supérieures."))
    verifier = [
        phrase(
            _("Les revenus de vos parents d’il y a deux ans, la distance et le nombre d’enfants : le Crous calcule.")
        )
    ]
    if p.nationalite is Nationalite.HORS_UE:
        verifier.append(
            phrase(
                _(
                    "Pour une personne étrangère : 2 ans de domicile en France avec un foyer fiscal, ou le statut de réfugié."
                )
            )
        )
    if p.ressources_parents is None:
        return probable(c, "bourse_sup", pour, [motif], verifier)
    if montant > 0:
        return ouvert(
            c, "bourse_sup", pour, montant, Periodicite.MOIS, motif, a_verifier=tuple(verifier), probable=True
        )
    return ferme(c, "bourse_sup", pour, phrase(_("Les revenus de vos parents dépassent le plafond de la bourse.")))


@regle("cej")
def cej(c: Contexte) -> Iterator[Resultat]:
    """Le contrat d'engagement jeune : un accompagnement, pas un droit automatique (C. travail L5131-6)."""
    jeunes = [
        p
        for p in c.situation.personnes
        if AGES_CEJ[0] <= age(p, c.jour) <= (AGE_CEJ_HANDICAP if p.handicap else AGES_CEJ[1])
    ]
    libres = [p for p in jeunes if p.activite not in OCCUPES and p.scolarite is Scolarite.AUCUNE]
    for p in libres:
        motif = phrase(_("Vous avez de 16 à 25 ans, sans emploi ni études."))
        yield probable(
            c,
            "cej",
            (p.id,),
            [motif],
            [phrase(_("La mission locale propose le contrat et fixe l’allocation avec vous."))],
        )
    if not libres:
        yield non(
            "cej", foyer(c), phrase(_("Il est pour les 16 à 25 ans sans emploi ni études (29 ans avec un handicap)."))
        )


@regle("pass_sport", apres=("ars", "aeeh", "aah", "bourse_sup"))
def pass_sport(c: Contexte) -> Iterator[Resultat]:
    """Le Pass'Sport : réservé depuis 2025 aux 14-17 ans (rentrée scolaire), au handicap et aux boursiers."""
    ars = c.ouvert("ars") or c.recu("ars")
    ados = tuple(e.id for e in c.situation.enfants if AGES_PASS_SPORT[0] <= age(e, c.jour) <= AGES_PASS_SPORT[1])
    autres = tuple(
        p.id
        for p in c.situation.personnes
        if (p.handicap and (c.ouvert("aeeh") or c.ouvert("aah", p.id)) and 6 <= age(p, c.jour) <= 30)
        or (p.boursier and age(p, c.jour) < AGE_MAXIMAL_BOURSE)
    )
    concernes = tuple(dict.fromkeys((*(ados if ars else ()), *autres)))
    if concernes:
        motif = phrase(_("L’âge, la rentrée scolaire, un handicap ou une bourse l’ouvrent."))
        yield probable(
            c,
            "pass_sport",
            concernes,
            [motif],
            [phrase(_("Un code arrive par message. Les règles de cette année sont à confirmer."))],
        )
    else:
        yield non(
            "pass_sport",
            foyer(c),
            phrase(
                _(
                    "Il est pour les 14 à 17 ans avec l’allocation de rentrée, et pour certains jeunes handicapés ou boursiers."
                )
            ),
        )


@regle("pass_culture", sorties=("pass_culture",))
def pass_culture(c: Contexte) -> Iterator[Resultat]:
    """Le Pass Culture, à 17 puis 18 ans (décret 2021-628)."""
    jeunes = [p for p in c.situation.personnes if c.valeurs.de("pass_culture", p.id) > 0]
    for p in jeunes:
        motif = phrase(_("À {a} ans, un crédit est ouvert une fois."), a=age(p, c.jour))
        yield ouvert(c, "pass_culture", (p.id,), c.valeurs.de("pass_culture", p.id), Periodicite.UNE_FOIS, motif)
    if not jeunes:
        yield non("pass_culture", foyer(c), phrase(_("Il s’ouvre à 17 et à 18 ans.")))
