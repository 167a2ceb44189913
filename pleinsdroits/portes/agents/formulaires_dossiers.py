"""Les formulaires d'un dossier : chercher, ouvrir, autoriser, garder un papier, joindre sans danger."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.comptes.models import Institution
from pleinsdroits.personnes.models import (
    SUJETS,
    AccesExceptionnel,
    Adresse,
    Canal,
    Duree,
    Foyer,
    Identifiant,
    Langue,
    Papier,
    Personne,
    Recueil,
)
from pleinsdroits.personnes.preuve import lire_une_naissance
from pleinsdroits.socle.rendu import CasesParGroupe

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
    nature = forms.ChoiceField(
        label=_("Ce qu’elle donne"), choices=Recueil.Nature.choices, widget=forms.RadioSelect, initial="partage"
    )
    cases = forms.MultipleChoiceField(
        label=_("Avec qui, et sur quoi"),
        widget=CasesParGroupe,
        help_text=_("Ouvrez un partenaire et cochez seulement les sujets qu’elle accepte avec lui."),
        error_messages={"required": _("Choisissez au moins un partenaire et un sujet.")},
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
        label=_("Le papier signé est gardé au guichet"), required=False, help_text=_("S’il n’est pas joint au dossier.")
    )

    def __init__(self, *args: Any, personnes: Any, papiers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partenaires = {str(i.pk): i for i in Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE)}
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (i.nom, [(f"{cle}:{sujet}", nom) for sujet, nom in SUJETS]) for cle, i in self.partenaires.items()
        ]
        for nom, ensemble in (("personne", personnes), ("papier", papiers)):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)
            champ.queryset = ensemble

    def choisies(self) -> list[tuple[Institution, str]]:
        """Chaque case cochée : un partenaire, un sujet."""
        paires = (case.split(":", 1) for case in self.cleaned_data["cases"])
        return [(self.partenaires[cle], sujet) for cle, sujet in paires]


class PapierForm(forms.Form):
    """Un papier apporté, photographié ou reçu."""

    fichier = forms.FileField(
        label=_("Le papier"),
        help_text=_("PDF ou photo, 10 Mo au plus."),
        error_messages={"required": _("Choisissez un fichier, ou prenez une photo.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )
    personne = forms.ModelChoiceField(
        label=_("De qui"),
        queryset=Personne.objects.none(),
        required=False,
        empty_label=_("De tout le foyer (bail, facture…)"),
        help_text=_("Chacun ne lit que ses papiers\u00a0: celui d’un autre adulte ne lui est jamais montré."),
    )
    sorte = forms.ChoiceField(label=_("Sorte"), choices=Papier.Sorte.choices)
    precision = forms.CharField(label=_("Précision"), max_length=120, required=False)
    valable_jusqu_au = forms.DateField(label=_("Valable jusqu’au"), required=False, widget=JOUR)
    finalite = forms.CharField(
        label=_("Pour quoi"), max_length=120, error_messages={"required": _("Dites à quoi ce papier va servir.")}
    )
    vu_par = forms.ChoiceField(label=_("Qui le voit"), choices=Papier.Vue.choices)

    def __init__(self, *args: Any, foyer: Foyer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        membres = foyer.membres.actuels().values("personne")
        demandeur = foyer.demandeur()
        self.fields["personne"].queryset = Personne.objects.filter(pk__in=membres)  # type: ignore[attr-defined]
        self.fields["personne"].initial = demandeur.pk if demandeur else None
        self.fields["personne"].facultatif_dit = True  # type: ignore[attr-defined]


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


class FiltreDossiers(forms.Form):
    """Lesquels montrer."""

    RETARD, SANS_CONTACT, SEULS = "retard", "sans_contact", "seuls"
    choix = forms.ChoiceField(label=_("Montrer"), required=False)

    def __init__(self, *args: Any, suit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choix"].facultatif_dit = True  # type: ignore[attr-defined]
        self.fields["choix"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous")),
            *([(self.RETARD, _("Ceux qui ont du retard"))] if suit else []),
            (self.SANS_CONTACT, _("Sans contact depuis 3 mois")),
            *([] if suit else [(self.SEULS, _("Sans interlocuteur"))]),
        ]

    def valeur(self) -> str:
        """Le choix fait ; un choix inconnu ne retire rien."""
        return self.cleaned_data["choix"] if self.is_valid() else ""


class ImpressionForm(forms.Form):
    """Pour qui imprimer, et quoi."""

    personne = forms.ChoiceField(label=_("Pour qui"), widget=forms.RadioSelect)
    sections = forms.MultipleChoiceField(
        label=_("Ce qui sera imprimé"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une partie.")},
    )

    def __init__(self, *args: Any, personnes: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personne"].choices = [(str(p.pk), str(p)) for p in personnes]  # type: ignore[attr-defined]
        self.fields["sections"].choices = sections  # type: ignore[attr-defined]


class AdresseForm(forms.ModelForm):
    """Où vit le foyer à partir d'un jour ; l'ancienne adresse reste dans l'histoire."""

    class Meta:
        model = Adresse
        fields = ("genre", "ligne", "complement", "code_postal", "commune", "du")
        widgets = {"du": JOUR}
        labels = {
            "genre": _("Elle vit"),
            "ligne": _("Adresse"),
            "complement": _("Complément"),
            "code_postal": _("Code postal"),
            "commune": _("Ville"),
            "du": _("Depuis le"),
        }


class IdentifiantForm(forms.Form):
    """Un numéro donné par un organisme ; il est gardé chiffré."""

    genre = forms.ChoiceField(label=_("Quel numéro"), choices=Identifiant.Genre.choices)
    valeur = forms.CharField(
        label=_("Le numéro"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez le numéro.")},
    )


class AutreDossierForm(forms.Form):
    """Le numéro de l'autre dossier de la même personne."""

    autre = forms.CharField(
        label=_("Numéro de l’autre dossier"),
        max_length=12,
        help_text=_("Par exemple 2026-0417. Vous devez suivre les deux."),
        error_messages={"required": _("Écrivez le numéro de l’autre dossier.")},
    )


class ReunirForm(forms.Form):
    """Quelle fiche on garde, et laquelle est la même personne."""

    gardee = forms.ModelChoiceField(
        label=_("La fiche que l’on garde"), queryset=Personne.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    absorbee = forms.ModelChoiceField(
        label=_("L’autre fiche, de la même personne"),
        queryset=Personne.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, ici: Any, la_bas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, ensemble in (("gardee", ici), ("absorbee", la_bas)):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)
            champ.queryset = ensemble
            champ.error_messages["required"] = _("Choisissez une fiche.")
