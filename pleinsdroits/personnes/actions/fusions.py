"""Deux fiches pour une même personne : les réunir, et pouvoir les séparer de nouveau sans rien perdre."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.deplacements import Deplacements, defaire
from pleinsdroits.personnes.index import indexer_la_personne
from pleinsdroits.personnes.models import Foyer, Fusion, LienPersonnel, Membre, Personne

REUNISSENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR, "systeme")
# Une réunion garde mémoire des fiches et du foyer qu'elle a réunis.
SAUF = frozenset({"personnes.fusion.gardee", "personnes.fusion.absorbee", "personnes.fusion.foyer_absorbe"})


@acte("personnes.reunir", roles=REUNISSENT)
def reunir(gardee: Personne, *, par: Acteur, absorbee: Personne) -> Fusion:
    """
    ``absorbee`` est la même personne que ``gardee`` : tout ce qui la désigne passe à ``gardee``. Son dossier aussi, sauf
    si un autre adulte y vit : il garde le sien. Lève ``PermissionDenied`` si ``absorbee`` est hors du périmètre,
    ``ValidationError`` si c'est la même fiche ou si l'une est déjà réunie à une autre.
    """
    absorbee = _lire_l_autre(gardee, absorbee, par)
    foyer, ancien = _foyer_de(gardee), _foyer_a_absorber(gardee, absorbee, par)
    deplacements = Deplacements()
    if ancien:
        _deplacer_le_foyer(deplacements, ancien, foyer)
    _deplacer_la_personne(deplacements, absorbee, gardee)
    _rester_prudent(gardee, absorbee)
    fusion = Fusion.objects.create(
        foyer=foyer, foyer_absorbe=ancien, gardee=gardee, absorbee=absorbee, deplaces=deplacements.en_texte()
    )
    _reindexer(gardee, absorbee)
    return fusion


@acte("personnes.separer_de_nouveau", roles=REUNISSENT)
def separer_de_nouveau(fusion: Fusion, *, par: Acteur) -> None:
    """
    C'étaient deux personnes : chaque ligne revient où elle était, avec ce qu'on y a écrit depuis. La protection du contact
    reste des deux côtés. Lève ``ValidationError`` si c'est déjà fait, ou si la fiche a été réunie à une autre ensuite.
    """
    if fusion.annulee_le is not None:
        raise ValidationError(_("Ces deux fiches sont déjà séparées."))
    if fusion.gardee.fusionnee_dans_id is not None:
        raise ValidationError(_("Cette fiche a été réunie à une autre ensuite. Séparez d’abord celle-là."))
    defaire(fusion.changements())
    fusion.annulee_le = timezone.now()
    fusion.save()
    _reindexer(fusion.gardee, fusion.absorbee)


def _lire_l_autre(gardee: Personne, absorbee: Personne, par: Acteur) -> Personne:
    lue = Personne.objects.visibles_par(par).select_for_update(of=("self",)).filter(pk=absorbee.pk).first()
    if lue is None:
        raise PermissionDenied("La fiche à réunir n'est pas dans votre périmètre.")
    if lue == gardee:
        raise ValidationError(_("C’est la même fiche."))
    if lue.fusionnee_dans_id is not None or gardee.fusionnee_dans_id is not None:
        raise ValidationError(_("L’une de ces fiches est déjà réunie à une autre."))
    return lue


def _foyer_de(personne: Personne) -> Foyer:
    """Le dossier où elle vit aujourd'hui (celui où elle est la personne suivie d'abord), à défaut le dernier."""
    membres = personne.appartenances.select_related("foyer").exclude(foyer__etat=Foyer.Etat.EFFACE)
    rang = sorted(membres, key=lambda m: (m.actuel(), m.lien == Membre.Lien.DEMANDEUR, m.du, m.pk))
    if not rang:
        raise ValidationError(_("Cette personne n’a pas de dossier."))
    return rang[-1].foyer


def _foyer_a_absorber(gardee: Personne, absorbee: Personne, par: Acteur) -> Foyer | None:
    """Le dossier d'``absorbee`` si elle en est la personne suivie et le seul adulte ; sinon il reste à qui y vit."""
    siens = absorbee.appartenances.actuels().filter(lien=Membre.Lien.DEMANDEUR).exclude(foyer=_foyer_de(gardee))
    lisibles = Foyer.objects.visibles_par(par).exclude(etat=Foyer.Etat.EFFACE)
    ancien = lisibles.filter(membres__in=siens).order_by("pk").first()
    if ancien is None:
        return None
    autres = ancien.membres.actuels().exclude(personne__in=[absorbee.pk, gardee.pk])
    return None if autres.exclude(lien=Membre.Lien.ENFANT).exists() else ancien


