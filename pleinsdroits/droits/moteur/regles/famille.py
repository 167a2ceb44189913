"""Les enfants : allocations familiales, soutien familial, jeune enfant, rentrée, garde, présence auprès d'un enfant."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import (
    Famille,
    enfants_de,
    familles,
    ferme,
    ouvert,
    refus_de_sejour,
    sans_sejour,
    trop_de_ressources,
)
from pleinsdroits.droits.moteur.regles.reponses import foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Activite, AutreParent
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import Phrase, mois_annee, phrase
from pleinsdroits.droits.textes import marque as _

SANS_ENFANT = phrase(_("Aucun enfant à charge ne vit avec vous."))
AGE_AF, AGE_CF, AGE_PAJE, AGE_ARS = 20, (3, 21), 3, (6, 18)
AIDES_DE_LA_CAF = ("af", "cf", "asf", "paje_base", "aeeh", "aide_logement", "rsa", "ppa", "aah")
MOIS_AVANT_TERME = 2  # prime versée au 7e mois de grossesse (CSS D531-2)
SANS_ENTRETIEN = {
    AutreParent.PENSION_IMPAYEE,
    AutreParent.PENSION_NON_FIXEE,
    AutreParent.DECEDE,
    AutreParent.NON_RECONNU,
}


def _par_famille_avec_enfants(c: Contexte, droit: str) -> Iterator[tuple[Famille, list[Personne], Resultat | None]]:
    """Chaque famille, ses enfants, et le refus commun (pas d'enfant, pas de titre) s'il y en a un."""
    for membres, parents in familles(c):
        enfants = enfants_de(c, membres)
        refus = None
        if sans_sejour(parents):
            refus = refus_de_sejour(c, droit, membres)
        elif not enfants:
            refus = ferme(c, droit, membres, SANS_ENFANT)
        yield membres, enfants, refus


@regle("af", sorties=("af", "af_nbenf"))
def af(c: Contexte) -> Iterator[Resultat]:
    """Les allocations familiales, à partir de deux enfants de moins de 20 ans (CSS L521-1)."""
    for membres, _enfants, refus in _par_famille_avec_enfants(c, "af"):
        montant, nombre = c.valeurs.de("af", membres[0]), int(c.valeurs.de("af_nbenf", membres[0]))
        if refus:
            yield refus
        elif montant > 0:
            motif = phrase(_("Vous avez {n} enfants à charge de moins de 20 ans."), n=nombre)
            yield ouvert(c, "af", membres, montant, Periodicite.MOIS, motif)
        else:
            motif = phrase(_("Elles commencent au deuxième enfant de moins de 20 ans ; vous en avez {n}."), n=nombre)
            yield ferme(c, "af", membres, motif)


@regle("cf", sorties=("cf", "cf_base_ressources", "cf_plafond"))
def cf(c: Contexte) -> Iterator[Resultat]:
    """Le complément familial, à partir de trois enfants de 3 à 21 ans (CSS L522-1)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "cf"):
        nombre = sum(AGE_CF[0] <= age(e, c.jour) < AGE_CF[1] for e in enfants)
        montant = c.valeurs.de("cf", membres[0])
        if refus:
            yield refus
        elif montant > 0:
            motif = phrase(_("Vous avez {n} enfants de 3 à 21 ans et vos revenus sont sous le plafond."), n=nombre)
            yield ouvert(c, "cf", membres, montant, Periodicite.MOIS, motif)
        elif nombre < 3:
            yield ferme(
                c, "cf", membres, phrase(_("Il faut trois enfants de 3 à 21 ans ; vous en avez {n}."), n=nombre)
            )
        else:
            plafond, ressources = c.valeurs.de("cf_plafond", membres[0]), c.valeurs.de("cf_base_ressources", membres[0])
            yield ferme(c, "cf", membres, trop_de_ressources(ressources, plafond, periode="par an"))


