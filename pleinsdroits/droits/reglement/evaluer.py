"""Évaluer une aide d'un règlement pour un foyer : conditions, calcul ligne à ligne, barème, plafonds, dérogation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pleinsdroits.droits.reglement.base import Disposition
from pleinsdroits.droits.reglement.cas import Cas, Demande
from pleinsdroits.droits.reglement.compte import Compte
from pleinsdroits.droits.reglement.conditions import Reponse, Verdict, juger
from pleinsdroits.droits.reglement.corrections import Correction, corriger
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation, Grandeur, Ligne, Sort
from pleinsdroits.droits.reglement.grandeur import TexteMuet, grandeurs
from pleinsdroits.droits.reglement.issue import Issue, retenue, trouver_issue
from pleinsdroits.droits.reglement.libelles import citer_les_articles, dire_la_periode
from pleinsdroits.droits.reglement.lignes import Lignes, lire_lignes
from pleinsdroits.droits.reglement.modele import Aide, Frequence, Plafond, Reglement
from pleinsdroits.droits.reglement.mots import PERIODES_DITES
from pleinsdroits.droits.reglement.periodes import compter, de_nouveau_le
from pleinsdroits.droits.textes import Phrase, euros, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

INDETERMINE, REFUSE = EtatEvaluation.INDETERMINE, EtatEvaluation.REFUSE


class ReglementInapplicable(ValueError):
    """Le règlement ne peut pas répondre : l'aide n'y est pas, ou il n'est pas en vigueur ce jour-là."""


def evaluer(reglement: Reglement, cas: Cas, jour: date, corrections: Iterable[Correction] = ()) -> Evaluation:
    """
    Ce que le ``reglement`` répond à la demande du ``cas`` le ``jour``, avec chaque ligne du calcul, une fois passées les
    ``corrections`` de la personne qui instruit.

    L'évaluation propose, une personne ou une commission décide. Un texte muet ou contradictoire rend
    ``indetermine`` et ses articles ; une réponse inconnue rend ``a_completer``. Lève ``ReglementInapplicable``
    si l'aide n'existe pas dans ce règlement ou s'il n'est pas en vigueur.
    """
    aide = _aide_applicable(reglement, cas.demande, jour)
    compte = reglement.comptes[aide.compte]
    lues = corriger(lire_lignes(compte, cas.situation, jour), corrections)
    verdicts = [juger(c, cas.situation, cas.demande, jour) for c in aide.conditions]
    valeurs, muet = _grandeurs(compte, lues, cas, jour)
    issue = _conclure(aide, verdicts, lues, valeurs, muet, cas, jour)
    issue = deroger(aide, limiter(aide, issue, cas, cas.jour or jour), cas.demande)
    return _evaluation(reglement, aide, jour, issue, lues, valeurs, verdicts, cas)


def _aide_applicable(reglement: Reglement, demande: Demande, jour: date) -> Aide:
    if not reglement.en_vigueur(jour):
        fin = f" au {jour_long(reglement.fin)}" if reglement.fin else ""
        depuis = jour_long(reglement.effet)
        raise ReglementInapplicable(
            f"jour (reçu : {jour}) : ce règlement s'applique du {depuis}{fin or ', sans date de fin'}"
        )
    try:
        return reglement.aide(demande.aide)
    except KeyError:
        connues = ", ".join(a.id for a in reglement.aides)
        raise ReglementInapplicable(f"demande.aide (reçu : {demande.aide}) : une aide parmi {connues}") from None


def _grandeurs(compte: Compte, lues: Lignes, cas: Cas, jour: date) -> tuple[tuple[Grandeur, ...], TexteMuet | None]:
    """Rien tant qu'il manque un montant : un calcul ne se fait jamais sur une moitié de budget."""
    if lues.manque:
        return (), None
    try:
        return grandeurs(compte, lues.lignes, cas.situation, jour), None
    except TexteMuet as muet:
        return (), muet


