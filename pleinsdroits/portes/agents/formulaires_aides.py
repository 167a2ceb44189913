"""Les formulaires d'une demande d'aide : la saisir au guichet, la suivre, la chercher dans une liste."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.aides.catalogue import aides_ouvertes, noms_des_aides
from pleinsdroits.aides.models import Demande, EtatDemande
from pleinsdroits.aides.models.demande import DemandeQuerySet
from pleinsdroits.comptes.models import Institution
from pleinsdroits.echeances.calendrier import debut_de_journee
from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.portes.agents.formulaires_demarches import euros_, jour

AU_GUICHET = [(v, nom) for v, nom in Demande.Canal.choices if v != Demande.Canal.WEB]
E = EtatDemande


class DepotDAideForm(forms.Form):
    """Une demande typée au guichet, au téléphone, au solibus ; ou recopiée d'un formulaire papier."""

    aide = forms.ChoiceField(label=_("Quelle aide"), error_messages={"required": _("Choisissez une aide.")})
    personne = forms.ModelChoiceField(label=_("Pour qui"), queryset=Personne.objects.none(), empty_label=None)
    mots = forms.CharField(
        label=_("Ce qui se passe, dans ses mots"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne relira cette phrase."),
    )
    montant = euros_(_("Montant demandé"), _("Si elle le sait. Exemple : 285."))
    payer_a = forms.CharField(
        label=_("Payer à"),
        max_length=120,
        required=False,
        help_text=_("Le fournisseur, si l’aide lui est versée. Exemple : le nom sur la facture."),
    )
    urgente = forms.BooleanField(
        label=_("C’est urgent : la réponse ne peut pas attendre la prochaine séance"), required=False
    )
    canal = forms.ChoiceField(label=_("Arrivée"), choices=AU_GUICHET, initial=Demande.Canal.GUICHET)
    deposee_par = forms.ModelChoiceField(
        label=_("Quel partenaire"),
        required=False,
        queryset=Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE),
        empty_label=_("Aucun"),
        help_text=_("Seulement si un partenaire dépose pour elle, avec son accord."),
    )
    recue_le = jour(_("Reçue le"), aide=_("Le jour où elle est arrivée : les délais partent de là."))

    def __init__(self, *args: Any, foyer: Foyer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aujourd_hui = timezone.localdate()
        self.fields["recue_le"].initial = aujourd_hui
        choix = [("", _("Choisissez")), *((a.id, a.nom) for a in aides_ouvertes(aujourd_hui))]
        self.fields["aide"].choices = choix  # type: ignore[attr-defined]
        personnes = Personne.objects.filter(appartenances__in=foyer.membres.actuels())
        self.fields["personne"].queryset = personnes  # type: ignore[attr-defined]
        self.fields["personne"].initial = foyer.demandeur()

    def donnees(self) -> dict[str, Any]:
        """Les arguments du dépôt ; reçue aujourd'hui, c'est maintenant."""
        lues = dict(self.cleaned_data)
        lues["recue_le"] = _instant(lues["recue_le"])
        return lues


class PiecesForm(forms.Form):
    """Jusqu'à quand donner ce qui manque."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    avant_le = jour(_("À donner avant le"), requis=False, aide=_("Laissez vide : 15 jours."))


class TransmettreForm(forms.Form):
    """À qui appartient cette demande."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    a = forms.CharField(
        label=_("Transmise à"),
        max_length=150,
        error_messages={"required": _("Dites à quelle administration la demande est transmise.")},
        help_text=_("Son nom entier : la personne le lira dans la lettre."),
    )


class DispenseForm(forms.Form):
    """Pourquoi on se passe d'une pièce."""

    raison = forms.CharField(
        label=_("Pourquoi on s’en passe"),
        max_length=200,
        error_messages={"required": _("Dites en quelques mots pourquoi on s’en passe.")},
    )


class FiltreAides(forms.Form):
    """Où en est la demande, quelle aide, les urgentes, les miennes."""

    ETAPES = {
        "a_verifier": (E.RECUE,),
        "pieces": (E.INCOMPLETE,),
        "a_etudier": (E.COMPLETE, E.AJOURNEE),
        "a_decider": (E.INSTRUITE, E.INSCRITE),
        "a_notifier": (E.DECIDEE,),
        "a_payer": (E.NOTIFIEE, E.EN_PAIEMENT),
        "finies": (E.PAYEE, E.BILAN, E.TRANSMISE, E.SANS_OBJET),
    }
    etape = forms.ChoiceField(
        label=_("Où elle en est"),
        required=False,
        choices=[
            ("", _("En cours")),
            ("a_verifier", _("Papiers à vérifier")),
            ("pieces", _("Papiers attendus")),
            ("a_etudier", _("À étudier")),
            ("a_decider", _("À décider")),
            ("a_notifier", _("Décision à envoyer")),
            ("a_payer", _("À payer")),
            ("finies", _("Finies")),
        ],
    )
    aide = forms.ChoiceField(label=_("Aide"), required=False)
    urgentes = forms.BooleanField(label=_("Urgentes seulement"), required=False)
    miennes = forms.BooleanField(label=_("Que j’étudie"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noms = sorted(noms_des_aides(timezone.localdate()).items(), key=lambda paire: paire[1])
        self.fields["aide"].choices = [("", _("Toutes")), *noms]  # type: ignore[attr-defined]

    @property
    def choisi(self) -> dict[str, Any]:
        """Ce qui est choisi ; un choix inconnu ne retire rien."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    def garder(self, demandes: DemandeQuerySet, agent: int) -> DemandeQuerySet:
        """Les ``demandes`` qui répondent au choix de l'``agent``."""
        choisi = self.choisi
        etats = self.ETAPES.get(choisi.get("etape", ""))
        gardees = demandes.filter(etat__in=etats) if etats else demandes.en_cours()
        if "aide" in choisi:
            gardees = gardees.filter(aide=choisi["aide"])
        if "urgentes" in choisi:
            gardees = gardees.filter(urgente=True)
        if "miennes" in choisi:
            gardees = gardees.filter(instructeur=agent)
        return gardees


def _instant(le: dt.date) -> dt.datetime:
    maintenant = timezone.now()
    return maintenant if le == timezone.localdate() else debut_de_journee(le)
