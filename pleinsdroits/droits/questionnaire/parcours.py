"""L'ordre des écrans : ceux que l'on pose, le suivant, le précédent, ceux qui attendent encore une réponse."""

from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.ecrans import activites, budget, foyer, logement, revenus, sejour, situations
from pleinsdroits.droits.questionnaire.question import Question
from pleinsdroits.droits.questionnaire.rangement import appele

QUESTIONS: tuple[Question, ...] = (
    *foyer.QUESTIONS,
    *sejour.QUESTIONS,
    *activites.QUESTIONS,
    *situations.QUESTIONS,
    *logement.QUESTIONS,
    *revenus.QUESTIONS,
    *budget.QUESTIONS,
)
PAR_SLUG = {q.slug: q for q in QUESTIONS}


def posees(contexte: Contexte) -> list[Question]:
    """Les écrans que ces réponses appellent, dans l'ordre."""
    return [q for q in QUESTIONS if q.posee(contexte)]


def repondue(question: Question, contexte: Contexte) -> bool:
    """Vrai si l'écran a une réponse, complète pour le foyer d'aujourd'hui (une personne ajoutée la rouvre)."""
    reponse = contexte.reponses.get(question.slug)
    if reponse is None:
        return False
    champs = question.champs(contexte, None)
    requis = {nom for nom, champ in champs.items() if champ.required and appele(champ, reponse)}
    return requis <= set(reponse) and not question.controle(reponse, contexte)


def en_attente(contexte: Contexte) -> Question | None:
    """Le premier écran sans réponse, ``None`` si tout est répondu."""
    return next((q for q in posees(contexte) if not repondue(q, contexte)), None)


def suivante(contexte: Contexte, apres: str) -> Question | None:
    """Le premier écran sans réponse après ``apres``, sinon n'importe lequel, sinon ``None`` : on peut vérifier."""
    suite = posees(contexte)
    slugs = [q.slug for q in suite]
    debut = slugs.index(apres) + 1 if apres in slugs else 0
    return next((q for q in suite[debut:] if not repondue(q, contexte)), None) or en_attente(contexte)


def precedente(contexte: Contexte, avant: str) -> Question | None:
    """L'écran posé juste avant, ``None`` pour le premier."""
    slugs = [q.slug for q in posees(contexte)]
    rang = slugs.index(avant) if avant in slugs else 0
    return PAR_SLUG[slugs[rang - 1]] if rang else None
