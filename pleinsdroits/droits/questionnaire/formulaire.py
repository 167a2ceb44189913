"""Le formulaire d'un écran : ses champs dépendent des réponses déjà données."""

from collections.abc import Mapping

from django import forms
from django.forms.utils import ErrorDict

from pleinsdroits.droits.questionnaire.champs import AvecSuites, EnTroisCases, Montant
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.question import Question
from pleinsdroits.droits.questionnaire.rangement import appele, condition_de


class Formulaire(forms.Form):
    """
    Les champs d'une ``question`` dans un ``contexte``. Si ``inconnu`` est envoyé (bouton « Je ne sais pas »), les
    montants et les dates laissés vides valent « je ne sais pas » (``None``) ; le reste est contrôlé comme d'habitude.
    Un champ qui suit une réponse ne compte qu'avec elle : sinon sa valeur et ses fautes sont oubliées.
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
        self._suspendre_les_suites()

    def _suspendre_les_suites(self) -> None:
        """Attache à chaque réponse les champs qui se montrent sous elle."""
        for nom, champ in self.fields.items():
            if condition := condition_de(champ):
                parent = self.fields[condition[0]].widget
                assert isinstance(parent, AvecSuites), f"{condition[0]} ne montre pas de suite"
                parent.suites.setdefault(condition[1], []).append(self[nom])

    def clean(self):
        donnees = super().clean() or {}
        for nom in [n for n, champ in self.fields.items() if not appele(champ, donnees)]:
            donnees.pop(nom, None)
            self.errors.pop(nom, None)
        for nom, message in self.question.controle(donnees, self.contexte).items():
            if nom not in self.errors:
                self.add_error(nom if nom in self.fields else None, str(message))
        return donnees

    def sans_controle(self) -> "Formulaire":
        """Le même, montré tel que rempli, sans erreur : on ajoute une ligne, on ne corrige pas encore."""
        self._errors = ErrorDict()
        return self

    @property
    def toujours_la(self) -> list[forms.BoundField]:
        """Les champs que l'écran montre d'emblée, sans ceux qui suivent une réponse."""
        return [champ for champ in self if condition_de(champ.field) is None]

    @property
    def groupes(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Les champs, réunis sous le nom de la personne ou du revenu qu'ils concernent."""
        groupes: list[tuple[object, list[forms.BoundField]]] = []
        for champ in self.toujours_la:
            titre = getattr(champ.field, "groupe", "")
            if not groupes or groupes[-1][0] != titre:
                groupes.append((titre, []))
            groupes[-1][1].append(champ)
        return groupes

    @property
    def champ_unique(self) -> forms.BoundField | None:
        """Le champ, s'il est seul : sa question est alors le titre de la page."""
        return self.toujours_la[0] if len(self.toujours_la) == 1 else None

    @property
    def peut_ajouter(self) -> bool:
        """Vrai si l'écran compte des lignes que l'on ajoute une à une, après la dernière."""
        return any(nom.startswith("lien_") for nom in self.fields)

    @property
    def bouton_inconnu(self) -> bool:
        """Vrai si un champ attend un montant ou une date que l'on peut ignorer."""
        return self.question.inconnu and any(
            (isinstance(c.field, Montant) and not c.field.vide_inconnu)
            or (isinstance(c.field, EnTroisCases) and c.field.required)
            for c in self.toujours_la
        )
