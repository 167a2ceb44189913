"""Le formulaire d'un écran : ses champs dépendent des réponses déjà données."""

from collections.abc import Mapping

from django import forms
from django.forms.utils import ErrorDict

from pleinsdroits.droits.questionnaire.champs import EnTroisCases, Montant
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.question import Question


class Formulaire(forms.Form):
    """
    Les champs d'une ``question`` dans un ``contexte``. Si ``inconnu`` est envoyé (bouton « Je ne sais pas »), les
    montants et les dates laissés vides valent « je ne sais pas » (``None``) ; le reste est contrôlé comme d'habitude.
    """

    use_required_attribute = False

    def __init__(self, question: Question, contexte: Contexte, data: Mapping | None = None):
        self.question, self.contexte = question, contexte
        super().__init__(data, initial=contexte.reponses.get(question.slug, {}) | {}, auto_id="id_%s")
        self.fields.update(question.champs(contexte, data))
        for champ in self.fields.values():
            if isinstance(champ, EnTroisCases):
                champ.jour = contexte.jour
            if data is not None and "inconnu" in data and isinstance(champ, EnTroisCases | Montant):
                champ.required = False

    def clean(self):
        donnees = super().clean() or {}
        for nom, message in self.question.controle(donnees, self.contexte).items():
            if nom not in self.errors:
                self.add_error(nom if nom in self.fields else None, str(message))
        return donnees

    def sans_controle(self) -> "Formulaire":
        """Le même, montré tel que rempli, sans erreur : on ajoute une ligne, on ne corrige pas encore."""
        self._errors = ErrorDict()
        return self

    @property
    def groupes(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Les champs, réunis sous le nom de la personne ou du revenu qu'ils concernent."""
        groupes: list[tuple[object, list[forms.BoundField]]] = []
        for champ in self:
            titre = getattr(champ.field, "groupe", "")
            if not groupes or groupes[-1][0] != titre:
                groupes.append((titre, []))
            groupes[-1][1].append(champ)
        return groupes

    @property
    def champ_unique(self) -> forms.BoundField | None:
        """Le champ, s'il est seul : sa question est alors le titre de la page."""
        return next(iter(self)) if len(self.fields) == 1 else None

    @property
    def bouton_inconnu(self) -> bool:
        """Vrai si un champ attend un montant ou une date que l'on peut ignorer."""
        return self.question.inconnu and any(
            isinstance(c, Montant) or (isinstance(c, EnTroisCases) and c.required) for c in self.fields.values()
        )
