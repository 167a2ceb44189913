import pytest
from django.db import transaction

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.journal.models import Entree, ajouter
from pleinsdroits.journal.verification import verifier_journal

pytestmark = pytest.mark.base
FILS, LIGNES = 4, 25


def _ecrire(fil):
    def ecrire():
        for rang in range(LIGNES):
            ajouter(verbe="essai.ecrire", acteur_genre="systeme", acteur_identifiant=f"fil{fil}", cle_objet=str(rang))

    return ecrire


def test_quatre_fils_qui_ecrivent_ensemble_font_une_seule_chaine(dans_un_fil):
    dans_un_fil(*(_ecrire(f) for f in range(FILS)))
    [(constat, numeros)] = dans_un_fil(
        lambda: (verifier_journal(), list(Entree.objects.values_list("numero", flat=True)))
    )
    assert constat.fautes == () and numeros == list(range(1, FILS * LIGNES + 1))


def test_une_ligne_annulee_ne_laisse_ni_trou_ni_trace(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        ajouter(verbe="essai.annuler")
        raise RuntimeError
    assert ajouter(verbe="essai.garder").numero == 1 and verifier_journal().fautes == ()


def test_une_ligne_designe_l_acteur_par_son_identifiant(db):
    ligne = ajouter(verbe="essai.ecrire", acteur_genre=Acteur.personne("p7").genre, acteur_identifiant="p7")
    assert (ligne.acteur_genre, ligne.acteur_identifiant) == ("personne", "p7")