@regle("asf", sorties=("asf",))
def asf(c: Contexte) -> Iterator[Resultat]:
    """L'allocation de soutien familial, selon l'autre parent de chaque enfant (CSS L523-1)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "asf"):
        montant = c.valeurs.de("asf", membres[0])
        if refus:
            yield refus
        elif c.situation.couple:
            yield ferme(c, "asf", membres, phrase(_("Elle est pour les parents qui vivent seuls.")))
        elif montant > 0:
            motif = phrase(
                _("Vous élevez seul ou seule au moins un enfant que l’autre parent n’aide pas, ou pas assez.")
            )
            yield ouvert(c, "asf", membres, montant, Periodicite.MOIS, motif, a_verifier=_verifier_asf(enfants))
        else:
            yield ferme(c, "asf", membres, _refus_asf(enfants))


def _verifier_asf(enfants: list[Personne]) -> tuple[Phrase, ...]:
    if any(e.autre_parent is AutreParent.PENSION_NON_FIXEE for e in enfants):
        return (phrase(_("Après 4 mois, la CAF demande qu’un juge ou un accord fixe la pension de l’autre parent.")),)
    return ()


def _refus_asf(enfants: list[Personne]) -> Phrase:
    if enfants and all(e.garde_alternee for e in enfants):
        return phrase(_("En garde alternée, chaque parent prend sa part : cette allocation n’est pas due."))
    if any(e.autre_parent is AutreParent.PENSION_VERSEE for e in enfants):
        return phrase(_("L’autre parent verse une pension au moins égale à l’allocation."))
    return phrase(_("Elle demande un enfant que l’autre parent n’aide pas."))


@regle("aripa")
def aripa(c: Contexte) -> Iterator[Resultat]:
    """La CAF réclame et verse la pension alimentaire à la place de l'autre parent (CSS L582-1)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "aripa"):
        fixee = [e for e in enfants if e.autre_parent in (AutreParent.PENSION_IMPAYEE, AutreParent.PENSION_VERSEE)]
        if refus:
            yield refus
        elif fixee:
            impayee = any(e.autre_parent is AutreParent.PENSION_IMPAYEE for e in fixee)
            motif = (
                _("La pension fixée n’est pas payée.")
                if impayee
                else _("Une pension est fixée : la CAF peut la recevoir pour vous.")
            )
            yield probable(
                c, "aripa", membres, [phrase(motif)], [phrase(_("Un jugement ou un accord écrit fixe la pension."))]
            )
        else:
            yield ferme(c, "aripa", membres, phrase(_("Aucune pension alimentaire n’est fixée pour vos enfants.")))


@regle("paje_naissance", sorties=("paje_naissance",))
def paje_naissance(c: Contexte) -> Iterator[Resultat]:
    """La prime à la naissance, versée au 7e mois de grossesse (CSS L531-2)."""
    for membres, parents in familles(c):
        enceintes = [p for p in parents if p.grossesse]
        montant = c.valeurs.de("paje_naissance", membres[0])
        if sans_sejour(parents):
            yield refus_de_sejour(c, "paje_naissance", membres)
        elif not enceintes:
            yield ferme(c, "paje_naissance", membres, phrase(_("Personne n’attend d’enfant.")))
        elif montant <= 0:
            yield ferme(c, "paje_naissance", membres, phrase(_("Vos revenus d’il y a deux ans dépassent le plafond.")))
        else:
            yield _prime_au_septieme_mois(c, membres, enceintes[0], montant)


def _prime_au_septieme_mois(c: Contexte, membres: Famille, mere: Personne, montant: float) -> Resultat:
    terme = mere.grossesse.terme if mere.grossesse else None
    if terme is None:
        motif = phrase(_("Vous attendez un enfant et vos revenus sont sous le plafond."))
        return ouvert(c, "paje_naissance", membres, montant, Periodicite.UNE_FOIS, motif, probable=True)
    versement = Mois(terme) - MOIS_AVANT_TERME
    quand = mois_annee(versement.premier_jour)
    if versement > c.mois:
        motif = phrase(
            _("Elle est versée au 7e mois de grossesse, en {quand}. Déclarez la grossesse dès maintenant."), quand=quand
        )
        return ferme(c, "paje_naissance", membres, motif, ouvre_le=versement)
    motif = phrase(_("Vous attendez un enfant et vos revenus sont sous le plafond."))
    return ouvert(c, "paje_naissance", membres, montant, Periodicite.UNE_FOIS, motif)


