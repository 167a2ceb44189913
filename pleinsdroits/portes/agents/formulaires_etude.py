"""Les formulaires de l'étude : les lignes du calcul, une ligne de plus, le hors barème, la proposition, l'urgence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.actions.instruire import Choix
from pleinsdroits.aides.calcul import Calcul
from pleinsdroits.aides.models import CorrectionDeLigne, Decision, Demande

OUI_NON = [("oui", _("oui")), ("non", _("non"))]
FAUTES_DE_MONTANT = {
    "required": _("Écrivez le montant, en euros."),
    "invalid": _("Écrivez un nombre. Exemple : 184,50."),
}


def montant_(label: Any, aide: Any = "", *, requis: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=aide,
        required=requis,
        max_digits=9,
        decimal_places=2,
        localize=True,
        error_messages=FAUTES_DE_MONTANT,
    )


def texte_(label: Any, aide: Any = "", *, requis: bool = True, lignes: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=aide,
        required=requis,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": lignes}),
        error_messages={"required": _("Donnez une raison.")},
    )


class FormulaireDeDemande(forms.Form):
    """Ce qui est commun : la version que la page montrait (deux agents à la fois)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LignesForm(FormulaireDeDemande):
    """Une radio et une raison par ligne du calcul ; ne rend que ce qui a changé."""

    def __init__(self, *args: Any, calcul: Calcul, demande: Demande, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calcul, self.demande = calcul, demande
        for ligne in calcul.lignes:
            if ligne.du_reglement is not None:
                self._ajouter(ligne)

    def _ajouter(self, ligne: Any) -> None:
        initiale = {True: "oui", False: "non", None: ""}[ligne.comptee]
        self.fields[f"comptee:{ligne.cle}"] = forms.ChoiceField(choices=OUI_NON, initial=initiale, required=False)
        self.fields[f"raison:{ligne.cle}"] = forms.CharField(
            label=_("Raison, pour « %(ligne)s »") % {"ligne": ligne.libelle},
            initial=ligne.correction.raison if ligne.correction else "",
            required=False,
            max_length=500,
        )

    def clean(self) -> dict[str, Any]:
        """Une ligne répondue qui n'est plus dans le calcul : la situation a changé depuis que la page a été ouverte."""
        if any(nom.startswith("comptee:") and nom not in self.fields for nom in self.data):
            raise forms.ValidationError(
                _("La situation du foyer a changé entre-temps. Relisez les lignes, puis choisissez de nouveau.")
            )
        return self.cleaned_data

    def choix(self) -> list[Choix]:
        """Les lignes dont le sort ou la raison n'est plus celui de la page."""
        rendus = []
        for ligne in self.calcul.lignes:
            dit = self.cleaned_data.get(f"comptee:{ligne.cle}", "")
            raison = self.cleaned_data.get(f"raison:{ligne.cle}", "").strip()
            if not dit:
                continue
            redite = ligne.correction is not None and raison != ligne.correction.raison
            if (dit == "oui") != ligne.comptee or redite:
                rendus.append(Choix(ligne.cle, dit == "oui", raison))
        return rendus

    def essai(self) -> list[CorrectionDeLigne]:
        """Les corrections telles qu'elles seraient, pour un essai qui n'écrit rien."""
        par_cle = {c.cle: c for c in self.choix()}
        gardees = [c for c in self.calcul.corrections if c.cle not in par_cle]
        lignes = {li.cle: li for li in self.calcul.lignes}
        return gardees + [
            CorrectionDeLigne(cle=c.cle, comptee=c.comptee, raison=c.raison, sens=lignes[c.cle].ligne.sens.value)
            for c in par_cle.values()
        ]


class AjoutForm(FormulaireDeDemande):
    """Une ressource ou une charge que la situation n'a pas."""

    sens = forms.ChoiceField(
        label=_("Sorte de ligne"),
        choices=CorrectionDeLigne.Sens,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez « ressource » ou « charge ».")},
    )
    libelle = forms.CharField(
        label=_("Ce que c’est"), max_length=120, error_messages={"required": _("Dites ce que c’est.")}
    )
    montant = montant_(_("Euros par mois"))
    raison = texte_(_("Raison"), _("Gardée avec votre nom. La personne la lira."))


class HorsBaremeForm(FormulaireDeDemande):
    """S'écarter du règlement, en disant pourquoi."""

    raison = texte_(
        _("Pourquoi s’écarter du règlement"),
        _("La commission la lira sans nom ni adresse. Videz ce champ pour y renoncer."),
        requis=False,
    )
    montant = montant_(_("Montant envisagé, en euros"), requis=False)


class ProposerForm(FormulaireDeDemande):
    """Le montant proposé ; zéro propose un refus."""

    montant = montant_(
        _("Montant proposé, en euros"), _("Zéro : proposer un refus, que la commission décidera."), requis=False
    )
    sans_attendre = texte_(_("Pourquoi ne pas attendre ces droits"), requis=False)

    def __init__(self, *args: Any, droits: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not droits:
            del self.fields["sans_attendre"]


class UrgenceForm(FormulaireDeDemande):
    """La décision de la présidence."""

    montant = montant_(_("Montant accordé, en euros"), requis=False)
    forme = forms.ChoiceField(
        label=_("Donnée comment"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment l’aide est donnée.")},
    )
    raisons = texte_(_("Raisons de la décision"), _("Elles sont écrites dans la lettre à la personne."), lignes=3)

    def __init__(self, *args: Any, formes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["forme"]
        champ.choices = [(f, str(Decision.Forme(f).label).capitalize()) for f in formes]
        if len(formes) == 1:
            champ.initial = formes[0]
