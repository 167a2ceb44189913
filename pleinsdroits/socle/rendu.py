"""Rendu des formulaires : un seul gabarit de champ, accessible, aux classes de la maison."""

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, MultiWidget, RadioSelect, Select
from django.forms.renderers import TemplatesSetting


class Champ(BoundField):
    """Un champ lié qui connaît sa forme : un groupe de choix reçoit ``fieldset`` et ``legend``."""

    @property
    def en_groupe(self) -> bool:
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple | MultiWidget)

    @property
    def en_case(self) -> bool:
        return isinstance(self.field.widget, CheckboxInput)

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        match widget:
            case CheckboxInput() | RadioSelect() | CheckboxSelectMultiple():
                classe = "form-check-input"
            case Select():
                classe = "form-select"
            case _:
                classe = "form-control"
        attrs["class"] = f"{widget.attrs.get('class', '')} {classe}{' is-invalid' if self.errors else ''}".strip()
        return attrs


class CasesParGroupe(CheckboxSelectMultiple):
    """
    Beaucoup de cases, rangées par groupe (``choices`` : couples nom du groupe, choix). Chaque groupe se déplie, sans
    script ; celui où une case est cochée l'est déjà.
    """

    template_name = "formulaires/cases_par_groupe.html"

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, value, attrs)
        contexte["widget"]["groupes"] = [
            {"nom": nom, "options": options, "choisie": any(o["selected"] for o in options)}
            for nom, options, _rang in contexte["widget"]["optgroups"]
        ]
        return contexte


class Rendu(TemplatesSetting):
    bound_field_class = Champ
    field_template_name = "formulaires/champ.html"
