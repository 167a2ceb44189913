"""Dire les réponses comme la personne les a données : l'écran de vérification."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.champs import INCONNU, EnTroisCases, Montant, options_de
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.questionnaire.formulaire import Formulaire
from pleinsdroits.droits.questionnaire.question import PARTIES, Question
from pleinsdroits.droits.questionnaire.rangement import appele, condition_de
from pleinsdroits.droits.textes import euros, jour_long, mois_annee

JE_NE_SAIS_PAS, RIEN = gettext_noop("Je ne sais pas"), gettext_noop("Rien")


@dataclass(frozen=True)
class Ligne:
    """
    Une réponse relue : de qui ou de quoi (``groupe``), la question, ce qui est dit, l'écran ; si elle ``manque`` ; si le
    titre de l'écran ``suffit`` à dire à quoi elle répond.
    """

    groupe: str
    libelle: str
    valeurs: tuple[str, ...]
    slug: str
    manque: bool = False
    suffit: bool = False

    @property
    def question(self) -> str:
        """La question en entier, pour la lire hors de son écran."""
        return f"{self.groupe} : {self.libelle}" if self.groupe else self.libelle


@dataclass(frozen=True)
class Bloc:
    """Un écran relu : son titre et ses réponses."""

    titre: str
    slug: str
    lignes: list[Ligne]

    @property
    def seule(self) -> Ligne | None:
        """La réponse, s'il n'y en a qu'une et que le titre dit déjà sa question."""
        return self.lignes[0] if len(self.lignes) == 1 and self.lignes[0].suffit else None

    @property
    def groupes(self) -> list[tuple[str, list[Ligne]]]:
        """Les réponses, réunies sous la personne ou la chose dont elles parlent."""
        return [(groupe, list(suite)) for groupe, suite in groupby(self.lignes, key=attrgetter("groupe"))]


def par_partie(contexte: Contexte) -> list[tuple[str, list[Bloc]]]:
    """Toutes les réponses données, partie par partie, écran par écran."""
    blocs = [(q.partie, Bloc(str(q.titre), q.slug, list(_lignes(q, contexte)))) for q in parcours.posees(contexte)]
    parties = [(str(nom), [b for partie, b in blocs if partie == rang]) for rang, nom in enumerate(PARTIES, start=1)]
    return [(nom, suite) for nom, suite in parties if suite]


def _lignes(question: Question, contexte: Contexte) -> Iterator[Ligne]:
    """Les réponses d'un écran, sans les cases laissées vides."""
    reponse = contexte.reponses.get(question.slug)
    if reponse is None:
        yield Ligne("", str(question.titre), (_("Pas encore de réponse"),), question.slug, manque=True, suffit=True)
        return
    formulaire = Formulaire(question, contexte)
    dites = [ligne for nom in formulaire.fields if (ligne := _ligne(formulaire, nom, reponse))]
    yield from dites
    if not dites:
        manque = bool(reponse.get("inconnu"))
        texte = JE_NE_SAIS_PAS if manque else RIEN
        yield Ligne("", str(question.titre), (_(texte),), question.slug, manque, suffit=True)


def _ligne(formulaire: Formulaire, nom: str, reponse: Mapping) -> Ligne | None:
    """La réponse à un champ ; ``None`` si elle est vide, n'est pas demandée, ou se lit dans les montants qui la suivent."""
    champ, valeur = formulaire.fields[nom], reponse.get(nom)
    manque = _manque(champ, valeur)
    if not appele(champ, reponse) or not (manque or _dite(valeur)) or _dite_par_sa_suite(champ, valeur):
        return None
    groupe, libelle = _noms(formulaire, champ)
    valeurs = (_(JE_NE_SAIS_PAS),) if manque else dire(champ, valeur)
    suffit = [champ.name for champ in formulaire.toujours_la] == [nom]
    return Ligne(groupe, libelle, valeurs, formulaire.question.slug, manque, suffit)


def _dite(valeur: object) -> bool:
    """Faux pour une case vide ; un montant de zéro est une réponse."""
    return valeur not in (None, "", []) and valeur is not False


def _manque(champ: forms.Field, valeur: object) -> bool:
    """Vrai pour un « je ne sais pas », dit ou laissé en blanc là où l'écran l'annonce."""
    attendu = champ.required or getattr(champ, "vide_inconnu", False)
    return valeur in (INCONNU, [INCONNU]) or (valeur is None and attendu)


def _dite_par_sa_suite(champ: forms.Field, valeur: object) -> bool:
    """Vrai pour des cases cochées qui ont chacune leur montant, relu à sa ligne."""
    suites = getattr(champ.widget, "suites", {})
    return isinstance(valeur, list) and bool(valeur) and all(v in suites for v in valeur)


def _noms(formulaire: Formulaire, champ: forms.Field) -> tuple[str, str]:
    """Le groupe et la question ; un champ seul sous sa réponse porte le nom de cette réponse."""
    groupe, condition = str(getattr(champ, "groupe", "")), condition_de(champ)
    if condition and groupe:
        suites = getattr(formulaire.fields[condition[0]].widget, "suites", {})
        if len(suites[condition[1]]) == 1:
            return "", groupe
    return groupe, str(champ.label)


def dire(champ: forms.Field, valeur: object) -> tuple[str, ...]:
    """La valeur d'un champ, en toutes lettres ; plusieurs si plusieurs cases sont cochées."""
    if isinstance(champ, Montant):
        return (_montant(champ, float(str(valeur))),)
    if isinstance(champ, EnTroisCases):
        return (_date(str(valeur)),)
    if isinstance(champ, forms.BooleanField):
        return (_("Oui"),)
    if isinstance(champ, forms.ChoiceField):
        noms = dict(options_de(champ))
        choisis = valeur if isinstance(valeur, list) else [valeur]
        return tuple(str(noms.get(str(c), c)) for c in choisis)
    return (str(valeur),)


def _montant(champ: Montant, valeur: float) -> str:
    unite = str(champ.unite)
    if unite.startswith("€"):
        return euros(valeur) + unite.removeprefix("€")
    return f"{valeur:g}".replace(".", ",") + f" {unite}"


def _date(texte: str) -> str:
    if len(texte) == len("2024-02"):
        return mois_annee(date.fromisoformat(f"{texte}-01"))
    return jour_long(date.fromisoformat(texte))
