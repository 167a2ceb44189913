"""Vieillir : allocation de solidarité aux personnes âgées, allocation personnalisée d'autonomie."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import Famille, familles, ferme, ouvert
from pleinsdroits.droits.moteur.regles.reponses import non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

AGE_ASPA, AGE_APA, GIR_APA = 65, 60, 4


@regle("aspa", sorties=("aspa", "aspa_eligibilite", "asi_aspa_condition_nationalite", "asi_aspa_base_ressources"))
def aspa(c: Contexte) -> Iterator[Resultat]:
    """Le minimum vieillesse (CSS L815-1)."""
    for membres, parents in familles(c):
        montant = c.valeurs.de("aspa", membres[0])
        concernes = tuple(p.id for p in parents if c.valeurs.de("aspa_eligibilite", p.id))
        ressources = c.valeurs.de("asi_aspa_base_ressources", membres[0])
        etapes = {"Ressources des 3 derniers mois, par mois": ressources}
        if montant > 0:
            motif = phrase(
                _("Vous avez l’âge, et vos ressources ({r} par mois) sont sous le minimum garanti."),
                r=euros(ressources, centimes=False),
            )
            verifier = (
                phrase(_("Vous vivez en France au moins 9 mois par an.")),
                phrase(
                    _(
                        "Une partie peut être reprise sur l’héritage, au-delà d’un seuil. Demandez à votre caisse de retraite."
                    )
                ),
            )
            yield ouvert(
                c,
                "aspa",
                concernes,
                montant,
                Periodicite.MOIS,
                motif,
                a_verifier=verifier,
                exclut=("asi",),
                intermediaires=etapes,
            )
        else:
            yield ferme(
                c,
                "aspa",
                tuple(p.id for p in parents),
                _refus_aspa(c, membres, parents, ressources),
                intermediaires=etapes,
            )


def _refus_aspa(c: Contexte, membres: Famille, parents: list[Personne], ressources: float) -> Phrase:
    agees = [p for p in parents if age(p, c.jour) >= AGE_ASPA or (p.inapte and age(p, c.jour) >= AGE_ASPA - 3)]
    if not agees:
        return phrase(_("Elle commence à 65 ans, ou à 62 ans si vous êtes reconnu inapte au travail."))
    if not any(c.valeurs.de("asi_aspa_condition_nationalite", p.id) for p in agees):
        return phrase(_("Elle demande 10 ans de titre de séjour qui permet de travailler, ou le statut de réfugié."))
    return phrase(_("Vos ressources ({r} par mois) dépassent le minimum garanti."), r=euros(ressources, centimes=False))


@regle("apa_domicile", sorties=("apa_eligibilite", "apa_domicile"))
def apa_domicile(c: Contexte) -> Iterator[Resultat]:
    """L'aide du Département pour rester chez soi (CASF L232-1)."""
    yield from _apa(c, "apa_domicile", en_etablissement=False)


@regle("apa_etablissement")
def apa_etablissement(c: Contexte) -> Iterator[Resultat]:
    """La même aide, en établissement (CASF L232-8)."""
    yield from _apa(c, "apa_etablissement", en_etablissement=True)


def _apa(c: Contexte, droit: str, *, en_etablissement: bool) -> Iterator[Resultat]:
    for p in c.situation.personnes:
        if p.autonomie and p.autonomie.en_etablissement is en_etablissement:
            yield _apa_de(c, droit, p)
    if not any(p.autonomie and p.autonomie.en_etablissement is en_etablissement for p in c.situation.personnes):
        texte = (
            _("Personne ici ne vit en établissement pour personnes âgées.")
            if en_etablissement
            else _("Vous n’avez pas indiqué de perte d’autonomie.")
        )
        yield non(droit, (c.situation.demandeur.id,), phrase(texte))


def _apa_de(c: Contexte, droit: str, p: Personne) -> Resultat:
    assert p.autonomie is not None
    gir, plan = p.autonomie.gir, p.autonomie.plan_aide
    if age(p, c.jour) < AGE_APA:
        return ferme(c, droit, (p.id,), phrase(_("Elle commence à 60 ans.")))
    if gir and gir > GIR_APA:
        return ferme(
            c,
            droit,
            (p.id,),
            phrase(
                _("Elle est pour les groupes 1 à 4 de perte d’autonomie (GIR) ; vous êtes dans le groupe {g}."), g=gir
            ),
        )
    motif = phrase(_("Vous avez 60 ans ou plus et vous perdez en autonomie."))
    evaluation = phrase(_("Une équipe du Département vient chez vous et évalue l’aide utile (GIR)."))
    if gir and plan and droit == "apa_domicile":
        verifier = (phrase(_("Le montant suit un barème d’avril 2025 : il peut être un peu plus haut en 2026.")),)
        return ouvert(
            c,
            droit,
            (p.id,),
            c.valeurs.de("apa_domicile", p.id),
            Periodicite.MOIS,
            motif,
            a_verifier=verifier,
            probable=True,
        )
    return probable(c, droit, (p.id,), [motif], [evaluation])
