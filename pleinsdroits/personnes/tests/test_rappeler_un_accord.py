"""Un accord qui finit se rappelle une fois à l'interlocuteur ; renouvelé, retiré ou fini, le rappel n'attend plus."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pleinsdroits.comptes.fabriques import AgentFabrique, InstitutionFabrique
from pleinsdroits.echeances.models import Echeance
from pleinsdroits.personnes.actions import accords
from pleinsdroits.personnes.fabriques import AccordFabrique, FoyerFabrique, RecueilFabrique
from pleinsdroits.personnes.models import Accord, Foyer, Papier
from pleinsdroits.personnes.taches import rappeler_les_accords

pytestmark = [pytest.mark.django_db, pytest.mark.base]


@pytest.fixture
def foyer():
    return FoyerFabrique(interlocuteur=AgentFabrique(interlocuteur=True))


def _accord(foyer, reste: int, duree: str = "semestre") -> Accord:
    jour = timezone.localdate()
    champs = {"du": jour - dt.timedelta(days=150), "au": jour + dt.timedelta(days=reste), "duree": duree}
    return AccordFabrique(recueil=RecueilFabrique(foyer=foyer, **champs))


def test_l_interlocuteur_l_apprend_une_fois_dans_le_dernier_mois(foyer):
    accord, loin = _accord(foyer, 10), _accord(foyer, 60)
    assert rappeler_les_accords.call_local() == 1 and rappeler_les_accords.call_local() == 0
    echeance = Echeance.objects.get()
    assert (echeance.genre, echeance.cle_objet) == ("personnes.accord_expire", str(accord.pk))
    assert (echeance.responsable, echeance.dossier) == (foyer.interlocuteur, foyer.pk)
    assert timezone.localtime(echeance.limite).date() == accord.au
    loin.refresh_from_db()
    assert loin.rappele_le is None


def test_un_accord_d_un_jour_ne_se_rappelle_pas(foyer):
    jour = timezone.localdate()
    accord = AccordFabrique(recueil=RecueilFabrique(foyer=foyer, du=jour, au=jour, duree="jour"))
    assert accord.etat(jour) == "actif" and rappeler_les_accords.call_local() == 0


def test_renouvele_ou_retire_le_rappel_s_arrete(foyer):
    renouvele, retire = _accord(foyer, 10), _accord(foyer, 10)
    rappeler_les_accords.call_local()
    par = foyer.interlocuteur.acteur
    accords.recueillir(
        None,
        par=par,
        foyer=foyer,
        personne=Foyer.demandeur(foyer),
        cases=[(renouvele.institution, "famille")],
        duree="an",
        mode="presence",
    )
    accords.retirer(retire, par=par)
    assert not Echeance.objects.en_cours().exists()


def test_fini_sans_etre_renouvele_le_rappel_n_attend_plus_personne(foyer):
    accord = _accord(foyer, 10)
    rappeler_les_accords.call_local()
    Accord.objects.filter(pk=accord.pk).update(au=timezone.localdate() - dt.timedelta(days=1))
    rappeler_les_accords.call_local()
    assert Echeance.objects.get().etat == Echeance.Etat.ANNULEE


def test_sur_papier_il_faut_le_papier_joint_ou_garde_au_guichet(foyer):
    champs = {"par": foyer.interlocuteur.acteur, "foyer": foyer, "personne": Foyer.demandeur(foyer), "duree": "an"}
    champs |= {"cases": [(InstitutionFabrique(), "famille")], "mode": "papier"}
    with pytest.raises(ValidationError, match="papier signé"):
        accords.recueillir(None, **champs)
    with pytest.raises(ValidationError, match="autre dossier"):
        accords.recueillir(None, papier=Papier(foyer=FoyerFabrique()), **champs)
    assert accords.recueillir(None, papier_garde=True, **champs).papier_garde
