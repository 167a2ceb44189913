"""Revenus minimums et travail : RSA, prime d'activité, ASS, chômage, asile, prime de Noël."""

from collections.abc import Iterable, Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import (
    Famille,
    ages,
    enfants_de,
    familles,
    ferme,
    ouvert,
    recu_par,
    trop_de_ressources,
)
from pleinsdroits.droits.moteur.regles.reponses import probable
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Activite, Nationalite, Titre, TypeRevenu
from pleinsdroits.droits.situation.modele import Personne
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

AGE_RSA = 25  # CASF L262-4 1°
TRAVAIL = (TypeRevenu.SALAIRE, TypeRevenu.CHOMAGE_PARTIEL)


@regle(
    "rsa",
    sorties=(
        "rsa", "rsa_socle", "rsa_socle_majore", "rsa_base_ressources", "rsa_forfait_logement",
        "rsa_condition_nationalite", "rsa_non_calculable",
    ),
)  # fmt: skip
def rsa(c: Contexte) -> Iterator[Resultat]:
    """Le revenu de solidarité active de chaque famille (CASF L262-2 s.)."""
    for membres, parents in familles(c):
        yield _rsa_de(c, membres, parents)


def _rsa_de(c: Contexte, membres: Famille, parents: list[Personne]) -> Resultat:
    v, tete = c.valeurs, membres[0]
    montant = v.de("rsa", tete)
    plafond = max(v.de("rsa_socle", tete), v.de("rsa_socle_majore", tete)) - v.de("rsa_forfait_logement", tete)
    ressources = v.de("rsa_base_ressources", tete)
    etapes = {"Montant pour votre foyer, forfait logement retiré": plafond, "Ressources comptées": ressources}
    if montant > 0:
        motif = phrase(
            _(
                "Vos ressources comptées ({ressources} par mois) sont sous le montant garanti pour votre foyer ({plafond})."
            ),
            ressources=euros(ressources, centimes=False),
            plafond=euros(plafond, centimes=False),
        )
        return ouvert(c, "rsa", membres, montant, Periodicite.MOIS, motif, intermediaires=etapes)
    return ferme(c, "rsa", membres, _refus_rsa(c, membres, parents, ressources, plafond), intermediaires=etapes)


def _refus_rsa(c: Contexte, membres: Famille, parents: list[Personne], ressources: float, plafond: float) -> Phrase:
    if not any(c.valeurs.de("rsa_condition_nationalite", p.id) for p in parents):
        return _refus_de_sejour(parents)
    jeune = max(ages(parents, c)) < AGE_RSA and not enfants_de(c, membres) and not any(p.grossesse for p in parents)
    if jeune and not any(p.deux_ans_activite_sur_trois for p in parents):
        return phrase(
            _("Avant 25 ans et sans enfant, le RSA demande d’avoir travaillé 2 ans sur les 3 dernières années.")
        )
    if all(p.activite is Activite.ETUDIANT for p in parents):
        return phrase(_("Les personnes qui font des études n’ont pas droit au RSA, sauf exceptions."))
    if c.valeurs.de("rsa_non_calculable", membres[0]) != "calculable":
        return phrase(_("Vos revenus d’indépendant dépassent le plafond du RSA."))
    return trop_de_ressources(ressources, plafond, periode="par mois")


def _refus_de_sejour(parents: list[Personne]) -> Phrase:
    if any(p.nationalite is Nationalite.UE for p in parents):
        return phrase(_("Pour une personne européenne, le RSA demande 3 mois en France et un droit au séjour."))
    return phrase(_("Le RSA demande un titre de séjour qui permet de travailler, depuis 5 ans sans interruption."))


@regle("ppa", sorties=("ppa", "rsa_condition_nationalite"))
def ppa(c: Contexte) -> Iterator[Resultat]:
    """La prime d'activité de chaque famille (CSS L842-1 s.)."""
    for membres, parents in familles(c):
        montant = c.valeurs.de("ppa", membres[0])
        if montant > 0:
            motif = phrase(_("Vous travaillez et vos revenus sont modestes : la prime s’ajoute à votre paie."))
            yield ouvert(c, "ppa", membres, montant, Periodicite.MOIS, motif)
        else:
            yield ferme(c, "ppa", membres, _refus_ppa(c, parents))


def _refus_ppa(c: Contexte, parents: list[Personne]) -> Phrase:
    if not any(r.type in TRAVAIL and r.montant for p in parents for r in p.revenus or []) and not any(
        p.independant for p in parents
    ):
        return phrase(_("La prime d’activité demande un revenu de travail."))
    if not any(c.valeurs.de("rsa_condition_nationalite", p.id) for p in parents):
        return phrase(_("La prime d’activité demande un titre de séjour qui permet de travailler, depuis 5 ans."))
    if all(p.activite is Activite.ETUDIANT for p in parents):
        return phrase(_("Pendant les études, il faut gagner assez chaque mois (environ les trois quarts du SMIC)."))
    return phrase(
        _("Vos revenus des mois étudiés dépassent ce qui ouvre la prime, ou il n’y a pas eu de travail ces mois-là.")
    )


@regle("ass", sorties=("ass", "ass_base_ressources"))
def ass(c: Contexte) -> Iterator[Resultat]:
    """L'allocation de solidarité spécifique, après la fin des droits au chômage (C. travail L5423-1)."""
    for _membres, parents in familles(c):
        for p in parents:
            yield _ass_de(c, p)


