"""
Les « je ne sais pas » d'une situation, et les réponses possibles à essayer.

Jamais de zéro silencieux : chaque inconnue a une valeur neutre pour le calcul de base et des valeurs d'essai (basse,
haute, ou chaque réponse). Si un essai change l'état ou le montant d'un droit, c'est que la réponse lui manque.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pleinsdroits.droits.moteur.resultats import Manque
from pleinsdroits.droits.situation.listes import (
    Activite,
    AutreParent,
    Lien,
    Nationalite,
    StatutLogement,
    Titre,
    TypeRevenu,
)
from pleinsdroits.droits.situation.modele import (
    Avis,
    Independant,
    Logement,
    Patrimoine,
    Personne,
    Revenu,
    Sejour,
    Situation,
    age,
)
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

Poser = Callable[[Situation, Any], Situation]
SALAIRE_HAUT, RFR_HAUT, EPARGNE_HAUTE, RECETTES = 3000.0, 100_000.0, 60_000.0, (6_000.0, 60_000.0)
# Le loyer neutre est un loyer courant : à zéro, aucune autre réponse ne changerait l'aide au logement.
LOYER_NEUTRE, LOYERS = 600.0, (300.0, 1500.0)
ANS_DE_TITRE = (0.1, 20.0)


@dataclass(frozen=True)
class Inconnue:
    """Une réponse qui manque : où la poser, sa valeur ``neutre``, les ``essais``, et la question à montrer."""

    manque: Manque
    poser: Poser
    neutre: Any
    essais: tuple[Any, ...]


def inconnues(situation: Situation, jour: date) -> list[Inconnue]:
    """Toutes les inconnues de ``situation`` qui peuvent peser sur un droit, dans l'ordre du questionnaire."""
    return [
        *(i for p in situation.personnes for i in _de_personne(situation, p, jour)),
        *_de_logement(situation.logement),
        *_d_avis(situation, jour),
        *_de_patrimoine(situation),
        *_de_prestations(situation),
    ]


def _inconnue(champ: str, question: str, poser: Poser, neutre: Any, essais: tuple[Any, ...]) -> Inconnue:
    return Inconnue(Manque(champ, phrase(question)), poser, neutre, essais)


def _pour_personne(p: Personne, champ: str) -> Poser:
    """Remplace le champ d'une personne."""

    def poser(s: Situation, valeur: Any) -> Situation:
        personnes = [q.model_copy(update={champ: valeur}) if q.id == p.id else q for q in s.personnes]
        return s.model_copy(update={"personnes": personnes})

    return poser


def _de_personne(s: Situation, p: Personne, jour: date) -> Iterator[Inconnue]:
    def manque(champ: str, question: str, neutre: Any, *essais: Any) -> Inconnue:
        return _inconnue(f"personnes.{p.id}.{champ}", question, _pour_personne(p, champ), neutre, essais)

    ans = age(p, jour)
    if ans >= 16:
        yield from _de_revenus(p)
        yield from _d_independant(p, jour)
    if ans >= 18:
        yield from _de_sejour(p, jour)
        if p.activite is None and not _activite_devinee(p):
            question = _("Que faites-vous en ce moment : travail, chômage, études, retraite ?")
            yield manque("activite", question, Activite.SANS_ACTIVITE, Activite.DEMANDEUR_EMPLOI, Activite.ETUDIANT)
    if p.activite is Activite.DEMANDEUR_EMPLOI and p.cinq_ans_activite_sur_dix is None:
        yield manque(
            "cinq_ans_activite_sur_dix", _("Avez-vous travaillé 5 ans sur les 10 dernières années ?"), False, True
        )
    if 18 <= ans < 25 and p.deux_ans_activite_sur_trois is None:
        yield manque(
            "deux_ans_activite_sur_trois", _("Avez-vous travaillé 2 ans sur les 3 dernières années ?"), False, True
        )
    if p.boursier is None:
        yield manque("boursier", _("Recevez-vous une bourse d’études ?"), False, True)
    if p.lien is Lien.ENFANT and ans >= 18 and p.rattache_fiscal is None:
        yield manque("rattache_fiscal", _("Est-il ou est-elle sur la feuille d’impôt des parents ?"), False, True)
    if p.lien is Lien.ENFANT and ans < 21 and not s.couple and p.autre_parent is None:
        question = _("L’autre parent verse-t-il une pension pour cet enfant ?")
        yield manque("autre_parent", question, AutreParent.PENSION_VERSEE, AutreParent.PENSION_IMPAYEE)
    if p.inapte is None and ans >= 60:
        yield manque("inapte", _("Êtes-vous reconnu inapte au travail ?"), False, True)
    yield from _de_handicap(p, ans)


def _activite_devinee(p: Personne) -> bool:
    """Un salaire ou une retraite en cours dit l'activité."""
    return any(
        r.montant and r.a is None and r.type in (TypeRevenu.SALAIRE, TypeRevenu.RETRAITE) for r in p.revenus or []
    )