def _deplacer_le_foyer(deplacements: Deplacements, ancien: Foyer, foyer: Foyer) -> None:
    deplacements.tout_deplacer(ancien, foyer, sauf=SAUF)
    if foyer.interlocuteur_id is None:
        deplacements.poser(Foyer, foyer.pk, "interlocuteur_id", ancien.interlocuteur_id)
        foyer.refresh_from_db()
    responsables = {"responsable_id": foyer.interlocuteur_id, "remplacant_id": foyer.remplacant_id}
    for echeance in Echeance.objects.filter(dossier=ancien.pk):
        deplacements.poser(Echeance, echeance.pk, "dossier", foyer.pk)
        for champ, cle in responsables.items() if echeance.etat in Echeance.EN_COURS else ():
            deplacements.poser(Echeance, echeance.pk, champ, cle)
    recent = max(foyer.dernier_contact_le, ancien.dernier_contact_le)
    deplacements.poser(Foyer, foyer.pk, "dernier_contact_le", recent)
    if ancien.etat == Foyer.Etat.ACTIF:
        deplacements.poser(Foyer, foyer.pk, "etat", Foyer.Etat.ACTIF.value)
        deplacements.poser(Foyer, foyer.pk, "archive_le", None)
    deplacements.poser(Foyer, ancien.pk, "etat", Foyer.Etat.ARCHIVE.value)
    deplacements.poser(Foyer, ancien.pk, "archive_le", timezone.localdate())


def _deplacer_la_personne(deplacements: Deplacements, absorbee: Personne, gardee: Personne) -> None:
    # Un lien donné à l'une n'ouvre pas le dossier de l'autre.
    LienPersonnel.objects.filter(personne=absorbee, annule_le__isnull=True).update(annule_le=timezone.now())
    deplacements.tout_deplacer(absorbee, gardee, sauf=SAUF)
    for modele, cle in list(deplacements.laissees):
        if modele is Membre:
            _faire_partir(deplacements, Membre.objects.get(pk=cle))
    for cle in Echeance.objects.filter(personne=absorbee.pk).values_list("pk", flat=True):
        deplacements.poser(Echeance, cle, "personne", gardee.pk)
    for champ in ("naissance", "nom_de_naissance"):
        if not getattr(gardee, champ) and getattr(absorbee, champ):
            deplacements.poser(Personne, gardee.pk, champ, getattr(absorbee, champ))
    deplacements.poser(Personne, absorbee.pk, "fusionnee_dans_id", gardee.pk)


def _faire_partir(deplacements: Deplacements, membre: Membre) -> None:
    """La fiche absorbée ne compte pas deux fois dans le foyer où les deux vivaient."""
    deplacements.poser(Membre, membre.pk, "au", max(timezone.localdate(), membre.du))


def _rester_prudent(gardee: Personne, absorbee: Personne) -> None:
    """Si l'une est en danger, les deux le sont."""
    gardee.refresh_from_db()
    gardee.version += 1
    if gardee.contact_protege or absorbee.contact_protege:
        gardee.contact_protege = True
        gardee.consigne = gardee.consigne or absorbee.consigne
        gardee.moyens.update(message_permis=False)
        gardee.moyens.filter(partage=True).update(sur=False)
    gardee.save()


def _reindexer(*personnes: Personne) -> None:
    for personne in personnes:
        personne.refresh_from_db()
        indexer_la_personne(personne)
