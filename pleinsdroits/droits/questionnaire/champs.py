"""Les champs du questionnaire : montants écrits à la main, dates en trois cases, choix avec « Je ne sais pas »."""

import re
from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from pleinsdroits.droits.situation.modele import AGE_MAXIMAL

INCONNU = "inconnu"
AUCUN = "aucun"
JE_NE_SAIS_PAS = (INCONNU, _("Je ne sais pas"))
PAR_MOIS = _("€ par mois")
RIEN_DE_TOUT_CELA = _("Rien de tout cela")
CHOISISSEZ = _("Choisissez une réponse. Si vous hésitez, « Je ne sais pas » convient.")
ESPACES = re.compile(r"[\s\u00a0\u202f]")
NOMBRE = re.compile(r"-?\d{1,9}([.,]\d{1,2})?")
Choix = Sequence[tuple[str, object]]
Groupes = Sequence[tuple[object, Choix]]


class Montant(forms.Field):
    """
    Un montant en euros : « 560 », « 560,5 », « 560.50 », « 1 200 », « 560 € ». Rend un nombre, ou ``None`` si vide.
    ``unite`` est dite à côté de la case ; ``maximum`` et ``minimum`` bornent la réponse. ``vide_inconnu`` : la case
    laissée vide veut dire « je ne sais pas », et l'écran le dit.
    """

    def __init__(self, *, unite=PAR_MOIS, maximum=50_000, minimum=0, vide_inconnu=False, **options):
        self.unite, self.maximum, self.minimum, self.vide_inconnu = unite, maximum, minimum, vide_inconnu
        if vide_inconnu:
            options["required"] = False
        widget = CaseMontant(unite)
        messages = {"required": _("Écrivez un montant en chiffres, ou choisissez « Je ne sais pas ».")}
        super().__init__(widget=widget, error_messages=messages, **options)

    def to_python(self, value):
        texte = ESPACES.sub("", str(value or "")).removesuffix("€")
        if not texte:
            return None
        if not NOMBRE.fullmatch(texte):
            raise ValidationError(_("Écrivez ce montant en chiffres, par exemple 560 ou 560,50."))
        montant = float(texte.replace(",", "."))
        if montant < self.minimum:
            trop_petit = (
                _("Ce nombre est trop petit. Vérifiez-le.")
                if self.minimum
                else _("Ce montant ne peut pas être négatif.")
            )
            raise ValidationError(trop_petit)
        if montant > self.maximum:
            raise ValidationError(_("Ce montant est trop grand. Vérifiez le nombre de chiffres."))
        return montant


class CaseMontant(forms.TextInput):
    """Une case de texte suivie de son unité : ni flèches, ni molette qui change le montant."""

    template_name = "questionnaire/montant.html"

    def __init__(self, unite):
        self.unite = unite
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20, "class": "court"})

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "unite": self.unite}

    def format_value(self, value):
        if isinstance(value, float):
            return f"{value:.2f}".removesuffix(".00").replace(".", ",")
        return super().format_value(value)


class TroisCases(forms.MultiWidget):
    """Jour, mois, année en trois cases de texte ; deux cases (mois, année) si ``sans_jour``."""

    template_name = "questionnaire/date.html"
    NOMS = (_("Jour"), _("Mois"), _("Année"))

    def __init__(self, *, sans_jour: bool = False, naissance: bool = False):
        self.sans_jour = sans_jour
        noms = self.NOMS[1:] if sans_jour else self.NOMS
        self.noms = noms
        cases = [forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}) for _nom in noms]
        if naissance:
            for case, suffixe in zip(cases, ("day", "month", "year"), strict=True):
                case.attrs["autocomplete"] = f"bday-{suffixe}"
        super().__init__(cases)

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        for case, nom in zip(contexte["widget"]["subwidgets"], self.noms, strict=True):
            case["nom_visible"] = nom
            case["attrs"].pop("aria-describedby", None)
        return contexte

    def decompress(self, value):
        if not value:
            return [None] * len(self.noms)
        annee, mois, *jour = str(value).split("-")
        return [mois, annee] if self.sans_jour else [*jour, mois, annee]


