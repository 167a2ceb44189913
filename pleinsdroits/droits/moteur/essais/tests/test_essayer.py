"""« Et si… » de bout en bout : rien ne bouge si rien ne change, et chaque changement fait ce que la loi en dit."""

from datetime import date
from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.calcul import calculer_un
from pleinsdroits.droits.moteur.essais.argent import sante_a_recalculer
from pleinsdroits.droits.moteur.essais.changements import CHANGEMENTS
from pleinsdroits.droits.moteur.essais.comparer import Comparaison, Sens, mouvements
from pleinsdroits.droits.moteur.essais.dire_l_essai import suppositions
from pleinsdroits.droits.moteur.essais.essayer import Essai, apres_changement, essayer
from pleinsdroits.droits.moteur.essais.tests.test_faire_durer import NOMS, exemple, seul
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.moteur.tests.test_calculer import VILLE
from pleinsdroits.droits.situation.modele import Situation


def essai(foyer: Situation, nom: str, jour: date = JOUR, **textes: str) -> Essai:
    changement = CHANGEMENTS[nom]
    return essayer(foyer, [(changement, changement.lire(textes, foyer, jour))], jour, ville=VILLE)


def sens(comparaison: Comparaison) -> dict[str, Sens]:
    return {m.droit: m.sens for m in comparaison.mouvements}


def test_le_meme_salaire_ne_change_rien():
    foyer = exemple("parent_isole_temps_partiel")
    rien = essai(foyer, "salaire", salaire="982")
    for comparaison in (rien.premier_mois, rien.a_terme):
        assert comparaison.mouvements == ()
        assert comparaison.gain == 0
        assert comparaison.pareils > 60


def test_le_meme_loyer_ne_change_rien():
    rien = essai(exemple("aidante"), "loyer", loyer="610")
    assert (rien.premier_mois.mouvements, rien.a_terme) == ((), None)


def test_la_comparaison_est_celle_des_deux_bilans_calcules_seuls():
    foyer = exemple("parent_isole_temps_partiel")
    etapes = [(CHANGEMENTS["loyer"], {"loyer": 300.0})]
    avant, apres = sante_a_recalculer(foyer), apres_changement(sante_a_recalculer(foyer), etapes, JOUR)
    seuls = mouvements(calculer_un(avant, JOUR, ville=VILLE), calculer_un(apres, JOUR, ville=VILLE), NOMS)
    ensemble = essayer(foyer, etapes, JOUR, ville=VILLE).premier_mois
    assert (ensemble.mouvements, ensemble.pareils) == seuls


def test_plus_de_salaire_les_aides_ne_bougent_pas_le_premier_mois():
    """Elles regardent les mois passés : le premier mois, il reste tout le salaire gagné."""
    plus = essai(exemple("parent_isole_temps_partiel"), "salaire", salaire="1382")
    assert plus.premier_mois.gain == 400
    assert 0 < plus.a_terme.gain < 400
    bouge = sens(plus.a_terme)
    assert (bouge["ppa"], bouge["aide_logement"]) == (Sens.BAISSE, Sens.BAISSE)


def test_a_terme_on_compare_ce_qui_dure_a_ce_qui_dure():
    """Une mère qui ne demande encore rien : la prime d'activité d'avant compte déjà les allocations à venir."""
    plus = essai(exemple("parent_isole_temps_partiel"), "salaire", salaire="1382")
    assert plus.a_terme.avant.aides < plus.premier_mois.avant.aides


def test_perdre_son_travail_ouvre_des_aides():
    perdu = essai(seul(1500), "perdre_travail", chomage="0")
    assert sens(perdu.a_terme)["rsa"] is Sens.OUVRE
    assert perdu.a_terme.gain < 0


def test_une_naissance_ouvre_l_allocation_de_base():
    foyer = situation(
        {"id": "lui", "lien": "conjoint", "naissance": "1985-01-01", "nationalite": "francaise", "revenus": []},
        couple="marie", patrimoine={}, moi={"revenus": [{"type": "salaire", "montant": 1500}], "activite": "salarie"},
        avis=[{"personnes": ["moi", "lui"], "annee": 2024, "rfr": 15000, "parts": 2}],
    )  # fmt: skip
    assert sens(essai(foyer, "enfant").premier_mois)["paje_base"] is Sens.OUVRE


