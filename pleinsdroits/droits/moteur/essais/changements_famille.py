"""Essayer un autre foyer : une naissance, une vie de couple, une séparation, un départ, un handicap reconnu."""

from datetime import date

from pleinsdroits.droits.moteur.essais.champs import Champ, Choix, Genre, Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.gestes import (
    accueillir,
    changer_les_parts,
    commencer,
    identifiant,
    modifier,
    partir,
)
from pleinsdroits.droits.situation.listes import Activite, AutreParent, Couple, Lien, TypeRevenu
from pleinsdroits.droits.situation.modele import Handicap, Personne, Revenu, Situation, age
from pleinsdroits.droits.situation.mois import Mois
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

TAUX_PLEIN, TAUX_MOYEN = 0.8, 0.5
AGE_D_UN_ENFANT = 20  # après, ni pension ni allocations familiales (CSS L512-3)


def _naitre(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    autre = AutreParent(str(valeurs["autre_parent"])) if "autre_parent" in valeurs else None
    # Les aides d'un enfant commencent le mois qui suit sa naissance (CSS L552-1) : on compte un bébé déjà là.
    bebe = Personne(
        id=identifiant(situation, "bebe"),
        lien=Lien.ENFANT,
        naissance=(Mois(jour) - 1).premier_jour,
        revenus=[],
        autre_parent=autre,
    )
    personnes = [p.model_copy(update={"grossesse": None}) for p in situation.personnes]
    plus_de_parts = changer_les_parts(situation, len(situation.enfants), 1)
    return accueillir(plus_de_parts.model_copy(update={"personnes": personnes}), bebe)


def _autres_parents(situation: Situation, jour: date) -> Choix:
    return [
        (AutreParent.PENSION_NON_FIXEE.value, _("Il ou elle ne verse pas de pension")),
        (AutreParent.PENSION_VERSEE.value, _("Il ou elle verse une pension")),
        (AutreParent.NON_RECONNU.value, _("L’enfant n’a qu’un parent reconnu")),
    ]


def _seul(situation: Situation, jour: date) -> bool:
    return situation.conjoint is None


def _en_couple(situation: Situation, jour: date) -> bool:
    return situation.conjoint is not None


def _formes(situation: Situation, jour: date) -> Choix:
    return [
        (Couple.UNION_LIBRE.value, _("Sans mariage ni PACS")),
        (Couple.PACSE.value, _("Avec un PACS")),
        (Couple.MARIE.value, _("Mariés")),
    ]


def _s_installer(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    moi, salaire = situation.demandeur, float(valeurs["salaire"])
    conjoint = Personne(
        id=identifiant(situation, "conjoint"),
        lien=Lien.CONJOINT,
        naissance=moi.naissance,
        nationalite=moi.nationalite,
        sejour=moi.sejour,
        arrivee_en_france=moi.arrivee_en_france,
        activite=Activite.SALARIE if salaire else Activite.SANS_ACTIVITE,
        sante=moi.sante,
        revenus=[Revenu(type=TypeRevenu.SALAIRE, montant=salaire)] if salaire else [],
    )
    en_couple = situation.model_copy(update={"couple": Couple(str(valeurs["forme"])), "seul_depuis": None})
    return accueillir(en_couple, conjoint)


def _a_de_jeunes_enfants(situation: Situation, jour: date) -> bool:
    return bool(_jeunes(situation, jour))


def _jeunes(situation: Situation, jour: date) -> set[str]:
    return {e.id for e in situation.enfants if age(e, jour) < AGE_D_UN_ENFANT}


def _gardes(situation: Situation, jour: date) -> Choix:
    return [
        ("avec_moi", _("Avec moi")),
        ("alternee", _("Une partie du temps chez moi")),
        ("ailleurs", _("Chez leur autre parent")),
    ]


def _se_separer(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    assert situation.conjoint is not None
    enfants, garde = _jeunes(situation, jour), valeurs.get("enfants")
    restent = partir(situation, {situation.conjoint.id} | (enfants if garde == "ailleurs" else set()))
    pension = float(valeurs.get("pension", 0)) if garde != "ailleurs" else 0.0
    change = {
        "garde_alternee": garde == "alternee",
        "autre_parent": AutreParent.PENSION_VERSEE if pension else AutreParent.PENSION_NON_FIXEE,
    }
    personnes = [p.model_copy(update=change) if p.id in enfants else p for p in restent.personnes]
    # Les parts de l'avis étaient celles du couple.
    avis = [a.model_copy(update={"parts": None}) for a in restent.avis]
    seul = restent.model_copy(update={"personnes": personnes, "couple": None, "seul_depuis": jour, "avis": avis})
    revenus = commencer(list(seul.demandeur.revenus or []), TypeRevenu.PENSION_ALIMENTAIRE, pension, Mois(jour))
    return modifier(seul, seul.demandeur, revenus=revenus) if pension else seul


def _enfants(situation: Situation, jour: date) -> Choix:
    return [(e.id, str(_nom(e, jour))) for e in situation.enfants]


def _nom(enfant: Personne, jour: date) -> object:
    ans = age(enfant, jour)
    return phrase(_("L’enfant de {n} ans"), n=ans) if ans > 1 else phrase(_("Le bébé"))


def _a_des_enfants(situation: Situation, jour: date) -> bool:
    return bool(situation.enfants)


def _quitter(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    return partir(changer_les_parts(situation, len(situation.enfants) - 1, -1), {str(valeurs["enfant"])})


def _sans_taux_plein(situation: Situation, jour: date) -> bool:
    return bool(_concernes(situation, jour))


def _concernes(situation: Situation, jour: date) -> Choix:
    noms = {Lien.DEMANDEUR: _("Moi"), Lien.CONJOINT: _("Mon conjoint ou ma conjointe")}
    proches = [p for p in situation.personnes if p.lien in (Lien.DEMANDEUR, Lien.CONJOINT, Lien.ENFANT)]
    return [
        (p.id, noms.get(p.lien) or str(_nom(p, jour)))
        for p in proches
        if p.handicap is None or (p.handicap.taux or 0) < TAUX_PLEIN
    ]


def _taux(situation: Situation, jour: date) -> Choix:
    return [
        ("80", _("80 % ou plus")),
        ("50", _("De 50 à 79 %, avec une difficulté durable à trouver du travail")),
    ]


def _reconnaitre(situation: Situation, valeurs: Valeurs, jour: date) -> Situation:
    personne = situation.personne(str(valeurs["qui"]))
    plein = valeurs["taux"] == "80"
    dit = personne.handicap or Handicap()
    reconnu = {"taux": TAUX_PLEIN if plein else TAUX_MOYEN, "restriction_emploi": not plein}
    return modifier(situation, personne, handicap=dit.model_copy(update=reconnu))


CHANGEMENTS = (
    Changement(
        "enfant",
        _("Un enfant arrive"),
        _naitre,
        (Champ("autre_parent", _("Et son autre parent ?"), Genre.CHOIX, choix=_autres_parents, pose=_seul),),
        suppose=(_("Nous comptons un bébé d’un mois : les aides commencent le mois qui suit la naissance."),),
    ),
    Changement(
        "couple",
        _("Je vis en couple"),
        _s_installer,
        (
            Champ("forme", _("Comment ?"), Genre.CHOIX, choix=_formes),
            Champ("salaire", _("Son salaire net par mois"), aide=_("Écrivez 0 pour aucun salaire."), defaut=0),
        ),
        possible=_seul,
        suppose=(
            _("Nous comptons que cette personne a votre âge et votre nationalité, et rien d’autre que ce salaire."),
        ),
        avis_a_refaire=True,
    ),
    Changement(
        "separation",
        _("Je me sépare"),
        _se_separer,
        (
            Champ("enfants", _("Où vivent les enfants ?"), Genre.CHOIX, choix=_gardes, pose=_a_de_jeunes_enfants),
            Champ(
                "pension",
                _("Pension reçue par mois, pour tous les enfants"),
                aide=_("Écrivez 0 s’il n’y en a pas."),
                defaut=0,
                pose=_a_de_jeunes_enfants,
            ),
        ),
        possible=_en_couple,
        suppose=(_("Nous comptons que vous gardez le logement, au même loyer."),),
        avis_a_refaire=True,
    ),
    Changement(
        "depart_enfant",
        _("Un enfant quitte la maison"),
        _quitter,
        (Champ("enfant", _("Lequel ?"), Genre.CHOIX, choix=_enfants),),
        possible=_a_des_enfants,
    ),
    Changement(
        "handicap",
        _("Un handicap est reconnu par la MDPH"),
        _reconnaitre,
        (
            Champ("qui", _("Pour qui ?"), Genre.CHOIX, choix=_concernes),
            Champ("taux", _("Quel taux ?"), Genre.CHOIX, choix=_taux),
        ),
        possible=_sans_taux_plein,
    ),
)
