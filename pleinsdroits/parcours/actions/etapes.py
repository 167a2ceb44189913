"""Les étapes et les engagements : qui fait quoi, pour quand, et ce qui est fait."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Institution
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.journal.actes import acte
from pleinsdroits.parcours.avancer import enregistrer
from pleinsdroits.parcours.ecrire import du_projet, jour_a_venir, ouvrir_a_l_ecriture, pas_trop, texte
from pleinsdroits.parcours.models import Engagement, EtapeDuProjet, EtatProjet, Objectif, Projet
from pleinsdroits.parcours.roles import AVEC_LA_PERSONNE, TIENNENT

Suivi = Demarche | Demande | Relais
SE_DIT_FAIT = (EtatProjet.CONSTRUCTION, EtatProjet.PROPOSE, EtatProjet.ACCEPTE)


@acte("parcours.ajouter_une_etape", roles=TIENNENT)
def ajouter_une_etape(
    projet: Projet,
    *,
    par: Acteur,
    objectif: Objectif,
    libelle: str = "",
    pour_le: dt.date | None = None,
    suit: Suivi | None = None,
    lue: int | None = None,
) -> EtapeDuProjet:
    """
    Un pas vers l'objectif, en mots, ou qui ``suit`` une démarche, une demande d'aide ou un relais de la personne : rien n'en
    est copié. Lève ``ValidationError`` : ni mots ni objet, date passée, objet d'une autre personne, trop d'étapes.
    """
    du_projet(projet, objectif)
    mots = libelle.strip()
    if suit is None:
        mots = texte("libelle", libelle, _("Écrivez l’étape, ou choisissez ce qu’elle suit."), longueur=300)
    else:
        _verifier_le_suivi(projet, suit, par)
    jour = jour_a_venir("pour_le", pour_le)
    pas_trop(
        "libelle", objectif.etapes.count(), "etapes", _("Au plus %(n)d étapes par objectif : gardez les prochaines.")
    )
    ouvrir_a_l_ecriture(projet, par, lue)
    etape = EtapeDuProjet(objectif=objectif, libelle=mots, pour_le=jour, **_lien(suit))
    etape.full_clean()
    etape.save()
    return etape


@acte("parcours.retirer_une_etape", roles=TIENNENT)
def retirer_une_etape(projet: Projet, *, par: Acteur, etape: EtapeDuProjet, lue: int | None = None) -> None:
    """L'étape s'en va ; ce qu'elle suivait reste."""
    du_projet(projet, etape)
    ouvrir_a_l_ecriture(projet, par, lue)
    EtapeDuProjet.objects.filter(pk=etape.pk).delete()


@acte("parcours.faire_une_etape", roles=AVEC_LA_PERSONNE)
def faire_une_etape(projet: Projet, *, par: Acteur, etape: EtapeDuProjet, faite: bool = True) -> None:
    """
    L'étape est faite, ou ne l'est plus. Le projet n'est pas à accepter de nouveau pour autant. Lève ``ValidationError`` si
    elle suit une démarche, une aide ou un relais : son avancement se lit de là.
    """
    du_projet(projet, etape)
    _vivant(projet)
    if etape.demarche_id or etape.demande_id or etape.relais_id:
        raise ValidationError(
            _("Cette étape suit une démarche : elle se fera toute seule, quand la démarche sera finie.")
        )
    EtapeDuProjet.objects.filter(pk=etape.pk).update(faite_le=timezone.localdate() if faite else None)


@acte("parcours.s_engager", roles=TIENNENT)
def s_engager(
    projet: Projet,
    *,
    par: Acteur,
    qui: str,
    quoi: str,
    pour_le: dt.date,
    institution: Institution | None = None,
    lue: int | None = None,
) -> Engagement:
    """
    Qui fait quoi, pour quand. Un partenaire est nommé ; rien ne lui est envoyé (c'est le rôle d'un relais). Lève
    ``ValidationError`` : qui inconnu, partenaire absent ou de trop, rien d'écrit, date passée.
    """
    _verifier_qui(qui, institution)
    net = texte("quoi", quoi, _("Écrivez ce qui est promis."), longueur=300)
    jour_a_venir("pour_le", pour_le)
    refus = _("Au plus %(n)d engagements : gardez ceux qui comptent.")
    pas_trop("quoi", projet.engagements.filter(tenu_le=None).count(), "engagements", refus)
    ouvrir_a_l_ecriture(projet, par, lue)
    engagement = Engagement(projet=projet, qui=qui, institution=institution, quoi=net, pour_le=pour_le)
    engagement.full_clean()
    engagement.save()
    return engagement