def _de_revenus(p: Personne) -> Iterator[Inconnue]:
    if p.revenus is None:
        salaire = [Revenu(type=TypeRevenu.SALAIRE, montant=SALAIRE_HAUT)]
        petit = [Revenu(type=TypeRevenu.SALAIRE, montant=900)]
        yield _inconnue(
            f"personnes.{p.id}.revenus",
            _("Quels sont vos revenus ?"),
            _pour_personne(p, "revenus"),
            [],
            (petit, salaire),
        )
    for rang, revenu in enumerate(p.revenus or []):
        if revenu.montant is None:
            question = _("Combien recevez-vous par mois ?")
            yield _inconnue(
                f"personnes.{p.id}.revenus.{rang}.montant",
                question,
                _montant_du_revenu(p, rang),
                0.0,
                (600.0, SALAIRE_HAUT),
            )


def _montant_du_revenu(p: Personne, rang: int) -> Poser:
    def poser(s: Situation, valeur: float) -> Situation:
        revenus = list(s.personne(p.id).revenus or [])
        revenus[rang] = revenus[rang].model_copy(update={"montant": valeur})
        return _pour_personne(p, "revenus")(s, revenus)

    return poser


def _d_independant(p: Personne, jour: date) -> Iterator[Inconnue]:
    """Les recettes d'une année que la personne dit ne pas connaître (``null``) ; une année absente n'a pas existé."""
    for annee in (jour.year - 2, jour.year - 1, jour.year):
        if p.independant and p.independant.annees.get(annee, 0) is None:
            question = phrase(_("Combien votre activité a-t-elle rapporté en {annee} ?"), annee=str(annee))
            manque = Manque(f"personnes.{p.id}.independant.annees.{annee}", question)
            yield Inconnue(manque, _recettes(p, annee), 0.0, RECETTES)


def _recettes(p: Personne, annee: int) -> Poser:
    def poser(s: Situation, valeur: float) -> Situation:
        ancien = s.personne(p.id).independant
        assert ancien is not None
        nouveau = Independant(regime=ancien.regime, annees={**ancien.annees, annee: valeur})
        return _pour_personne(p, "independant")(s, nouveau)

    return poser


def _de_sejour(p: Personne, jour: date) -> Iterator[Inconnue]:
    champ, (recent, vieux) = f"personnes.{p.id}.", (_il_y_a(ans, jour) for ans in ANS_DE_TITRE)
    if p.nationalite is None:
        question = _("Quelle est votre nationalité : française, d’un pays d’Europe, d’un autre pays ?")
        essais = (
            (Nationalite.UE, Sejour(depuis=recent)),
            (Nationalite.HORS_UE, Sejour(titre=Titre.TITRE_SEJOUR, depuis=recent)),
            (Nationalite.HORS_UE, Sejour(titre=Titre.SANS_TITRE)),
        )
        yield _inconnue(champ + "nationalite", question, _nationalite(p), (Nationalite.FRANCAISE, None), essais)
    elif p.nationalite is Nationalite.UE and not (p.arrivee_en_france or (p.sejour and p.sejour.depuis)):
        question = _("Depuis quand vivez-vous en France ?")
        poser = _pour_personne(p, "arrivee_en_france")
        yield _inconnue(champ + "arrivee_en_france", question, poser, vieux, (recent,))
    elif p.nationalite is Nationalite.HORS_UE:
        yield from _de_titre(p, recent, vieux)


def _de_titre(p: Personne, recent: date, vieux: date) -> Iterator[Inconnue]:
    champ, poser = f"personnes.{p.id}.sejour.", _pour_personne(p, "sejour")
    titre = p.sejour.titre if p.sejour else None
    neutre, ancien = (Sejour(titre=titre or Titre.TITRE_SEJOUR, depuis=d) for d in (recent, vieux))
    if titre is None:
        essais = (ancien, Sejour(titre=Titre.REFUGIE), Sejour(titre=Titre.SANS_TITRE))
        yield _inconnue(champ + "titre", _("Quel titre de séjour avez-vous ?"), poser, neutre, essais)
    elif titre in (Titre.TITRE_SEJOUR, Titre.CARTE_RESIDENT) and p.sejour and p.sejour.depuis is None:
        question = _("Depuis combien d’années avez-vous un titre qui permet de travailler ?")
        yield _inconnue(champ + "depuis", question, poser, neutre, (ancien,))


def _nationalite(p: Personne) -> Poser:
    def poser(s: Situation, valeur: tuple[Nationalite, Sejour | None]) -> Situation:
        nationalite, sejour = valeur
        return _pour_personne(p, "sejour")(_pour_personne(p, "nationalite")(s, nationalite), sejour)

    return poser


def _il_y_a(ans: float, jour: date) -> date:
    return jour - timedelta(days=round(ans * 365.25))


