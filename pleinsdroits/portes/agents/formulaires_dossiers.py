"""Les formulaires d'un dossier : chercher, ouvrir, autoriser, garder un papier, joindre sans danger."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Institution
from pleinsdroits.personnes.models import SUJETS, AccesExceptionnel, Canal, Duree, Langue, Papier, Personne, Recueil
from pleinsdroits.personnes.preuve import lire_une_naissance

JOUR = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ChercherForm(forms.Form):
    """Un nom, un téléphone, un numéro de dossier, une naissance ; envoyé, jamais dans l'adresse."""

    q = forms.CharField(
        label=_("Nom, téléphone, n° de dossier"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class NaissanceMixin(forms.Form):
    """Une naissance écrite comme on la dit."""

    naissance = forms.CharField(
        label=_("Date de naissance"), max_length=12, required=False, help_text=_("Par exemple 12/03/1992.")
    )

    def clean_naissance(self) -> dt.date | None:
        texte = self.cleaned_data["naissance"]
        lue = lire_une_naissance(texte) if texte else None
        if texte and lue is None:
            raise forms.ValidationError(_("Écrivez la date ainsi\u00a0: 12/03/1992."))
        return lue


class PersonneForm(NaissanceMixin):
    """Un prénom et un nom suffisent ; le reste aide à la joindre."""

    prenom = forms.CharField(label=_("Prénom"), max_length=100, error_messages={"required": _("Écrivez le prénom.")})
    nom = forms.CharField(label=_("Nom"), max_length=100, error_messages={"required": _("Écrivez le nom.")})
    langue = forms.ChoiceField(label=_("Langue"), choices=Langue.choices, initial=Langue.FRANCAIS)
    canal = forms.ChoiceField(label=_("Moyen préféré"), choices=Canal.choices, initial=Canal.TELEPHONE)
    lit_peu = forms.BooleanField(label=_("Lit peu"), required=False)
    field_order = ("prenom", "nom", "naissance")


class NouveauDossierForm(PersonneForm):
    """Ouvrir un dossier : pas de téléphone ni de courriel, c'est possible."""

    telephone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    courriel = forms.CharField(label=_("Courriel"), max_length=254, required=False)


class ProtegerForm(forms.Form):
    """Ce qu'il faut savoir avant de la joindre."""

    consigne = forms.CharField(
        label=_("Comment la joindre sans danger"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Par exemple\u00a0: appeler entre 9 h et 11 h, ne laisser aucun message, ne pas écrire."),
        error_messages={"required": _("Dites comment la joindre sans danger, ou de ne pas la joindre.")},
    )


class MoyenForm(forms.Form):
    """Un téléphone ou un courriel de plus."""

    genre = forms.ChoiceField(label=_("Sorte"), choices=[("telephone", _("téléphone")), ("courriel", _("courriel"))])
    valeur = forms.CharField(label=_("Numéro ou adresse"), max_length=254)
    partage = forms.BooleanField(label=_("Partagé avec quelqu’un"), required=False)
    message_permis = forms.BooleanField(label=_("On peut laisser un message"), required=False)
    heures = forms.CharField(label=_("Bonnes heures"), max_length=80, required=False)


class MotForm(forms.Form):
    """Le mot que la personne choisit."""

    mot = forms.CharField(
        label=_("Le mot qu’elle choisit"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Quatre lettres au moins. Elle seule le connaît\u00a0; il lui ouvre son dossier."),
    )


class MembreForm(NaissanceMixin):
    """Quelqu'un vit aussi là."""

    prenom = forms.CharField(label=_("Prénom"), max_length=100)
    nom = forms.CharField(label=_("Nom"), max_length=100)
    lien = forms.ChoiceField(
        label=_("Qui est-ce"),
        choices=[("conjoint", _("conjointe ou conjoint")), ("enfant", _("enfant")), ("autre", _("autre personne"))],
    )
    field_order = ("prenom", "nom", "naissance", "lien")


class AccordForm(forms.Form):
    """Avec qui, sur quoi, combien de temps, et comment elle l'a dit."""

    personne = forms.ModelChoiceField(
        label=_("Qui donne son accord"), queryset=Personne.objects.none(), empty_label=None
    )
    institutions = forms.ModelMultipleChoiceField(
        label=_("Avec qui"),
        queryset=Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un partenaire.")},
    )
    sujets = forms.MultipleChoiceField(
        label=_("Sur quoi"),
        choices=SUJETS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un sujet.")},
    )
    duree = forms.ChoiceField(label=_("Pour combien de temps"), choices=Duree.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(
        label=_("Comment l’a-t-elle dit"),
        choices=Recueil.Mode.choices[:3],
        widget=forms.RadioSelect,
        initial="presence",
    )
    relu = forms.BooleanField(
        label=_("Texte lu à voix haute, relu et confirmé"), required=False, help_text=_("Obligatoire par téléphone.")
    )
    papier = forms.ModelChoiceField(
        label=_("Papier signé gardé"), queryset=Papier.objects.none(), required=False, empty_label=_("Aucun")
    )
    papier_garde = forms.BooleanField(
        label=_("Papier signé gardé au guichet"), required=False, help_text=_("Sur papier, s’il n’est pas numérisé.")
    )

    def __init__(self, *args: Any, personnes: Any, papiers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, ensemble in (("personne", personnes), ("papier", papiers)):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)
            champ.queryset = ensemble

    def cases(self) -> list[tuple[Institution, str]]:
        """Chaque partenaire choisi, sur chaque sujet choisi."""
        donnees = self.cleaned_data
        return [(institution, sujet) for institution in donnees["institutions"] for sujet in donnees["sujets"]]


class PapierForm(forms.Form):
    """Un papier apporté, photographié ou reçu."""

    fichier = forms.FileField(
        label=_("Le papier"),
        help_text=_("PDF ou photo, 10 Mo au plus."),
        error_messages={"required": _("Choisissez un fichier, ou prenez une photo.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )
    sorte = forms.ChoiceField(label=_("Sorte"), choices=Papier.Sorte.choices)
    precision = forms.CharField(label=_("Précision"), max_length=120, required=False)
    valable_jusqu_au = forms.DateField(label=_("Valable jusqu’au"), required=False, widget=JOUR)
    finalite = forms.CharField(
        label=_("Pour quoi"), max_length=120, error_messages={"required": _("Dites à quoi ce papier va servir.")}
    )
    vu_par = forms.ChoiceField(label=_("Qui le voit"), choices=Papier.Vue.choices)


class BrisDeGlaceForm(forms.Form):
    """Pourquoi ouvrir un dossier que l'on ne suit pas."""

    raison = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=AccesExceptionnel.Raison.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )
    mots = forms.CharField(
        label=_("En quelques mots"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites en quelques mots pourquoi\u00a0: la personne les lira.")},
    )
