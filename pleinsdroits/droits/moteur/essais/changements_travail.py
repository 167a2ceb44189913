"""Essayer un autre revenu : un travail, un salaire qui change, la fin d'un emploi, la retraite."""

from datetime import date

from pleinsdroits.droits.moteur.essais.champs import Champ, Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.gestes import REMPLACES, arreter, commencer, gagne, modifier, travailler
from pleinsdroits.droits.situation.listes import Activite, AutreParent, TypeRevenu
from pleinsdroits.droits.situation.modele import Personne, Situation, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import marque as _

AGE_DU_TRAVAIL, AGE_DE_LA_RETRAITE = 16, 55
SALAIRE = Champ("salaire", _("Salaire net par mois, avant impôt"), aide=_("Écrivez 0 pour aucun salaire."))
FIN_DU_CHOMAGE = _(
    "Avec un salaire, nous ne comptons plus le chômage. On peut souvent en garder une partie : France Travail fait le calcul."
)
SANS_ENTRETIEN = {AutreParent.PENSION_IMPAYEE, AutreParent.PENSION_NON_FIXEE, None}


def _peut_travailler(situation: Situation, jour: date) -> bool:
    return age(situation.demandeur, jour) >= AGE_DU_TRAVAIL


def _salaire(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    return travailler(situation, situation.demandeur, float(valeurs["salaire"]), jour)


def _salaire_du_conjoint(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    assert situation.conjoint is not None
    return travailler(situation, situation.conjoint, float(valeurs["salaire"]), jour)


def _a_un_salaire(situation: Situation, jour: date) -> bool:
    return gagne(situation.demandeur, TypeRevenu.SALAIRE, jour)


def _perdre(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    moi, mois = situation.demandeur, Mois(jour)
    restent = arreter(moi.revenus, {TypeRevenu.SALAIRE, TypeRevenu.CHOMAGE}, mois)
    return modifier(
        situation,
        moi,
        revenus=commencer(restent, TypeRevenu.CHOMAGE, float(valeurs["chomage"]), mois),
        activite=Activite.DEMANDEUR_EMPLOI,
        inscription_france_travail=moi.inscription_france_travail or jour,
    )


def _a_du_chomage(situation: Situation, jour: date) -> bool:
    return gagne(situation.demandeur, TypeRevenu.CHOMAGE, jour)


def _fin_du_chomage(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    moi = situation.demandeur
    revenus = arreter(moi.revenus, {TypeRevenu.CHOMAGE}, Mois(jour))
    return modifier(situation, moi, revenus=revenus, activite=moi.activite or Activite.DEMANDEUR_EMPLOI)


def _bientot_la_retraite(situation: Situation, jour: date) -> bool:
    moi = situation.demandeur
    return age(moi, jour) >= AGE_DE_LA_RETRAITE and moi.activite is not Activite.RETRAITE


def _retraite(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    moi, mois = situation.demandeur, Mois(jour)
    restent = arreter(moi.revenus, REMPLACES | {TypeRevenu.INVALIDITE}, mois)
    revenus = commencer(restent, TypeRevenu.RETRAITE, float(valeurs["pension"]), mois)
    return modifier(situation, moi, revenus=revenus, activite=Activite.RETRAITE, invalidite=None)


def _parent_seul(situation: Situation, jour: date) -> bool:
    return situation.couple is None and bool(situation.enfants)


def _pension_alimentaire(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    moi, mois, montant = situation.demandeur, Mois(jour), float(valeurs["pension"])
    restent = arreter(moi.revenus, {TypeRevenu.PENSION_ALIMENTAIRE}, mois)
    revenus = commencer(restent, TypeRevenu.PENSION_ALIMENTAIRE, montant, mois)
    avec = modifier(situation, moi, revenus=revenus)
    personnes = [_entretenu(p, montant) if p in situation.enfants else p for p in avec.personnes]
    return avec.model_copy(update={"personnes": personnes})


def _entretenu(enfant: Personne, pension: float) -> Personne:
    """L'enfant dont l'autre parent verse désormais une pension, ou n'en verse plus."""
    if pension and enfant.autre_parent in SANS_ENTRETIEN:
        return enfant.model_copy(update={"autre_parent": AutreParent.PENSION_VERSEE})
    if not pension and enfant.autre_parent is AutreParent.PENSION_VERSEE:
        return enfant.model_copy(update={"autre_parent": AutreParent.PENSION_IMPAYEE})
    return enfant


CHANGEMENTS = (
    Changement(
        "salaire",
        _("Je travaille, ou mon salaire change"),
        _salaire,
        (SALAIRE,),
        possible=_peut_travailler,
        suppose=(FIN_DU_CHOMAGE,),
        progressif=True,
    ),
    Changement(
        "salaire_conjoint",
        _("Mon conjoint ou ma conjointe travaille, ou son salaire change"),
        _salaire_du_conjoint,
        (SALAIRE,),
        possible=lambda s, _jour: s.conjoint is not None,
        suppose=(FIN_DU_CHOMAGE,),
        progressif=True,
    ),
    Changement(
        "perdre_travail",
        _("Je perds mon travail"),
        _perdre,
        (
            Champ(
                "chomage",
                _("Chômage net par mois"),
                aide=_("France Travail peut vous donner une estimation. Écrivez 0 si vous n’y avez pas droit."),
                defaut=0,
            ),
        ),
        possible=_a_un_salaire,
        suppose=(_("Nous comptons que vous vous inscrivez à France Travail ce mois-ci."),),
        progressif=True,
    ),
    Changement(
        "fin_chomage",
        _("Mon chômage s’arrête"),
        _fin_du_chomage,
        possible=_a_du_chomage,
        suppose=(_("Nous comptons que vous cherchez toujours un emploi."),),
        progressif=True,
    ),
    Changement(
        "retraite",
        _("Je prends ma retraite"),
        _retraite,
        (Champ("pension", _("Retraite nette par mois"), aide=_("Toutes vos caisses ensemble.")),),
        possible=_bientot_la_retraite,
        suppose=(_("Nous comptons que le salaire, le chômage et la pension d’invalidité s’arrêtent."),),
        progressif=True,
    ),
    Changement(
        "pension_alimentaire",
        _("Une pension alimentaire est versée pour mes enfants, ou change"),
        _pension_alimentaire,
        (Champ("pension", _("Pension reçue par mois, pour tous les enfants"), aide=_("Écrivez 0 si elle s’arrête.")),),
        possible=_parent_seul,
        progressif=True,
    ),
)
