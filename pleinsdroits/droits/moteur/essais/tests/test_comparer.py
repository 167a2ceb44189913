"""Avant et après : chaque sens, chaque groupe de personnes, jamais deux fois le même euro."""

from decimal import Decimal

import pytest

from pleinsdroits.droits.moteur.essais.comparer import Argent, Comparaison, Sens, mouvements
from pleinsdroits.droits.moteur.essais.dire_l_essai import dire_ce_qui_manque, dire_le_gain, rangees
from pleinsdroits.droits.moteur.manques import RECU_SANS_MONTANT
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat, Totaux
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR
from pleinsdroits.droits.textes import phrase

MOI = ("moi",)
INSECABLE = "\u00a0"


def r(droit: str, etat: Etat = Etat.OUVERT, montant: int | None = None, pour=MOI, **reste) -> Resultat:
    somme = None if montant is None else Decimal(montant)
    return Resultat(droit, pour, etat, somme, Periodicite.MOIS if somme is not None else None, **reste)


def bilan(*resultats: Resultat) -> Bilan:
    return Bilan(JOUR, "1", resultats, Totaux())


def sens(avant: Resultat, apres: Resultat) -> Sens | None:
    bougent, _pareils = mouvements(bilan(avant), bilan(apres), {})
    return bougent[0].sens if bougent else None


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        (r("ppa", Etat.NON), r("ppa", montant=100), Sens.OUVRE),
        (r("ppa", montant=100), r("ppa", Etat.NON), Sens.FERME),
        (r("ppa", montant=100), r("ppa", montant=120), Sens.MONTE),
        (r("ppa", montant=100), r("ppa", montant=80), Sens.BAISSE),
        (r("ppa", montant=100), r("ppa", montant=100), None),
        (r("css", modalite="gratuite"), r("css", modalite="participation"), Sens.CHANGE),
        (r("cmi", Etat.NON), r("cmi", Etat.PROBABLE), Sens.A_VERIFIER),
        (r("cmi", Etat.PROBABLE), r("cmi", Etat.NON), Sens.SORT),
        (r("ppa", montant=100), r("ppa", Etat.A_COMPLETER), Sens.INCONNU),
        (r("ppa", Etat.A_COMPLETER), r("ppa", Etat.NON), Sens.INCONNU),
        (r("ppa", Etat.NON), r("ppa", Etat.NON, motifs=(phrase("Autre raison."),)), None),
    ],
)
def test_chaque_sens(avant, apres, attendu):
    assert sens(avant, apres) is attendu


def test_deux_bilans_pareils_ne_bougent_pas():
    un = bilan(r("ppa", montant=100), r("rsa", Etat.NON), r("css", modalite="gratuite"))
    assert mouvements(un, un, {}) == ((), 3)


def test_un_groupe_qui_change_reste_le_meme_droit():
    """Avec un bébé, l'aide au logement est pour trois : elle monte, elle ne s'ouvre pas."""
    (m,) = mouvements(
        bilan(r("aide_logement", montant=300)), bilan(r("aide_logement", montant=380, pour=("moi", "bebe"))), {}
    )[0]
    assert (m.sens, m.ecart) == (Sens.MONTE, 80)


def test_le_droit_d_une_personne_partie_n_est_pas_une_perte():
    avant = bilan(r("puma"), r("puma", pour=("lui",)))
    assert mouvements(avant, bilan(r("puma")), {}) == ((), 1)


def test_l_assurance_maladie_d_une_personne_qui_arrive_n_est_pas_un_gain():
    assert mouvements(bilan(r("puma")), bilan(r("puma"), r("puma", pour=("elle",))), {}) == ((), 1)


def test_une_aide_recue_remplacee_par_une_autre_n_est_plus_comptee():
    """L'AAH s'ouvre : le RSA reçu baisse ou s'arrête, il n'est plus sûr."""
    avant = bilan(r("rsa", montant=570, deja_recu=Decimal(570)), r("aah", Etat.NON))
    apres = bilan(r("rsa", montant=570, deja_recu=Decimal(570)), r("aah", montant=1041))
    trouves = {m.droit: m.sens for m in mouvements(avant, apres, {})[0]}
    assert trouves == {"rsa": Sens.A_VERIFIER, "aah": Sens.OUVRE}


def test_ce_qui_attend_une_reponse_le_dit_meme_si_rien_ne_bouge():
    manque = (Manque("logement.loyer", phrase("Combien payez-vous de loyer ?")),)
    attend = r("aide_logement", Etat.A_COMPLETER, manque=manque)
    assert sens(attend, attend) is Sens.INCONNU
    assert sens(r("avu", Etat.A_COMPLETER), r("avu", Etat.A_COMPLETER)) is None


def test_une_aide_recue_dont_le_montant_n_est_pas_sur_est_inconnue():
    recue = r("aide_logement", motifs=(RECU_SANS_MONTANT,), deja_recu=Decimal(449))
    assert sens(recue, recue) is Sens.INCONNU
    assert sens(recue, r("aide_logement", montant=300)) is Sens.INCONNU


def test_ce_qui_s_ouvre_vient_avant_ce_qui_manque():
    avant = bilan(r("a", Etat.A_COMPLETER), r("b", montant=10), r("c", Etat.NON))
    apres = bilan(r("a", Etat.NON), r("b", montant=5), r("c", montant=1))
    assert [m.droit for m in rangees(mouvements(avant, apres, {})[0])] == ["c", "b", "a"]


def test_un_droit_sans_montant_n_a_pas_d_ecart():
    (m,) = mouvements(bilan(r("css", Etat.NON)), bilan(r("css", modalite="gratuite")), {})[0]
    assert m.ecart is None


def comparaison(avant: int, apres: int, *bougent) -> Comparaison:
    cotes = [Argent(Decimal(n), Decimal(0), Decimal(0)) for n in (avant, apres)]
    return Comparaison(tuple(bougent), 0, *cotes)


def test_le_gain_se_dit_en_plus_en_moins_ou_pareil():
    assert str(dire_le_gain(comparaison(900, 1042))) == f"Il resterait 142,00{INSECABLE}€ de plus par mois."
    assert str(dire_le_gain(comparaison(900, 850))) == f"Il resterait 50,00{INSECABLE}€ de moins par mois."
    assert str(dire_le_gain(comparaison(900, 900))) == "Il resterait la même somme chaque mois."


def test_une_somme_incomplete_le_dit():
    bougent, _n = mouvements(bilan(r("rsa", montant=5)), bilan(r("rsa", Etat.A_COMPLETER)), {})
    assert dire_ce_qui_manque(comparaison(1, 2, *bougent)) is not None
    assert dire_ce_qui_manque(comparaison(1, 2)) is None


def test_ce_qui_reste_est_l_argent_moins_l_impot():
    assert Argent(Decimal(1000), Decimal(300), Decimal(50)).reste == 1250
