"""Les formulaires de « Et si… » : choisir un changement, puis en écrire les valeurs."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pleinsdroits.droits.communes import communes
from pleinsdroits.droits.moteur.essais.champs import MONTANT_LIMITE, Champ, Genre, Valeurs
from pleinsdroits.droits.moteur.essais.changement import Changement
from pleinsdroits.droits.moteur.essais.changements import possibles
from pleinsdroits.droits.questionnaire.champs import Montant, choix, liste
from pleinsdroits.droits.questionnaire.ecrans.logement import PLUSIEURS_COMMUNES
from pleinsdroits.droits.questionnaire.villes import commune_trouvee, communes_proches
from pleinsdroits.droits.situation.lecture import SituationInvalide
from pleinsdroits.droits.situation.modele import Situation

PRECISE = "commune_precise"


class ChoisirUnChangement(forms.Form):
    """Un seul changement, parmi ceux qui ont un sens pour ce foyer."""

    use_required_attribute = False

    def __init__(self, situation: Situation, jour: date, data: Mapping | None = None, initial: Mapping | None = None):
        super().__init__(data, initial=dict(initial or {}), auto_id="id_%s")
        options = [(c.nom, _(c.question)) for c in possibles(situation, jour)]
        self.fields["changement"] = choix(gettext_lazy("Qu’est-ce qui changerait ?"), options, inconnu=False)


class EcrireLesValeurs(forms.Form):
    """Les valeurs d'un ``changement`` ; valide seulement si la situation d'après tient."""

    use_required_attribute = False

    def __init__(
        self,
        changement: Changement,
        situation: Situation,
        jour: date,
        data: Mapping | None = None,
        initial: Mapping | None = None,
    ):
        super().__init__(data, initial=dict(initial or {}), auto_id="id_%s")
        self.changement, self.situation, self.jour = changement, situation, jour
        self.valeurs: Valeurs = {}
        for champ in changement.champs_poses(situation, jour):
            self.fields[champ.nom] = self._champ(champ)
            if champ.genre is Genre.COMMUNE and (proches := self._communes_proches(champ.nom)):
                precise = liste(gettext_lazy("Laquelle ?"), proches, inconnu=False)
                precise.error_messages["required"] = PLUSIEURS_COMMUNES
                self.fields[PRECISE] = precise

    def _champ(self, champ: Champ) -> forms.Field:
        question, aide = _(champ.question), _(champ.aide) if champ.aide else ""
        if champ.genre is Genre.CHOIX:
            options = [(cle, _(mot)) for cle, mot in champ.possibles(self.situation, self.jour)]
            return choix(question, options, inconnu=False)
        if champ.genre is Genre.COMMUNE:
            case = forms.TextInput({"autocomplete": "off"})
            oubli = {"required": _("Écrivez le nom de la commune.")}
            return forms.CharField(label=question, max_length=80, widget=case, error_messages=oubli)
        montant = Montant(label=question, maximum=MONTANT_LIMITE, help_text=aide)
        montant.error_messages["required"] = _("Écrivez un montant en chiffres, par exemple 560 ou 560,50.")
        return montant

    def _communes_proches(self, nom: str) -> list[tuple[str, str]]:
        ecrite = str((self.data or {}).get(nom, ""))
        if not self.is_bound or commune_trouvee(ecrite):
            return []
        return [(c.code, f"{c.nom} ({c.departement})") for c in communes_proches(ecrite)]

    def clean(self):
        donnees = super().clean() or {}
        textes = self.textes
        if not self.errors and "commune" in self.fields and textes["commune"] not in communes():
            self.add_error("commune", _("Nous ne connaissons pas cette commune. Écrivez les premières lettres."))
        if not self.errors:
            self._essayer(textes)
        return donnees

    def _essayer(self, textes: dict[str, str]) -> None:
        try:
            self.valeurs = self.changement.lire(textes, self.situation, self.jour)
            self.changement.appliquer(self.situation, self.valeurs, self.jour)
        except SituationInvalide:
            self.add_error(None, _("Ce changement ne va pas avec vos réponses. Vérifiez-les, ou essayez autre chose."))

    @property
    def textes(self) -> dict[str, str]:
        """Ce qui a été écrit, tel que le changement le lit ; une commune y est son code."""
        textes = {nom: str(v) for nom, v in self.cleaned_data.items() if v is not None and nom != PRECISE}
        if trouvee := commune_trouvee(textes.get("commune", "")):
            textes["commune"] = trouvee.code
        elif precise := self.cleaned_data.get(PRECISE):
            textes["commune"] = precise
        return textes