def _ass_de(c: Contexte, p: Personne) -> Resultat:
    pour = (p.id,)
    if p.activite is not Activite.DEMANDEUR_EMPLOI:
        return ferme(c, "ass", pour, phrase(_("L’ASS s’adresse aux personnes inscrites à France Travail.")))
    if any(r.type is TypeRevenu.CHOMAGE and r.montant and r.a is None for r in p.revenus or []):
        return ferme(c, "ass", pour, phrase(_("Vous recevez encore le chômage : l’ASS vient après.")))
    if not p.cinq_ans_activite_sur_dix:
        return ferme(
            c, "ass", pour, phrase(_("L’ASS demande 5 ans de travail dans les 10 ans avant la fin du dernier contrat."))
        )
    montant = c.valeurs.de("ass", p.id)
    if montant > 0:
        motif = phrase(_("Vos droits au chômage sont finis et vous avez travaillé au moins 5 ans sur 10."))
        verifier = (phrase(_("France Travail vérifie vos années de travail et les ressources du foyer.")),)
        return ouvert(c, "ass", pour, montant, Periodicite.MOIS, motif, a_verifier=verifier, exclut=("aspa",))
    ressources = c.valeurs.de("ass_base_ressources", p.id) / 12
    return ferme(
        c,
        "ass",
        pour,
        phrase(
            _("Les ressources de votre foyer ({r} par mois) dépassent le plafond de l’ASS."),
            r=euros(ressources, centimes=False),
        ),
    )


@regle("are")
def are(c: Contexte) -> Iterator[Resultat]:
    """Le chômage : pas de calcul (règlement Unédic), mais une orientation."""
    for _membres, parents in familles(c):
        for p in parents:
            yield _are_de(c, p)


def _are_de(c: Contexte, p: Personne) -> Resultat:
    pour = (p.id,)
    if any(r.type is TypeRevenu.CHOMAGE and r.montant and r.a is None for r in p.revenus or []):
        recu = recu_par(c, "are", pour)
        total = sum(r.montant or 0 for r in p.revenus or [] if r.type is TypeRevenu.CHOMAGE and r.a is None)
        resultat = ouvert(c, "are", pour, total, Periodicite.MOIS, phrase(_("Vous recevez déjà le chômage.")))
        return resultat if recu is not None else _marquer_recu(resultat)
    perdu = any(r.type is TypeRevenu.SALAIRE and r.a is not None for r in p.revenus or [])
    if p.activite is Activite.DEMANDEUR_EMPLOI and perdu:
        motif = phrase(_("Vous avez eu un salaire qui s’est arrêté et vous cherchez un emploi."))
        verifier = [
            phrase(_("La durée de votre travail et la raison de la fin du contrat : France Travail le vérifie."))
        ]
        return probable(c, "are", pour, [motif], verifier)
    return ferme(
        c, "are", pour, phrase(_("Le chômage demande d’avoir perdu un emploi et d’être inscrit à France Travail."))
    )


def _marquer_recu(resultat: Resultat) -> Resultat:
    assert resultat.montant is not None
    return Resultat(**{**vars(resultat), "deja_recu": resultat.montant})


@regle("ada")
def ada(c: Contexte) -> Iterator[Resultat]:
    """L'allocation pour demandeur d'asile : orientation (CESEDA L553-1)."""
    for membres, parents in familles(c):
        if any(p.sejour and p.sejour.titre is Titre.DEMANDEUR_ASILE for p in parents):
            motif = phrase(_("Vous demandez l’asile."))
            yield probable(
                c,
                "ada",
                membres,
                [motif],
                [phrase(_("Vous avez accepté l’hébergement et l’aide proposés par l’OFII."))],
            )
        else:
            yield ferme(c, "ada", membres, phrase(_("Cette allocation est pour les personnes qui demandent l’asile.")))


@regle("prime_noel", sorties=("aefa",), apres=("rsa", "ass", "aah", "aspa", "asi"))
def prime_noel(c: Contexte) -> Iterator[Resultat]:
    """La prime de fin d'année : un décret la décide chaque année, jamais avant décembre."""
    for membres, _parents in familles(c):
        # Une allocation plus forte remplace le RSA : il n'y aura pas de prime.
        remplace = _ouvert_ici(c, ("aah", "aspa", "asi"), membres) and not c.recu("rsa")
        if _ouvert_ici(c, ("rsa", "ass"), membres) and not remplace:
            motif = phrase(
                _("Elle est versée en décembre aux personnes qui reçoivent le RSA ou l’ASS en novembre ou décembre.")
            )
            verifier = [phrase(_("Le décret de {annee} : la prime est décidée chaque année."), annee=c.jour.year)]
            yield probable(c, "prime_noel", membres, [motif], verifier)
        else:
            yield ferme(
                c, "prime_noel", membres, phrase(_("Elle est versée aux personnes qui reçoivent le RSA ou l’ASS."))
            )


def _ouvert_ici(c: Contexte, droits: Iterable[str], membres: Famille) -> bool:
    """Vrai si l'un des ``droits`` est ouvert à quelqu'un de cette famille."""
    return any(r.etat is Etat.OUVERT and set(r.pour) & set(membres) for d in droits for r in c.deja.get(d, ()))
