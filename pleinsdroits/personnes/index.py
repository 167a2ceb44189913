"""L'index de recherche des personnes : leurs noms et leur numéro de dossier, rien d'autre."""

from pleinsdroits.personnes.models import Membre, Personne
from pleinsdroits.socle.recherche import indexer_un, mots_de_nom, oublier

ENSEMBLE = "personnes"
POIDS_DU_NOM, POIDS_DU_PRENOM, POIDS_DU_NUMERO = 3, 2, 4


def indexer_la_personne(personne: Personne) -> None:
    """Remet à jour les mots de ``personne`` ; une fiche réunie à une autre n'est plus trouvée."""
    if personne.fusionnee_dans_id:
        oublier(ENSEMBLE, str(personne.pk))
        return
    numeros = Membre.objects.filter(personne=personne).values_list("foyer__numero", flat=True)
    textes = [
        (personne.nom, POIDS_DU_NOM),
        (personne.nom_de_naissance, POIDS_DU_NOM),
        (personne.prenom, POIDS_DU_PRENOM),
    ]
    textes += [(numero, POIDS_DU_NUMERO) for numero in numeros]
    indexer_un(ENSEMBLE, str(personne.pk), textes, decouper=mots_de_nom)


def oublier_la_personne(cle: int) -> None:
    """Retire ses mots de l'index."""
    oublier(ENSEMBLE, str(cle))
