"""L'un ou l'autre : une seule ligne, un seul compte ; ce qui suit un droit écarté ; ce qu'on reçoit et ce qu'on calcule."""

from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.dependances import suivre
from pleinsdroits.droits.moteur.ecarts import signaler_les_ecarts
from pleinsdroits.droits.moteur.exclusions import departager, grouper
from pleinsdroits.droits.moteur.resultats import Etat
from pleinsdroits.droits.moteur.tests.exemples_regles import situation
from pleinsdroits.droits.moteur.tests.test_totaliser import droit
from pleinsdroits.droits.moteur.totaux import totaliser

NOMS = {"aah": "AAH", "rsa": "RSA", "mva": "MVA", "aspa": "ASPA"}


def lignes(*resultats):
    return [(r.droit, [a.droit for a in autres]) for r, autres in grouper(departager(resultats, NOMS))]


def test_deux_droits_qui_s_excluent_tiennent_sur_une_ligne():
    assert lignes(droit("rsa", "573"), droit("aah", "1041")) == [("aah", ["rsa"])]


@pytest.mark.parametrize("etat", [Etat.PROBABLE, Etat.A_COMPLETER])
def test_un_droit_pas_sur_se_range_sous_le_droit_sur_qu_il_exclut(etat):
    assert lignes(droit("rsa", "573"), droit("aah", "1041", etat=etat)) == [("rsa", ["aah"])]


def test_deux_droits_pas_surs_tiennent_aussi_sur_une_ligne():
    apa, pch = droit("apa_domicile", "900", etat=Etat.PROBABLE), droit("pch", etat=Etat.PROBABLE)
    assert lignes(apa, pch) == [("apa_domicile", ["pch"])]


def test_un_droit_recu_garde_sa_ligne_et_accueille_plus_faible_que_lui():
    assert lignes(droit("rsa", "573", recu="573"), droit("aah", "1041")) == [("rsa", []), ("aah", [])]
    assert lignes(droit("rsa", "573"), droit("aah", "1041", recu="1041")) == [("aah", ["rsa"])]


def test_un_droit_ferme_n_accueille_ni_ne_suit_personne():
    assert lignes(droit("rsa", "573"), droit("aah", etat=Etat.NON)) == [("rsa", []), ("aah", [])]


def test_une_allocation_qui_compte_comme_revenu_le_dit():
    rsa, _aah = departager([droit("rsa", "573"), droit("aah", "1041")], NOMS)
    assert "«\u00a0AAH\u00a0» compte comme un revenu" in str(rsa.motifs[0])


def test_la_majoration_tombe_avec_l_allocation_qu_elle_suit():
    """CSS L821-1-2 : sans AAH retenue, la majoration ne compte plus."""
    tous = departager([droit("aspa", "1100"), droit("aah", "1041"), droit("mva", "104.77")], NOMS)
    suivis = suivre(tous, NOMS)
    assert [r.etat for r in suivis] == [Etat.OUVERT, Etat.PROBABLE, Etat.PROBABLE]
    assert totaliser(suivis, situation()).a_demander_par_mois == 1100


@pytest.mark.parametrize("recu", [None, "1041"])
def test_la_majoration_compte_avec_une_allocation_ouverte_ou_recue(recu):
    suivis = suivre([droit("aah", "1041", recu=recu), droit("mva", "104.77")], NOMS)
    assert suivis[1].etat is Etat.OUVERT


def test_un_montant_recu_trop_faible_invite_a_faire_verifier():
    (al,) = signaler_les_ecarts([droit("aide_logement", "280", recu="100")])
    assert str(al.a_verifier[0]) == (
        "Vous recevez 100\u00a0€ par mois, notre calcul donne 280\u00a0€\u00a0: demandez à la CAF (ou la MSA) de vérifier."
    )


def test_un_montant_recu_plus_fort_se_dit_doucement():
    (al,) = signaler_les_ecarts([droit("aide_logement", "100", recu="280")])
    dit = str(al.a_verifier[0])
    assert "Il ne voit pas tout" in dit
    assert not any(mot in dit.lower() for mot in ("trop", "erreur", "fraude", "indu", "devez"))


def test_une_aide_recue_que_le_calcul_ne_trouve_pas_se_dit_doucement():
    (al,) = signaler_les_ecarts([droit("aide_logement", recu="280", etat=Etat.NON)])
    assert "ne retrouve pas cette aide" in str(al.a_verifier[0])


@pytest.mark.parametrize(
    "resultat",
    [
        droit("aide_logement", "449", recu="455"),
        droit("aide_logement", "449", recu="0"),
        droit("aide_logement", "449"),
        droit("aide_logement", None, recu="280", etat=Etat.A_COMPLETER),
        droit("are", "900", recu="1500"),
    ],
)
def test_sans_ecart_net_ou_sans_calcul_sur_rien_n_est_dit(resultat):
    assert signaler_les_ecarts([resultat]) == [resultat]


def test_l_ecart_n_entre_dans_aucun_total():
    al = signaler_les_ecarts([droit("aide_logement", "280", recu="100")])
    totaux = totaliser(al, situation(prestations=[{"droit": "aide_logement", "montant": 100}]))
    assert (totaux.a_demander_par_mois, totaux.deja_recu_par_mois) == (0, 100)


def test_le_chomage_dit_avec_les_revenus_compte_dans_ce_qui_est_recu():
    assert totaliser([droit("are", "920", recu="920")], situation()).deja_recu_par_mois == Decimal(920)
