"""Le budget : voter une ligne, la modifier sans passer sous l'engagé ; engager, payer, reverser, au centime."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pleinsdroits.aides import budget
from pleinsdroits.aides.actions.budget import modifier_une_ligne, voter_une_ligne
from pleinsdroits.aides.fabriques import DecisionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import EcritureBudgetaire, LigneBudgetaire
from pleinsdroits.aides.previsions import lignes_prevues
from pleinsdroits.aides.regles.prevision import Methode
from pleinsdroits.aides.tests.etudes import edition, instruction, presidence
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db
ANNEE = timezone.localdate().year
LIGNE = {"code": "6561", "nom": "Secours", "aides": ["local_energie"], "vote": Decimal("5000")}


def refus(champ: str, faire) -> str:
    with pytest.raises(ValidationError) as leve:
        faire()
    return " ".join(leve.value.message_dict[champ]).replace("\u00a0", " ")


def test_voter_une_ligne_garde_le_vote_et_son_ecriture():
    edition()
    ligne = voter_une_ligne(None, par=instruction(), exercice=ANNEE, **LIGNE)
    assert (ligne.vote, ligne.engage, ligne.reste) == (Decimal(5000), Decimal(0), Decimal(5000))
    assert budget.ligne_de("local_energie", ANNEE) == ligne
    assert EcritureBudgetaire.objects.get().sens == "voter"


@pytest.mark.parametrize(
    ("champ", "change", "dit"),
    [
        ("vote", {"vote": Decimal("-1")}, "-1,00 € : écrivez une somme plus grande que zéro"),
        ("vote", {"vote": Decimal("10.005")}, "« 10.005 » n’est pas une somme"),
        ("vote", {"vote": Decimal("1e12")}, "c’est plus que ce qui est possible"),
        ("vote", {"vote": Decimal("NaN")}, "« NaN » n’est pas une somme"),
        ("exercice", {"exercice": 1999}, "1999 : choisissez une année"),
        ("aides", {"aides": []}, "Choisissez au moins une aide"),
        ("aides", {"aides": ["local_lune"]}, "aucun règlement ne décrit"),
        ("code", {"code": " "}, "vide"),
    ],
)
def test_une_ligne_absurde_est_refusee_avec_le_champ_et_la_valeur(champ, change, dit):
    edition()
    donnees = {"exercice": ANNEE, **LIGNE, **change}
    assert dit in refus(champ, lambda: voter_une_ligne(None, par=instruction(), **donnees))
    assert not LigneBudgetaire.objects.exists()


def test_un_compte_et_une_aide_n_ont_qu_une_ligne_par_exercice():
    edition()
    voter_une_ligne(None, par=instruction(), exercice=ANNEE, **LIGNE)
    doublon = {**LIGNE, "aides": ["local_secours"]}
    assert "a déjà une ligne" in refus(
        "code", lambda: voter_une_ligne(None, par=instruction(), exercice=ANNEE, **doublon)
    )
    ailleurs = {**LIGNE, "code": "6562"}
    dit = refus("aides", lambda: voter_une_ligne(None, par=instruction(), exercice=ANNEE, **ailleurs))
    assert "déjà payée par la ligne 6561" in dit


def test_modifier_ne_passe_jamais_sous_l_engage():
    edition()
    ligne = LigneBudgetaireFabrique(engage=Decimal(3000))
    dit = refus("vote", lambda: modifier_une_ligne(ligne, par=presidence(), vote=Decimal("2999.99")))
    assert "2 999,99 € : 3 000,00 € sont déjà engagés" in dit
    modifier_une_ligne(ligne, par=presidence(), vote=Decimal(3000), lue=1)
    ligne.refresh_from_db()
    assert (ligne.vote, ligne.reste, ligne.version) == (Decimal(3000), Decimal(0), 2)
    assert EcritureBudgetaire.objects.get().montant == Decimal(-7000)


def test_deux_agents_a_la_fois_le_second_l_apprend():
    edition()
    ligne = LigneBudgetaireFabrique()
    modifier_une_ligne(ligne, par=presidence(), vote=Decimal(9000), lue=1)
    with pytest.raises(Conflit):
        modifier_une_ligne(ligne, par=instruction(), vote=Decimal(8000), lue=1)


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.INTERLOCUTEUR, Role.COMMISSION, Role.COORDINATION])
def test_les_autres_roles_ne_votent_pas(role):
    with pytest.raises(PermissionDenied):
        voter_une_ligne(None, par=AgentFabrique(role=role).acteur, exercice=ANNEE, **LIGNE)


@pytest.mark.base
@pytest.mark.parametrize("champs", [{"engage": 10001}, {"engage": 5, "paye": 6}, {"engage": -1}, {"vote": -1}])
def test_la_base_elle_meme_refuse_une_ligne_depassee(champs):
    ligne = LigneBudgetaireFabrique()
    with pytest.raises(IntegrityError), transaction.atomic():
        LigneBudgetaire.objects.filter(pk=ligne.pk).update(**champs)


def test_une_decision_ne_paie_pas_avec_l_argent_d_une_autre():
    """La ligne a assez d'engagé, mais pour une autre décision."""
    ligne = LigneBudgetaireFabrique()
    une, autre = DecisionFabrique(ligne=ligne), DecisionFabrique(ligne=ligne)
    budget.engager(une, Decimal(250))
    budget.engager(autre, Decimal(250))
    budget.payer(une, Decimal(250))
    assert "reste à payer pour cette décision (0,00 €)" in refus("montant", lambda: budget.payer(une, Decimal("0.01")))
    assert "déjà payée" in refus("montant", lambda: budget.liberer(une, Decimal(1)))
    assert "n’a pas été payée" in refus("montant", lambda: budget.reverser(autre, Decimal(1)))


