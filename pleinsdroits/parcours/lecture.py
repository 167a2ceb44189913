"""Un projet lu en entier, en un nombre constant de requêtes : l'écran, la copie et la complétude y puisent la même chose."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Relais
from pleinsdroits.accueil.regles.relais import issue
from pleinsdroits.aides.catalogue import nom_de_l_aide, noms_des_aides
from pleinsdroits.aides.models import Demande
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.textes import Phrase
from pleinsdroits.parcours.models import Engagement, EtapeDuProjet, Objectif, Option, Projet
from pleinsdroits.parcours.regles.avancement import Avancement, de_l_aide, de_l_etape, de_la_demarche, du_relais
from pleinsdroits.parcours.regles.completude import ObjectifLu, ProjetLu, ce_qui_manque
from pleinsdroits.parcours.reperes import repere


@dataclass(frozen=True)
class EtapeLue:
    """Une étape : ses mots, où elle en est (``dit`` : ce que dit l'objet qu'elle suit), et la clé de cet objet."""

    etape: EtapeDuProjet
    libelle: str
    avancement: Avancement
    dit: str
    sorte: str = ""
    cle: int = 0


@dataclass(frozen=True)
class ObjectifComplet:
    """Un objectif, ses options, celle de la personne, ses étapes."""

    rang: int
    objectif: Objectif
    options: list[Option]
    choisie: Option | None
    etapes: list[EtapeLue]


@dataclass(frozen=True)
class ProjetComplet:
    """Tout le projet, dans l'ordre où on le construit."""

    projet: Projet
    objectifs: list[ObjectifComplet]
    engagements: list[Engagement]

    def manques(self) -> list[Phrase]:
        """Ce qu'il faut encore écrire avant de le proposer."""
        lu = ProjetLu(
            forces=bool(self.projet.forces),
            souhaits=bool(self.projet.souhaits),
            objectifs=tuple(
                ObjectifLu(o.rang, len(o.options), o.choisie is not None, len(o.etapes))
                for o in self.objectifs
                if o.objectif.etat == Objectif.Etat.OUVERT
            ),
            engagements=tuple(e.qui for e in self.engagements),
        )
        return ce_qui_manque(lu, options_au_moins=repere("options").au_moins)


def lire(projet: Projet) -> ProjetComplet:
    """Le projet entier. Six requêtes au plus ; l'appelant a vérifié le périmètre."""
    suivis = EtapeDuProjet.objects.select_related("demarche", "demande", "relais__institution")
    objectifs = list(projet.objectifs.prefetch_related("options__note_par", Prefetch("etapes", queryset=suivis)))
    noms = noms_des_aides_de([e.demande for o in objectifs for e in o.etapes.all() if e.demande])
    return ProjetComplet(
        projet=projet,
        objectifs=[_objectif(rang, o, noms) for rang, o in enumerate(objectifs, start=1)],
        engagements=list(projet.engagements.select_related("institution")),
    )


def objets_a_suivre(projet: Projet, acteur: Acteur) -> dict[str, list]:
    """Ce que l'acteur peut lier à une étape : les démarches, demandes d'aide et relais de la personne qu'il peut lire."""
    de = {"foyer": projet.foyer_id, "personne": projet.personne_id}
    return {
        "demarche": list(Demarche.objects.visibles_par(acteur).filter(**de)[:50]),
        "demande": list(Demande.objects.visibles_par(acteur).filter(**de)[:50]),
        "relais": list(Relais.objects.visibles_par(acteur).filter(**de).select_related("institution")[:50]),
    }


def _objectif(rang: int, objectif: Objectif, noms: dict[str, str]) -> ObjectifComplet:
    options = list(objectif.options.all())
    return ObjectifComplet(
        rang=rang,
        objectif=objectif,
        options=options,
        choisie=next((o for o in options if o.choisie), None),
        etapes=[_etape(e, noms) for e in objectif.etapes.all()],
    )


def _etape(etape: EtapeDuProjet, noms: dict[str, str]) -> EtapeLue:
    """Ce qu'elle suit dit où elle en est. Le résultat d'une aide ne se dit qu'une fois la lettre partie."""
    if d := etape.demarche:
        nom = etape.libelle or nom_du_droit(d)
        return EtapeLue(etape, nom, de_la_demarche(d.etat), str(d.get_etat_display()), "demarche", d.pk)
    if a := etape.demande:
        dit = a.get_resultat_display() if a.resultat and a.notifiee_le else a.get_etat_display()
        nom = etape.libelle or noms.get(a.aide, a.aide)
        return EtapeLue(etape, nom, de_l_aide(a.etat, a.resultat), str(dit), "aide", a.pk)
    if r := etape.relais:
        nom = etape.libelle or _("Relais : %(qui)s") % {"qui": r.institution}
        return EtapeLue(etape, nom, du_relais(r.etat), issue(r), "relais", r.pk)
    # Ce qu'elle suivait a disparu, et elle n'avait pas de mots à elle.
    return EtapeLue(etape, etape.libelle or _("Étape"), de_l_etape(etape.faite_le is not None), "")


def nom_du_droit(demarche: Demarche) -> str:
    """Le nom que dit la fiche du droit."""
    fiche = catalogue(settings.VILLE).get(demarche.droit)
    return fiche.nom if fiche else demarche.droit


def noms_des_aides_de(demandes: list[Demande]) -> dict[str, str]:
    """Le nom de chaque aide demandée ; une requête au plus, sauf pour celles qu'aucun règlement ne décrit plus."""
    jour = timezone.localdate()
    connus = noms_des_aides(jour) if demandes else {}
    return {d.aide: connus.get(d.aide) or nom_de_l_aide(d.aide, jour) for d in demandes}