class EnTroisCases(forms.Field):
    """
    Une date (rendue en texte ISO « 1992-05-14 ») ou un mois (« 2024-02 » si ``sans_jour``), ``None`` si vide.
    Lève une erreur qui dit quoi corriger : date impossible, trop ancienne, dans le futur si ``passee``.
    """

    def __init__(self, *, sans_jour=False, naissance=False, passee=True, **options):
        self.sans_jour, self.passee, self.naissance = sans_jour, passee, naissance
        exemple = _("Par exemple 2 2024.") if sans_jour else _("Par exemple 14 5 1992.")
        options.setdefault("help_text", exemple)
        messages = {"required": _("Écrivez la date, avec des chiffres.")}
        super().__init__(
            widget=TroisCases(sans_jour=sans_jour, naissance=naissance), error_messages=messages, **options
        )
        self.jour = date.max

    def to_python(self, value):
        morceaux = [str(v or "").strip() for v in (value or [])]
        if not any(morceaux):
            return None
        try:
            chiffres = [int(m) for m in morceaux if re.fullmatch(r"[0-9]{1,4}", m)]
            jour, mois, annee = [1, *chiffres] if self.sans_jour else chiffres
            quand = date(annee, mois, jour)
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas. Écrivez-la avec des chiffres.")) from None
        self._verifier(quand)
        return f"{quand:%Y-%m}" if self.sans_jour else quand.isoformat()

    def _verifier(self, quand: date) -> None:
        trop_vieux = self.naissance and quand.year < self.jour.year - AGE_MAXIMAL < 2100
        if quand.year < 1900 or quand.year > 2100 or trop_vieux:
            raise ValidationError(_("Vérifiez l’année : écrivez-la avec ses 4 chiffres."))
        if self.passee and quand > self.jour:
            raise ValidationError(
                _("La date de naissance est dans le futur.") if self.naissance else _("Cette date est dans le futur.")
            )


class AvecSuites(forms.widgets.ChoiceWidget):
    """Des choix sous lesquels d'autres champs se montrent : ``suites`` donne, pour une valeur, les champs liés."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.suites: dict[str, list[forms.BoundField]] = {}

    def create_option(self, name, value, *args, **kwargs):
        return {**super().create_option(name, value, *args, **kwargs), "suite": self.suites.get(str(value), [])}


class Boutons(AvecSuites, forms.RadioSelect):
    pass


class CasesACocher(AvecSuites, forms.CheckboxSelectMultiple):
    pass


def options_de(champ: forms.Field) -> list[tuple[str, object]]:
    """Les réponses possibles d'un champ à choix, groupes mis à plat ; aucune pour un autre champ."""
    plates: list[tuple[object, object]] = list(flatten_choices(getattr(champ, "choices", [])))
    return [(str(valeur), nom) for valeur, nom in plates]


def choix(label, options: Choix, *, inconnu: bool = True, aide="", requis: bool = True) -> forms.ChoiceField:
    """Une seule réponse parmi ``options`` ; « Je ne sais pas » vient en dernier si ``inconnu``."""
    suite = [*options, JE_NE_SAIS_PAS] if inconnu else options
    message = CHOISISSEZ if inconnu else _("Choisissez une réponse.")
    messages = {"required": message, "invalid_choice": message}
    return forms.ChoiceField(
        label=label,
        choices=suite,
        help_text=aide,
        required=requis,
        widget=Boutons,
        error_messages=messages,
    )


def liste(label, options: Choix, *, inconnu: bool = True, aide="", requis: bool = True) -> forms.ChoiceField:
    """Comme ``choix``, en liste déroulante : pour les écrans qui posent la même question pour plusieurs personnes."""
    fin = [JE_NE_SAIS_PAS] if inconnu else []
    message = CHOISISSEZ if inconnu else _("Choisissez une réponse.")
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Choisissez")), *options, *fin],
        help_text=aide,
        required=requis,
        error_messages={"required": message, "invalid_choice": message},
    )


class Cases(forms.MultipleChoiceField):
    """Plusieurs réponses, groupées ou non ; « aucun » et « inconnu » excluent les autres."""

    def __init__(self, label, options: Choix | Groupes, *, aucun=RIEN_DE_TOUT_CELA, inconnu: bool = False, aide=""):
        fin = [(AUCUN, aucun)] if aucun else []
        suite = [*options, *fin, *([JE_NE_SAIS_PAS] if inconnu else [])]
        vide = _("Cochez au moins une réponse.")
        super().__init__(
            label=label,
            choices=suite,
            help_text=aide,
            widget=CasesACocher,
            error_messages={"required": vide, "invalid_choice": vide, "invalid_list": vide},
        )

    def clean(self, value):
        coches = super().clean(value)
        if len(coches) > 1 and {AUCUN, INCONNU} & set(coches):
            raise ValidationError(_("La dernière case ne va pas avec les autres. Décochez l’une ou l’autre."))
        return coches


def case(label, aide="") -> forms.BooleanField:
    """Une case que l'on peut laisser vide."""
    return forms.BooleanField(label=label, help_text=aide, required=False)