def test_la_prevision_lit_l_annee_precedente_du_meme_compte(time_machine):
    """1 000 € par mois l'an dernier, 750 € jusqu'à fin septembre : 9 000 € en fin d'année."""
    time_machine.move_to(dt.datetime(2026, 9, 30, 12, tzinfo=dt.UTC))
    passee = LigneBudgetaireFabrique(exercice=2025, code="6561", vote=Decimal(20000))
    ligne = LigneBudgetaireFabrique(exercice=2026, code="6561", engage=Decimal(6750))
    autre = LigneBudgetaireFabrique(exercice=2026, code="274")
    for cible, annee, mois, somme in (
        *((passee, 2025, m, 1000) for m in range(1, 13)),
        *((ligne, 2026, m, 750) for m in range(1, 10)),
    ):
        le = dt.datetime(annee, mois, 10, tzinfo=dt.UTC)
        EcritureBudgetaire.objects.create(ligne=cible, sens="engager", montant=somme, le=le)
    prevues = {p.ligne: p.prevision for p in lignes_prevues(2026, dt.date(2026, 9, 30))}
    assert (prevues[ligne].methode, prevues[ligne].fin_d_annee) == (Methode.SAISON, Decimal(9000))
    assert prevues[autre].fin_d_annee is None


GESTES = st.lists(
    st.tuples(
        st.sampled_from(["engager", "liberer", "payer", "reverser"]),
        st.integers(0, 1),
        st.decimals(min_value="0.01", max_value=600, places=2),
    ),
    max_size=15,
)


class LeBudgetSeCompte(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(gestes=GESTES)
    def test_l_engage_et_le_paye_sont_toujours_la_somme_des_ecritures(self, gestes):
        """Quel que soit l'ordre : refusé ou compté, jamais à moitié, jamais au-delà du vote."""
        ligne = LigneBudgetaireFabrique(vote=Decimal(1000))
        decisions = [DecisionFabrique(ligne=ligne) for _rang in range(2)]
        for geste, rang, montant in gestes:
            try:
                with transaction.atomic():
                    getattr(budget, geste)(decisions[rang], montant)
            except ValidationError:
                continue
        ligne.refresh_from_db()
        sommes = dict.fromkeys(("engager", "liberer", "payer", "reverser"), Decimal(0))
        for ecriture in ligne.ecritures.all():
            sommes[ecriture.sens] += ecriture.montant
        assert ligne.engage == sommes["engager"] - sommes["liberer"] <= ligne.vote
        assert ligne.paye == sommes["payer"] - sommes["reverser"] <= ligne.engage
        assert all(budget.reste_a_payer(d) >= 0 for d in decisions)
