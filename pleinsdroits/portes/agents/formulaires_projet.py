"""Les formulaires d'un projet d'accompagnement : courts, un par geste, dans l'ordre où on le construit."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pleinsdroits.accueil.models import CanalDeContact
from pleinsdroits.comptes.models import Institution
from pleinsdroits.parcours.lecture import nom_du_droit, noms_des_aides_de, objets_a_suivre
from pleinsdroits.parcours.models import Engagement, EtatProjet, Objectif, Option, Projet, Retour
from pleinsdroits.parcours.models.projet import ProjetQuerySet
from pleinsdroits.parcours.reperes import repere
from pleinsdroits.personnes.models import SUJETS, Foyer, Personne
from pleinsdroits.portes.agents.formulaires_demarches import jour


def mots(label: Any, *, aide: Any = "", vide: Any = "", lignes: int = 3, requis: bool = True) -> forms.CharField:
    """Un texte de quelques lignes."""
    return forms.CharField(
        label=label,
        help_text=aide,
        required=requis,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": lignes}),
        error_messages={"required": vide} if vide else None,
    )


class ProjetForm(forms.Form):
    """Ce qui est commun : la version que la page montrait, et le projet."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, projet: Projet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projet = projet
        self.fields["version"].initial = projet.version
        self.preparer()

    def preparer(self) -> None:
        """Ce que chaque formulaire met d'avance."""

    def donnees(self) -> dict[str, Any]:
        """Les arguments de l'acte, sans la version."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}


class NouveauProjetForm(forms.Form):
    """Qui, par où, et ce qu'elle en dit."""

    personne = forms.ModelChoiceField(label=_("Pour qui"), queryset=Personne.objects.none(), empty_label=None)
    canal = forms.ChoiceField(label=_("Demandé par"), choices=CanalDeContact, initial=CanalDeContact.GUICHET)
    mots = mots(
        _("Ce que la personne demande, dans ses mots"), aide=_("La personne relira cette phrase."), requis=False
    )

    def __init__(self, *args: Any, foyer: Foyer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        personnes = Personne.objects.filter(appartenances__in=foyer.membres.actuels())
        self.fields["personne"].queryset = personnes  # type: ignore[attr-defined]
        self.fields["personne"].initial = foyer.demandeur()


class EntretienForm(ProjetForm):
    le = jour(_("Tenu le"))

    def preparer(self) -> None:
        self.fields["le"].initial = timezone.localdate()


class ForcesForm(ProjetForm):
    forces = mots(
        _("Ce qui va"),
        aide=_(
            "Une par ligne, dans ses mots\u00a0: ce qu’elle sait faire, ce qui lui fait du bien, sur qui elle peut compter."
        ),
        vide=_("Écrivez au moins une force\u00a0: ce qui va, sur qui elle peut compter."),
        lignes=6,
    )

    def preparer(self) -> None:
        self.fields["forces"].initial = self.projet.forces


class SouhaitsForm(ProjetForm):
    souhaits = mots(
        _("Ce que la personne souhaite"),
        aide=_("Ses mots à elle, même s’ils paraissent loin\u00a0: c’est la direction."),
        vide=_("Écrivez ce que la personne souhaite, dans ses mots."),
        lignes=5,
    )

    def preparer(self) -> None:
        self.fields["souhaits"].initial = self.projet.souhaits


class ObjectifForm(ProjetForm):
    domaine = forms.ChoiceField(
        label=_("Domaine"),
        choices=[("", _("Choisissez")), *SUJETS],
        error_messages={"required": _("Choisissez un domaine.")},
    )
    mots = mots(_("L’objectif, dans ses mots"), vide=_("Écrivez l’objectif, dans ses mots."), lignes=2)


class OptionForm(ProjetForm):
    libelle = forms.CharField(
        label=_("Une option"),
        max_length=300,
        help_text=_("Une façon d’y arriver. «\u00a0Ne rien changer pour l’instant\u00a0» en est une."),
        error_messages={"required": _("Écrivez l’option.")},
    )
    precision = forms.CharField(
        label=_("Ce qu’elle demande"), max_length=500, required=False, help_text=_("Du temps, un papier, un trajet…")
    )


class ChoixForm(ProjetForm):
    option = forms.ModelChoiceField(
        label=_("Ce que la personne choisit"),
        queryset=Option.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Cochez l’option que la personne choisit.")},
    )
    raison = mots(
        _("Sa raison, dans ses mots"),
        aide=_("C’est la personne qui choisit\u00a0: vous écrivez pour elle."),
        vide=_("Notez sa raison, dans ses mots\u00a0: c’est elle qui choisit."),
    )


class EtapeForm(ProjetForm):
    """Une étape écrite, ou qui suit une démarche, une demande d'aide, un relais."""

    libelle = forms.CharField(
        label=_("L’étape"),
        max_length=300,
        required=False,
        help_text=_("Dans ses mots. Laissez vide si elle suit une démarche."),
    )
    suit = forms.ChoiceField(
        label=_("Cette étape suit"),
        required=False,
        help_text=_("Son avancement se lira de là, tout seul."),
    )
    pour_le = jour(_("Pour le"), requis=False)

    def preparer(self) -> None:
        # Des mots, ou ce qu'elle suit : il faut l'un des deux.
        for nom in ("libelle", "suit"):
            self.fields[nom].facultatif_dit = True  # type: ignore[attr-defined]

    def suivre(self, acteur: Any) -> None:
        """Remplit le choix de ce que l'étape peut suivre."""
        self.objets: dict[str, Any] = {}
        groupes: list[tuple[Any, Any]] = [("", _("Rien\u00a0: on la coche"))]
        objets = objets_a_suivre(self.projet, acteur)
        noms = noms_des_aides_de(objets["demande"])
        nommer = {
            "demarche": (_("Démarches"), nom_du_droit),
            "demande": (_("Aides du CCAS"), lambda a: f"{noms[a.aide]} ({a.reference})"),
            "relais": (_("Relais"), lambda r: f"{r.institution} ({r.get_sujet_display()})"),
        }
        for sorte, liste in objets.items():
            titre, nom = nommer[sorte]
            self.objets |= {f"{sorte}-{o.pk}": o for o in liste}
            if liste:
                groupes.append((titre, [(f"{sorte}-{o.pk}", nom(o)) for o in liste]))
        self.fields["suit"].choices = groupes  # type: ignore[attr-defined]

    def donnees(self) -> dict[str, Any]:
        lues = super().donnees()
        return {**lues, "suit": self.objets.get(lues["suit"])}


class EngagementForm(ProjetForm):
    qui = forms.ChoiceField(
        label=_("Qui s’engage"),
        choices=Engagement.Qui,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites qui s’engage.")},
    )
    institution = forms.ModelChoiceField(
        label=_("Quel partenaire"),
        required=False,
        queryset=Institution.objects.filter(sorte=Institution.Sorte.PARTENAIRE),
        empty_label=_("Aucun"),
        help_text=_("Rien ne lui est envoyé\u00a0: pour le prévenir, passez un relais."),
    )
    quoi = forms.CharField(
        label=_("À faire quoi"), max_length=300, error_messages={"required": _("Écrivez ce qui est promis.")}
    )
    pour_le = jour(_("Pour le"))


class ProposerForm(ProjetForm):
    bilan_le = jour(_("Premier bilan vers le"), aide=_("Le jour où l’on se revoit pour faire le point."))

    def preparer(self) -> None:
        self.fields["bilan_le"].initial = timezone.localdate() + dt.timedelta(days=repere("bilan").jours)


class PapierSigneForm(forms.Form):
    """La copie signée, scannée ou photographiée."""

    fichier = forms.FileField(
        label=_("La copie signée"),
        help_text=_("PDF ou photo, 10 Mo au plus."),
        error_messages={"required": _("Choisissez un fichier, ou prenez une photo.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )


class BilanForm(ProjetForm):
    le = jour(_("Fait le"))
    mots = mots(_("Ce que la personne en dit"), vide=_("Notez ce qu’elle en dit."), lignes=4)
    prochain_le = jour(_("Le prochain vers le"))

    def preparer(self) -> None:
        self.fields["le"].initial = timezone.localdate()
        self.fields["prochain_le"].initial = timezone.localdate() + dt.timedelta(days=repere("bilan").jours)


class RaisonDeProjetForm(ProjetForm):
    raison = mots(
        _("Pourquoi"),
        aide=_("Des faits utiles. La personne lira cette note."),
        vide=_("Dites pourquoi, en quelques mots."),
    )


class FinDObjectifForm(ProjetForm):
    etat = forms.ChoiceField(
        label=_("Où il en est, d’après elle"),
        choices=Objectif.Etat,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez où en est l’objectif.")},
    )


class TerminerForm(ProjetForm):
    """La fin, que la personne juge ; sans elle, on laisse vide et elle le dira depuis son dossier."""

    resultat = forms.ChoiceField(
        label=_("La personne est-elle arrivée là où elle voulait\u00a0?"),
        choices=[("", _("La personne le dira elle-même, depuis son dossier")), *Projet.Resultat.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    mots = mots(_("Ce que la personne en dit"), requis=False)

    def preparer(self) -> None:
        for question in Retour.Question:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label, choices=[("", _("Pas de réponse")), *Retour.Reponse.choices], required=False
            )
            self.fields[question.value].facultatif_dit = True  # type: ignore[attr-defined]

    def donnees(self) -> dict[str, Any]:
        lues = super().donnees()
        reponses = {q: lues[q] for q in Retour.Question.values if lues[q]}
        return {"resultat": lues["resultat"], "mots": lues["mots"], "reponses": reponses}


class FiltreProjets(forms.Form):
    """Où en est le projet, et de quel domaine."""

    ETATS = {
        "a_rencontrer": (EtatProjet.DEMANDE,),
        "a_construire": (EtatProjet.CONSTRUCTION,),
        "a_accepter": (EtatProjet.PROPOSE,),
        "acceptes": (EtatProjet.ACCEPTE,),
        "pause": (EtatProjet.SUSPENDU,),
        "finis": Projet.FINIS,
    }
    etat = forms.ChoiceField(
        label=_("Où il en est"),
        required=False,
        choices=[
            ("", _("En cours")),
            ("a_rencontrer", _("Premier entretien à tenir")),
            ("a_construire", _("À construire")),
            ("a_accepter", _("À accepter")),
            ("acceptes", _("Acceptés")),
            ("pause", _("En pause")),
            ("finis", _("Terminés ou arrêtés")),
        ],
    )
    domaine = forms.ChoiceField(label=_("Domaine"), required=False, choices=[("", _("Tous")), *SUJETS])

    @property
    def choisi(self) -> dict[str, str]:
        """Ce qui est choisi, sans ce qui est vide ou inconnu."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    def garder(self, projets: ProjetQuerySet) -> ProjetQuerySet:
        """Les projets que dit le filtre."""
        etats = self.ETATS.get(self.choisi.get("etat", ""))
        gardes = projets.filter(etat__in=etats) if etats else projets.en_cours()
        domaine = self.choisi.get("domaine")
        siens = Objectif.objects.filter(domaine=domaine).values("projet")
        return gardes.filter(Q(pk__in=siens)) if domaine else gardes