def _conclure(
    aide: Aide,
    verdicts: list[Verdict],
    lues: Lignes,
    valeurs: tuple[Grandeur, ...],
    muet: TexteMuet | None,
    cas: Cas,
    jour: date,
) -> Issue:
    """Dans l'ordre : aide fermée, condition non remplie, réponse manquante, texte muet, barème."""
    if aide.fermee_le and jour > aide.fermee_le:
        motif = phrase(_("Cette aide s’est arrêtée le {jour}."), jour=jour_long(aide.fermee_le))
        return Issue(REFUSE, (motif,), tuple(aide.articles))
    if refus := [v for v in verdicts if v.reponse is Reponse.NON]:
        return Issue(REFUSE, _phrases(refus), _articles(refus))
    manque = (*(v.manque for v in verdicts if v.manque), *lues.manque)
    if manque:
        motif = phrase(_("Il manque une réponse pour calculer."))
        return Issue(EtatEvaluation.A_COMPLETER, (motif,), manque=manque)
    if muet:
        return Issue(INDETERMINE, (muet.raison,), muet.articles)
    issue = _selon_les_lignes(aide, lues, valeurs, cas, jour)
    muettes = [v for v in verdicts if v.reponse is Reponse.MUETTE]
    if muettes and issue.etat is not REFUSE:
        return Issue(INDETERMINE, _phrases(muettes), _articles(muettes))
    return issue


def _selon_les_lignes(aide: Aide, lues: Lignes, valeurs: tuple[Grandeur, ...], cas: Cas, jour: date) -> Issue:
    """L'issue, si toutes les lectures possibles du texte donnent la même."""
    issues = [trouver_issue(aide, v, cas.situation, cas.demande, jour) for v in valeurs]
    if len({i.reponse for i in issues}) == 1:
        return issues[0]
    ouvertes = [ligne for ligne in lues.lignes if ligne.sort is Sort.INCERTAINE]
    noms = ", ".join(str(ligne.libelle) for ligne in ouvertes)
    motif = phrase(_("Le règlement ne dit pas s’il faut compter : {lignes}. La réponse en dépend."), lignes=noms)
    articles = (*(a for ligne in ouvertes for a in ligne.articles), *(a for i in issues for a in i.articles))
    tranches = tuple({t.libelle: t for i in issues for t in i.tranches}.values())
    chiffres = [c for c in (i.montant if i.montant is not None else i.au_plus for i in issues) if c is not None]
    if len(chiffres) < len(issues):
        return Issue(INDETERMINE, (motif,), articles, tranches)
    return Issue(INDETERMINE, (motif,), articles, tranches, au_plus=max(chiffres), au_moins=min(chiffres))


def _phrases(verdicts: list[Verdict]) -> tuple[Phrase, ...]:
    return tuple(v.phrase for v in verdicts if v.phrase)


def _articles(verdicts: list[Verdict]) -> tuple[str, ...]:
    return tuple(a for v in verdicts for a in v.articles)


def limiter(aide: Aide, issue: Issue, cas: Cas, jour: date) -> Issue:
    """Le nombre d'aides et le total de leur période (celle du ``jour`` où l'on statue), sur ce que le barème permet."""
    if issue.etat is not EtatEvaluation.ACCORDE_POSSIBLE:
        return issue
    if aide.frequence and (motif := _deja_trop(aide.frequence, cas.demande, jour)):
        return Issue(REFUSE, (motif,), aide.frequence.articles)
    return _dans_le_plafond(aide.plafond, issue, cas, jour) if aide.plafond else issue


def _deja_trop(regle: Frequence, demande: Demande, jour: date) -> Phrase | None:
    """Le nombre est atteint : on le dit, avec le jour où l'on pourra redemander quand on le connaît."""
    deja = compter(demande, regle.par, jour).nombre
    if deja < regle.nombre:
        return None
    libre = de_nouveau_le(demande, regle.nombre, regle.par, jour)
    suite = phrase(_(" Vous pourrez la redemander à partir du {jour}."), jour=jour_long(libre)) if libre else ""
    texte = _("Vous avez déjà eu cette aide {deja} fois {quand} : c’est le maximum ({maxi}).{suite}")
    return phrase(texte, deja=deja, quand=dire_la_periode(regle.par, jour), maxi=regle.nombre, suite=suite)


def _dans_le_plafond(regle: Plafond, issue: Issue, cas: Cas, jour: date) -> Issue:
    total = regle.montant * (len(cas.situation.personnes) if regle.par == "personne" else 1)
    reste = max(total - compter(cas.demande, regle.periode, jour).total, Decimal(0))
    articles, quand = issue.articles + regle.articles, phrase(PERIODES_DITES[regle.periode])
    if reste == 0:
        motif = phrase(_("Le maximum de {total} est déjà atteint {quand}."), quand=quand, total=euros(total))
        return Issue(REFUSE, (motif,), regle.articles)
    if issue.montant is None:
        au_plus = reste if issue.au_plus is None else min(issue.au_plus, reste)
        return replace(issue, au_plus=au_plus, articles=articles)
    if issue.montant <= reste:
        return replace(issue, articles=articles)
    texte = _("{montant} dépasse ce qui reste {quand} ({reste}).")
    motif = phrase(texte, montant=euros(issue.montant), quand=quand, reste=euros(reste))
    return replace(issue, montant=reste, motifs=(*issue.motifs, motif), articles=articles)