def _de_handicap(p: Personne, ans: int) -> Iterator[Inconnue]:
    if not p.handicap:
        return
    handicap, poser = p.handicap, _pour_personne(p, "handicap")
    champ = f"personnes.{p.id}.handicap."
    if handicap.taux is None:
        essais = tuple(handicap.model_copy(update={"taux": t, "restriction_emploi": True}) for t in (0.65, 0.85))
        neutre = handicap.model_copy(update={"taux": 0.3})
        yield _inconnue(champ + "taux", _("Quel taux d’incapacité la MDPH a-t-elle fixé ?"), poser, neutre, essais)
    elif handicap.restriction_emploi is None and 0.5 <= handicap.taux < 0.8 and ans >= 20:
        question = _("La MDPH a-t-elle reconnu une difficulté durable à trouver du travail ?")
        non, oui = (handicap.model_copy(update={"restriction_emploi": r}) for r in (False, True))
        yield _inconnue(champ + "restriction_emploi", question, poser, non, (oui,))
    elif handicap.complement is None and ans < 20:
        aucun, haut = (handicap.model_copy(update={"complement": n}) for n in (0, 6))
        yield _inconnue(champ + "complement", _("Quel complément la MDPH a-t-elle accordé ?"), poser, aucun, (haut,))


def _de_logement(logement: Logement) -> Iterator[Inconnue]:
    def manque(champ: str, question: str, neutre: Any, *essais: Any) -> Inconnue:
        def poser(s: Situation, valeur: Any) -> Situation:
            return s.model_copy(update={"logement": s.logement.model_copy(update={champ: valeur})})

        return _inconnue(f"logement.{champ}", question, poser, neutre, essais)

    if logement.statut is None:
        essais = (StatutLogement.LOCATAIRE_VIDE, StatutLogement.PROPRIETAIRE, StatutLogement.SANS_DOMICILE)
        yield manque("statut", _("Comment êtes-vous logé ?"), StatutLogement.HEBERGE, *essais)
    if logement.loyer is None:
        yield manque("loyer", _("Combien payez-vous de loyer, sans les charges ?"), LOYER_NEUTRE, *LOYERS)
    if logement.conventionne is None:
        yield manque("conventionne", _("Votre logement est-il conventionné ?"), False, True)
    if logement.foyer_rehabilite is None:
        yield manque("foyer_rehabilite", _("Votre foyer a-t-il été rénové ?"), False, True)
    if logement.participe_frais is None:
        yield manque("participe_frais", _("Participez-vous aux frais de la personne qui vous héberge ?"), False, True)
    if logement.bailleur_parent is None:
        yield manque("bailleur_parent", _("Le propriétaire est-il un de vos parents ou enfants ?"), False, True)
    if logement.contrat_electricite is None:
        yield manque("contrat_electricite", _("Le contrat d’électricité est-il à votre nom ?"), True, False)
    if logement.domiciliation is None:
        yield manque("domiciliation", _("Avez-vous une adresse de domiciliation ?"), False, True)


def _d_avis(s: Situation, jour: date) -> Iterator[Inconnue]:
    """Le revenu fiscal de chaque membre du couple ; sans avis, OpenFisca l'estime d'après les douze derniers mois."""
    couverts = {i for a in s.avis if a.rfr is not None for i in a.personnes}
    adultes = [s.demandeur, *([s.conjoint] if s.conjoint else [])]
    if all(p.id in couverts for p in adultes):
        return
    ensemble = [p.id for p in adultes if p.id not in couverts]

    def poser(situation: Situation, rfr: float | None) -> Situation:
        gardes = [a for a in situation.avis if not set(a.personnes) & set(ensemble)]
        nouveaux = [Avis(personnes=[i], annee=jour.year - 2, rfr=rfr) for i in ensemble]
        return situation.model_copy(update={"avis": gardes if rfr is None else [*gardes, *nouveaux]})

    question = _("Quel est le revenu fiscal de référence écrit sur votre dernière feuille d’impôt ?")
    yield _inconnue("avis", question, poser, None, (0.0, RFR_HAUT))


def _de_patrimoine(s: Situation) -> Iterator[Inconnue]:
    def poser(situation: Situation, valeur: Patrimoine) -> Situation:
        return situation.model_copy(update={"patrimoine": valeur})

    biens = s.patrimoine
    vides = [nom for nom, valeur in (biens or Patrimoine()).model_dump().items() if valeur is None]
    if biens is None or vides:
        neutre = (biens or Patrimoine()).model_copy(update=dict.fromkeys(vides, 0))
        haut = neutre.model_copy(update={"livrets": EPARGNE_HAUTE})
        yield _inconnue(
            "patrimoine",
            _("Avez-vous plus de 30 000 € d’épargne ou un bien, en plus de votre logement ?"),
            poser,
            neutre,
            (haut,),
        )


def _de_prestations(s: Situation) -> Iterator[Inconnue]:
    for rang, prestation in enumerate(s.prestations):
        if prestation.montant is None:
            question = _("Combien recevez-vous pour cette aide, par mois ?")
            yield _inconnue(f"prestations.{rang}.montant", question, _montant_de_prestation(rang), 0.0, (800.0,))


def _montant_de_prestation(rang: int) -> Poser:
    def poser(s: Situation, valeur: float) -> Situation:
        prestations = list(s.prestations)
        prestations[rang] = prestations[rang].model_copy(update={"montant": valeur})
        return s.model_copy(update={"prestations": prestations})

    return poser