@regle("paje_base", sorties=("paje_base", "prestations_familiales_base_ressources"))
def paje_base(c: Contexte) -> Iterator[Resultat]:
    """L'allocation de base, pour un enfant né de moins de 3 ans (CSS L531-3)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "paje_base"):
        petits = [e for e in enfants if age(e, c.jour) < AGE_PAJE]
        montant = c.valeurs.de("paje_base", membres[0])
        if refus:
            yield refus
        elif not petits:
            yield ferme(c, "paje_base", membres, phrase(_("Elle demande un enfant de moins de 3 ans.")))
        elif montant > 0:
            motif = phrase(_("Vous avez un enfant de moins de 3 ans et vos revenus sont sous le plafond."))
            yield ouvert(
                c, "paje_base", membres, montant, Periodicite.MOIS, motif, exclut=("cf",) if c.recu("cf") else ()
            )
        else:
            yield ferme(c, "paje_base", membres, phrase(_("Vos revenus d’il y a deux ans dépassent le plafond.")))


@regle("ars", sorties=("ars",))
def ars(c: Contexte) -> Iterator[Resultat]:
    """L'allocation de rentrée scolaire, versée en août (CSS L543-1)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "ars"):
        ecoliers = [e for e in enfants if AGE_ARS[0] <= age(e, c.jour) <= AGE_ARS[1]]
        montant = c.valeurs.de("ars", membres[0])
        if refus:
            yield refus
        elif montant > 0:
            motif = phrase(
                _("Enfants scolarisés de 6 à 18 ans : {n}. Vos revenus d’il y a deux ans sont sous le plafond."),
                n=len(ecoliers),
            )
            # La CAF la verse d'elle-même à qui reçoit déjà une de ses aides : elle n'est pas forcément à demander.
            connue = any(c.recu(d) for d in AIDES_DE_LA_CAF)
            verifier = (
                phrase(_("La CAF la verse seule en août à qui reçoit déjà une aide. Regardez votre paiement d’août."))
                if connue
                else phrase(_("Elle est versée en août. Si vous ne l’avez pas reçue, réclamez-la à la CAF.")),
            )
            yield ouvert(c, "ars", membres, montant, Periodicite.AN, motif, a_verifier=verifier, probable=connue)
        elif not ecoliers:
            yield ferme(c, "ars", membres, phrase(_("Elle est pour les enfants scolarisés de 6 à 18 ans.")))
        else:
            yield ferme(c, "ars", membres, phrase(_("Vos revenus d’il y a deux ans dépassent le plafond.")))


@regle("prepare")
def prepare(c: Contexte) -> Iterator[Resultat]:
    """Le congé parental indemnisé : orientation (CSS L531-4)."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "prepare"):
        if refus:
            yield refus
        elif any(age(e, c.jour) < AGE_PAJE for e in enfants):
            motif = phrase(_("Vous avez un enfant de moins de 3 ans."))
            verifier = [phrase(_("Vous arrêtez ou réduisez votre travail, et vous avez assez travaillé avant."))]
            yield probable(c, "prepare", membres, [motif], verifier)
        else:
            yield ferme(c, "prepare", membres, phrase(_("Elle demande un enfant de moins de 3 ans.")))


@regle("cmg")
def cmg(c: Contexte) -> Iterator[Resultat]:
    """Le complément de mode de garde : pas de montant, la réforme de septembre 2025 n'est pas dans le modèle."""
    for membres, enfants, refus in _par_famille_avec_enfants(c, "cmg"):
        limite = 12 if not c.situation.couple else 6
        if refus:
            yield refus
        elif any(age(e, c.jour) < limite for e in enfants):
            motif = phrase(_("Vous avez un enfant de moins de {limite} ans."), limite=limite)
            verifier = [
                phrase(
                    _(
                        "Vous payez une assistante maternelle, une garde à domicile ou une micro-crèche. La CAF calcule le montant."
                    )
                )
            ]
            yield probable(c, "cmg", membres, [motif], verifier)
        else:
            yield ferme(c, "cmg", membres, phrase(_("Elle demande un enfant de moins de {limite} ans."), limite=limite))


@regle("ajpp")
def ajpp(c: Contexte) -> Iterator[Resultat]:
    """S'arrêter de travailler pour un enfant gravement malade (CSS L544-1) : orientation."""
    malades = [e for e in c.situation.enfants if e.gravement_malade]
    if malades:
        motif = phrase(_("Un de vos enfants est gravement malade, handicapé ou accidenté."))
        yield probable(
            c,
            "ajpp",
            foyer(c),
            [motif],
            [phrase(_("Un certificat du médecin, et les jours où vous ne travaillez pas."))],
        )
    else:
        yield non("ajpp", foyer(c), phrase(_("Elle est pour les parents d’un enfant gravement malade.")))


@regle("ajpa")
def ajpa(c: Contexte) -> Iterator[Resultat]:
    """S'arrêter de travailler pour aider un proche (CSS L168-8) : orientation."""
    aidants = [p for p in c.situation.personnes if p.aidant]
    if not aidants:
        yield non("ajpa", foyer(c), phrase(_("Elle est pour qui aide un proche âgé ou handicapé.")))
    for p in aidants:
        motif = phrase(_("Vous aidez un proche âgé ou handicapé."))
        retraite = p.activite is Activite.RETRAITE
        if retraite:
            yield non(
                "ajpa", (p.id,), phrase(_("Elle remplace un salaire perdu : à la retraite, elle n’est pas versée."))
            )
        else:
            verifier = [
                phrase(
                    _(
                        "Vous réduisez ou arrêtez votre travail. Le papier qui montre la perte d’autonomie de votre proche."
                    )
                )
            ]
            yield probable(c, "ajpa", (p.id,), [motif], verifier)