def test_un_deuxieme_enfant_ouvre_les_allocations_familiales():
    """Elles sont dues à partir de deux enfants ; l'essai compte un bébé qui est déjà là."""
    seule = exemple("parent_isole_temps_partiel")
    un = seule.model_copy(update={"personnes": seule.personnes[:2]})
    change = sens(essai(un, "enfant", autre_parent="pension_non_fixee").premier_mois)
    assert (change["af"], change["asf"]) == (Sens.OUVRE, Sens.MONTE)


def test_un_handicap_reconnu_ouvre_l_aah_et_le_rsa_ne_s_ajoute_pas():
    foyer = situation(
        patrimoine={}, avis=[{"personnes": ["moi"], "annee": 2024, "rfr": 0}], moi={"activite": "sans_activite"}
    )
    change = essai(foyer, "handicap", qui="moi", taux="80").premier_mois
    assert sens(change)["aah"] is Sens.OUVRE
    assert sens(change)["rsa"] is Sens.A_VERIFIER
    assert Decimal(300) < change.gain < Decimal(600)


def test_une_aide_recue_qui_s_arrete_ne_compte_plus():
    foyer = seul(0)
    recu = foyer.model_copy(
        update={"prestations": situation(prestations=[{"droit": "rsa", "montant": 573}]).prestations}
    )
    change = essai(recu, "salaire", salaire="2000").a_terme
    assert sens(change)["rsa"] is Sens.FERME
    assert change.avant.aides > 573
    assert change.apres.aides < 400


def test_la_complementaire_sante_deja_recue_peut_cesser():
    foyer = seul(0, sante={"couverture": "assurance_maladie", "complementaire": "css"})
    assert sens(essai(foyer, "salaire", salaire="2500").a_terme)["css"] is Sens.FERME


def test_une_separation_refait_la_feuille_d_impot_de_chacun():
    """L'avis du couple ne vaut plus : sans cela, plusieurs droits attendraient une réponse."""
    change = essai(exemple("couple_trois_enfants"), "separation", enfants="avec_moi").premier_mois
    assert sens(change)["asf"] is Sens.OUVRE
    assert change.inconnus == []


def test_un_je_ne_sais_pas_reste_dit():
    """Le loyer n'est pas connu : on ne dit pas ce que devient l'aide au logement."""
    change = essai(exemple("ne_sait_pas"), "salaire", salaire="1600").a_terme
    assert "aide_logement" in {m.droit for m in change.inconnus}
    assert all(m.ecart is None for m in change.inconnus)


def test_deux_changements_se_suivent():
    foyer = exemple("sans_domicile")
    demenager = (CHANGEMENTS["demenager"], {"commune": "94041", "statut": "locataire_hlm", "loyer": 400.0})
    loyer = (CHANGEMENTS["loyer"], {"loyer": 300.0})
    apres = apres_changement(foyer, [demenager, loyer], JOUR)
    assert (apres.logement.statut, apres.logement.loyer) == ("locataire_hlm", 300)


@pytest.mark.parametrize("nom", ["aidante", "ne_sait_pas", "independant", "retraite_migrant"])
def test_ce_qui_reste_est_la_somme_du_reste(nom):
    change = essai(exemple(nom), "salaire", salaire="1200")
    for comparaison in (change.premier_mois, change.a_terme):
        for cote in (comparaison.avant, comparaison.apres):
            assert cote.reste == cote.revenus + cote.aides - cote.impot


def test_on_ne_parle_du_chomage_qu_a_qui_en_recoit():
    etapes = [(CHANGEMENTS["salaire"], {"salaire": 900.0})]
    chomeur = situation(moi={"revenus": [{"type": "chomage", "montant": 900}]})
    assert any("chômage" in str(s) for s in suppositions(chomeur, etapes))
    assert not any("chômage" in str(s) for s in suppositions(seul(0), etapes))
