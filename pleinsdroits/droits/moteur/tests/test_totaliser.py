"""Ce qui s'ajoute, ce qui ne s'ajoute pas, ce qui s'ouvrira."""

from decimal import Decimal

import pytest
import yaml

from pleinsdroits.droits.moteur.avenir import avec_ouverture
from pleinsdroits.droits.moteur.exclusions import FICHIER, departager, exclusions
from pleinsdroits.droits.moteur.regle import REGLES
from pleinsdroits.droits.moteur.resultats import Etat, Periodicite, Resultat
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.totaux import totaliser
from pleinsdroits.droits.situation.mois import Mois

NOMS = {"aah": "AAH", "rsa": "RSA"}


def droit(nom: str, montant: str | None = None, *, etat=Etat.OUVERT, par=Periodicite.MOIS, recu=None, **reste):
    valeur = None if montant is None else Decimal(montant)
    deja = None if recu is None else Decimal(recu)
    return Resultat(nom, reste.pop("pour", ("moi",)), etat, valeur, par, deja_recu=deja, **reste)


def test_chaque_exclusion_nomme_des_droits_connus_et_sa_source():
    lignes = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    assert all(set(ligne["droits"]) <= set(REGLES) and ligne["source"] for ligne in lignes)
    assert len(set(map(frozenset, exclusions()))) == len(lignes)


def test_de_deux_droits_qui_s_excluent_le_plus_fort_est_compte():
    rendus = departager([droit("rsa", "573"), droit("aah", "1041")], NOMS)
    rsa, aah = rendus
    assert (rsa.etat, aah.etat) == (Etat.PROBABLE, Etat.OUVERT)
    assert (rsa.exclut, aah.exclut) == (("aah",), ("rsa",))
    assert "AAH" in str(rsa.motifs[0])
    assert totaliser(rendus, situation()).a_demander_par_mois == 1041


def test_pour_deux_personnes_differentes_rien_ne_s_exclut():
    rendus = departager([droit("rsa", "573"), droit("aah", "1041", pour=("mere",))], NOMS)
    assert [r.etat for r in rendus] == [Etat.OUVERT, Etat.OUVERT]


def test_un_droit_plus_fort_que_celui_recu_compte_pour_son_gain():
    """573 € reçus, 1 041 € possibles : il manque 468 €, pas 1 041 €."""
    sit = situation(prestations=[{"droit": "rsa", "montant": 573}])
    rendus = departager([droit("rsa", "573", recu="573"), droit("aah", "1041")], NOMS)
    totaux = totaliser(rendus, sit)
    assert (totaux.a_demander_par_mois, totaux.deja_recu_par_mois) == (468, 573)
    assert rendus[0].etat is Etat.OUVERT


def test_un_droit_recu_plus_fort_ecarte_l_autre():
    rendus = departager([droit("rsa", "573"), droit("aah", "1041", recu="1041")], NOMS)
    assert totaliser(rendus, situation()).a_demander_par_mois == 0


@pytest.mark.parametrize("etat", [Etat.PROBABLE, Etat.A_COMPLETER, Etat.NON])
def test_un_droit_pas_sur_n_entre_dans_aucun_total(etat):
    totaux = totaliser([droit("rsa", "573", etat=etat)], situation())
    assert (totaux.a_demander_par_mois, totaux.a_demander_par_an, totaux.une_fois) == (0, 0, 0)


def test_chaque_periodicite_a_son_total():
    resultats = [
        droit("rsa", "573.49"),
        droit("ars", "429.01", par=Periodicite.AN),
        droit("paje_naissance", "1093.08", par=Periodicite.UNE_FOIS),
        droit("css", "0"),
        droit("af", "153.01", recu="150"),
        droit("logement_social", None, par=None),
    ]
    totaux = totaliser(resultats, situation(prestations=[{"droit": "af", "montant": 150}]))
    assert totaux.a_demander_par_mois == Decimal("573.49")
    assert totaux.a_demander_par_an == Decimal("429.01")
    assert totaux.une_fois == Decimal("1093.08")
    assert totaux.deja_recu_par_mois == 150


# Le premier mois où un droit s'ouvre.


def _avenir(*ouverts: tuple[int, Resultat]):
    return [(n, {r.droit: (r,)}) for n, r in ouverts]


def test_un_droit_ferme_dit_le_premier_mois_ou_il_s_ouvre():
    ferme, plus_tard = droit("aspa", etat=Etat.NON), droit("aspa", "600")
    (rendu,) = avec_ouverture(ferme, _avenir((5, plus_tard), (6, plus_tard)), situation(), JOUR)
    assert (rendu.etat, rendu.ouvre_le) == (Etat.NON, Mois("2027-04"))


@pytest.mark.parametrize("etat", [Etat.OUVERT, Etat.PROBABLE, Etat.A_COMPLETER])
def test_seul_un_droit_ferme_annonce_une_ouverture(etat):
    base = droit("aspa", etat=etat)
    assert avec_ouverture(base, _avenir((5, droit("aspa", "600"))), situation(), JOUR) == [base]


def test_un_droit_qui_ne_sera_que_probable_n_est_pas_annonce():
    base = droit("asi", etat=Etat.NON)
    assert avec_ouverture(base, _avenir((5, droit("asi", "600", etat=Etat.PROBABLE))), situation(), JOUR) == [base]


def test_le_futur_rsa_d_un_grand_enfant_est_a_son_nom():
    fils = {"id": "fils", "lien": "enfant", "naissance": "2002-04-10", "revenus": []}
    foyer = droit("rsa", etat=Etat.NON, pour=("moi", "fils"))
    rendus = avec_ouverture(foyer, _avenir((6, droit("rsa", "573", pour=("fils",)))), situation(fils), JOUR)
    assert [(r.pour, r.ouvre_le) for r in rendus] == [(("moi", "fils"), None), (("fils",), Mois("2027-05"))]


def test_le_droit_d_un_enfant_a_charge_s_annonce_pour_le_foyer():
    ado = {"id": "ado", "lien": "enfant", "naissance": "2010-04-10", "revenus": []}
    foyer = droit("pass_culture", etat=Etat.NON, pour=("moi", "ado"))
    rendus = avec_ouverture(foyer, _avenir((5, droit("pass_culture", "50", pour=("ado",)))), situation(ado), JOUR)
    assert [(r.pour, r.ouvre_le) for r in rendus] == [(("moi", "ado"), Mois("2027-04"))]