@acte("parcours.retirer_un_engagement", roles=TIENNENT)
def retirer_un_engagement(projet: Projet, *, par: Acteur, engagement: Engagement, lue: int | None = None) -> None:
    """L'engagement ne vaut plus."""
    du_projet(projet, engagement)
    ouvrir_a_l_ecriture(projet, par, lue)
    projet.engagements.filter(pk=engagement.pk).delete()


@acte("parcours.tenir_un_engagement", roles=AVEC_LA_PERSONNE)
def tenir_un_engagement(projet: Projet, *, par: Acteur, engagement: Engagement, tenu: bool = True) -> None:
    """
    C'est fait, ou finalement non ; on garde qui l'a dit. La personne ne parle que de ses engagements. Lève
    ``PermissionDenied`` pour ceux des autres, ``ValidationError`` si le projet est en pause ou fini.
    """
    du_projet(projet, engagement)
    _vivant(projet)
    est_la_personne = par.genre == Genre.PERSONNE
    if est_la_personne and engagement.qui != Engagement.Qui.PERSONNE:
        raise PermissionDenied("Cet engagement n'est pas celui de la personne.")
    dit = Engagement.DitPar.PERSONNE if est_la_personne else Engagement.DitPar.VILLE
    projet.engagements.filter(pk=engagement.pk).update(
        tenu_le=timezone.localdate() if tenu else None, dit_par=dit if tenu else ""
    )


@acte("parcours.finir_un_objectif", roles=AVEC_LA_PERSONNE)
def finir_un_objectif(projet: Projet, *, par: Acteur, objectif: Objectif, etat: str, lue: int | None = None) -> None:
    """
    Où en est l'objectif, d'après la personne : atteint, en partie, laissé de côté, ou de nouveau en cours. Lève
    ``ValidationError`` : état inconnu, projet en pause ou fini.
    """
    du_projet(projet, objectif)
    _vivant(projet)
    if etat not in Objectif.Etat.values:
        raise ValidationError({"etat": _("Choisissez où en est l’objectif.")})
    projet.changer(lue)
    enregistrer(projet)
    fini = None if etat == Objectif.Etat.OUVERT else timezone.localdate()
    projet.objectifs.filter(pk=objectif.pk).update(etat=etat, fini_le=fini)


def _verifier_qui(qui: str, institution: Institution | None) -> None:
    if qui not in Engagement.Qui.values:
        raise ValidationError({"qui": _("Dites qui s’engage.")})
    partenaire = qui == Engagement.Qui.PARTENAIRE
    if partenaire and institution is None:
        raise ValidationError({"institution": _("Dites quel partenaire s’engage.")})
    if institution is not None and not partenaire:
        raise ValidationError({"institution": _("Un partenaire ne se choisit que si c’est lui qui s’engage.")})


def _verifier_le_suivi(projet: Projet, suit: Suivi, par: Acteur) -> None:
    visibles = type(suit)._default_manager.visibles_par(par)  # type: ignore[attr-defined]
    siens = visibles.filter(pk=suit.pk, foyer=projet.foyer_id, personne=projet.personne_id)
    if not siens.exists():
        raise ValidationError({"suit": _("Une étape suit une démarche, une aide ou un relais de cette personne.")})


def _lien(suit: Suivi | None) -> dict[str, Suivi]:
    champs: dict[type, str] = {Demarche: "demarche", Demande: "demande", Relais: "relais"}
    return {champs[type(suit)]: suit} if suit is not None else {}


def _vivant(projet: Projet) -> None:
    if projet.etat not in SE_DIT_FAIT:
        mots = {"ou": projet.get_etat_display()}
        raise ValidationError(_("Ce projet est « %(ou)s » : on n’y note plus ce qui est fait.") % mots)