def deroger(aide: Aide, issue: Issue, demande: Demande) -> Issue:
    """Une dérogation demandée, motivée et prévue par le texte rouvre un refus du barème (jamais un refus de condition)."""
    regle = aide.derogation
    if regle is None or not demande.derogation or not _derogation_possible(aide, issue):
        return issue
    motif = phrase(_("Dérogation demandée : {raison}."), raison=demande.derogation.rstrip("."))
    return Issue(
        EtatEvaluation.ACCORDE_POSSIBLE,
        (*issue.motifs, motif),
        issue.articles + regle.articles,
        issue.tranches,
        au_plus=regle.jusqu_a,
    )


def _derogation_possible(aide: Aide, issue: Issue) -> bool:
    return aide.derogation is not None and issue.etat is REFUSE and bool(issue.tranches)


def _evaluation(
    reglement: Reglement, aide: Aide, jour: date, issue: Issue, lues: Lignes, valeurs, verdicts: list[Verdict], cas: Cas
) -> Evaluation:
    accord = issue.etat is EtatEvaluation.ACCORDE_POSSIBLE
    return Evaluation(
        reglement=reglement.id,
        version=reglement.version,
        exemple=reglement.exemple,
        aide=aide.id,
        jour=jour,
        etat=issue.etat,
        periodicite=aide.periodicite,
        montant=issue.montant,
        au_plus=issue.au_plus,
        au_moins=issue.au_moins,
        grandeurs=valeurs,
        tranches=tuple(retenue(t) for t in issue.tranches),
        lignes=lues.lignes,
        motifs=issue.motifs,
        articles=tuple(dict.fromkeys(issue.articles)),
        hypotheses=tuple(dict.fromkeys(_hypotheses(reglement, aide, issue, lues.lignes))),
        a_verifier=_phrases([v for v in verdicts if v.reponse is Reponse.A_VERIFIER]),
        manque=issue.manque,
        pieces=tuple(p.nom for p in aide.pieces),
        decide=_decideur(aide, issue),
        formes=tuple(aide.paiement.formes),
        derogation=accord and bool(cas.demande.derogation) and any(t.effet == "refus" for t in issue.tranches),
        derogation_possible=_derogation_possible(aide, issue),
    )


def _decideur(aide: Aide, issue: Issue) -> str | None:
    """Qui décide pour ce montant ; ``None`` quand plusieurs le pourraient et que le montant n'est pas connu."""
    if len(aide.decide) == 1:
        return aide.decide[0].qui
    montant = issue.montant if issue.montant is not None else issue.au_plus
    if montant is None:
        return None
    return next((d.qui for d in aide.decide if d.jusqu_a is None or montant <= d.jusqu_a), None)


def _hypotheses(reglement: Reglement, aide: Aide, issue: Issue, lignes: tuple[Ligne, ...]) -> Iterator[Phrase]:
    """Ce que le texte ne dit pas et que la ville a supposé, parmi ce qui a servi ici."""
    compte = reglement.comptes[aide.compte]
    for ligne in lignes:
        if ligne.hypothese:
            article = _a_cote(ligne.articles)
            yield phrase(
                _("Supposé : la façon de compter « {nature} »{article}."), nature=str(ligne.libelle), article=article
            )
    points: list[tuple[str, Disposition | None]] = [
        (_("la période des ressources"), compte.ressources.periode),
        (_("le nombre de personnes ou de parts"), compte.diviseur),
        (_("le nombre de jours du mois"), compte.par_jour),
        (_("ce que l’on fait d’un résultat négatif"), compte.si_negatif),
        (_("l’arrondi du calcul"), compte.arrondi),
        (_("l’arrondi du montant"), aide.arrondi),
        *((_("le seuil « {libelle} »").format(libelle=t.libelle), t) for t in issue.tranches),
        *((_("le montant"), t.montant) for t in issue.tranches),
    ]
    for nom, point in points:
        if point is not None and point.hypothese:
            note = f" ({point.note})" if point.note else ""
            yield phrase(_("Supposé : {point}{article}{note}."), point=nom, article=_a_cote(point.articles), note=note)


def _a_cote(articles: tuple[str, ...]) -> Phrase | str:
    """« (article 4) », après ce que l'article laisse à supposer ; rien si le texte n'en dit pas un mot."""
    return phrase(" {cites}", cites=citer_les_articles(articles)) if articles else ""
