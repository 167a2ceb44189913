"""Les formulaires des lieux : fiche, semaine, fermeture, filtre."""

import datetime as dt
import re

from data_inclusion.schema.v1 import Categorie, Thematique
from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pleinsdroits.annuaire.models import Fermeture, Lieu
from pleinsdroits.annuaire.regles import JOURS, Plage, en_clair
from pleinsdroits.socle.rendu import CasesParGroupe

HEURE = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?", re.IGNORECASE)
LIAISONS = re.compile(r"[\s\u00a0\u202f,;/–-]|\b(?:de|à|a|et|puis)\b", re.IGNORECASE)
EXEMPLE = "9 h à 12 h et 14 h à 17 h 30"


class FiltreLieux(forms.Form):
    """Lesquels montrer."""

    q = forms.CharField(label=_("Nom, adresse"), required=False, max_length=100)
    publie = forms.ChoiceField(
        label=_("Visible du public"), required=False, choices=[("", _("Tous")), ("oui", _("Oui")), ("non", _("Non"))]
    )


def _sujets_par_categorie() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les thématiques de data·inclusion, rangées dans leurs catégories ; les valeurs, sans accent, donnent l'ordre des noms."""
    sujets = sorted(Thematique, key=lambda t: t.value)
    categories = sorted(Categorie, key=lambda c: c.value)
    return [(c.label, [(s.value, s.label) for s in sujets if s.value.startswith(f"{c.value}--")]) for c in categories]


class LieuForm(forms.ModelForm):
    """Ce que le public lit d'un lieu."""

    site_web = forms.URLField(
        label=_("Site web"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Écrivez l’adresse entière. Exemple : https://www.ivry94.fr.")},
    )
    themes = forms.MultipleChoiceField(
        label=_("Sujets"),
        choices=_sujets_par_categorie,
        required=False,
        widget=CasesParGroupe,
        help_text=_("Ce que l’on y trouve. Ouvrez un groupe et cochez : les habitants cherchent un lieu par sujet."),
    )

    class Meta:
        model = Lieu
        fields = (
            *("nom", "description", "adresse", "complement_adresse", "code_postal", "commune", "telephone", "courriel"),
            *("site_web", "horaires", "accessibilite", "sert_a_manger", "meme_ferie", "publie", "themes"),
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "horaires": forms.Textarea(attrs={"rows": 2}),
            "accessibilite": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "nom": _("Nom"),
            "description": _("Ce qu’on y fait"),
            "adresse": _("Adresse"),
            "complement_adresse": _("Complément d’adresse"),
            "code_postal": _("Code postal"),
            "commune": _("Commune"),
            "telephone": _("Téléphone"),
            "courriel": _("Courriel"),
            "horaires": _("Précisions sur les horaires"),
            "accessibilite": _("Accès aux personnes handicapées"),
            "sert_a_manger": _("On y sert à manger"),
            "meme_ferie": _("Ouvert aussi les jours fériés"),
            "publie": _("Visible du public"),
        }
        error_messages = {
            "nom": {"required": _("Écrivez le nom du lieu."), "min_length": _("Le nom a au moins 3 lettres.")},
            "code_postal": {"invalid": _("Le code postal a 5 chiffres. Exemple : 94200.")},
            "courriel": {"invalid": _("Cette adresse n’est pas complète. Exemple : accueil@ville.fr.")},
        }


class SemaineForm(forms.Form):
    """Un jour par ligne, écrit comme on le dit ; une ligne vide : fermé."""

    def __init__(self, *args, lieu: Lieu | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for rang, nom in enumerate(JOURS):
            self.fields[f"jour_{rang}"] = forms.CharField(
                label=_t(nom).capitalize(),
                required=False,
                max_length=80,
                initial=_ecrire([o for o in lieu.ouvertures.all() if o.jour == rang]) if lieu else "",
            )

    def clean(self) -> dict:
        donnees = super().clean() or {}
        for nom, texte in list(donnees.items()):
            try:
                lire_journee(int(nom.removeprefix("jour_")), texte)
            except ValueError as faute:
                self.add_error(nom, str(faute))
        return donnees

    def plages(self) -> list[Plage]:
        """Les plages de la semaine, une fois le formulaire jugé bon."""
        lignes = self.cleaned_data.items()
        return [p for nom, texte in lignes for p in lire_journee(int(nom.removeprefix("jour_")), texte)]


class FermetureForm(forms.ModelForm):
    """Du premier au dernier jour de fermeture, compris."""

    class Meta:
        model = Fermeture
        fields = ("du", "au", "motif")
        labels = {"du": _("Premier jour de fermeture"), "au": _("Dernier jour de fermeture"), "motif": _("Pourquoi")}
        help_texts = {"motif": _("Le public le lit. Exemple : « travaux ».")}
        widgets = {
            "du": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "au": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        error_messages = {
            champ: {"required": _("Donnez ce jour."), "invalid": _("Ce jour n’existe pas.")} for champ in ("du", "au")
        }

    def clean(self) -> dict:
        donnees = super().clean() or {}
        if donnees.get("du") and donnees.get("au") and donnees["au"] < donnees["du"]:
            self.add_error("au", _("La fermeture finit avant de commencer."))
        return donnees


def lire_journee(jour: int, texte: str) -> list[Plage]:
    """
    Les plages d'une journée (0 : lundi) écrites comme on les dit : « 9h-12h, 14h-17h30 », « de 9 h à 12 h ».
    Vide ou « fermé » : aucune. Lève ``ValueError``, avec une phrase, si le texte ne se comprend pas.
    """
    if texte.strip().casefold() in ("", "fermé", "ferme"):
        return []
    heures = [(int(h), int(m or 0)) for h, m in HEURE.findall(texte)]
    if LIAISONS.sub("", HEURE.sub("", texte)) or not heures or len(heures) % 2:
        raise ValueError(
            _t("« %(texte)s » : écrivez par exemple « %(exemple)s ».") % {"texte": texte, "exemple": EXEMPLE}
        )
    if any(h > 23 or m > 59 for h, m in heures):
        raise ValueError(_t("« %(texte)s » : une heure va de 0 h à 23 h 59.") % {"texte": texte})
    bornes = [dt.time(h, m) for h, m in heures]
    plages = [Plage(jour, de, a) for de, a in zip(bornes[::2], bornes[1::2], strict=True)]
    if any(p.a <= p.de for p in plages) or any(s.de < p.a for p, s in zip(plages, plages[1:], strict=False)):
        raise ValueError(_t("« %(texte)s » : les heures doivent se suivre.") % {"texte": texte})
    return plages


def _ecrire(ouvertures: list) -> str:
    tranches = [f"{en_clair(o.de)} à {en_clair(o.a)}" for o in sorted(ouvertures, key=lambda o: o.de)]
    return " et ".join(tranches).replace("\u00a0", " ")
