"""Le quorum, la convocation et le dépouillement : les textes, puis les propriétés."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.aides.regles.convocation import dernier_jour, premier_jour, refus_de_convoquer
from pleinsdroits.aides.regles.depouillement import Issue, Voix, depouiller
from pleinsdroits.aides.regles.quorum import Passage, presents_a, quorum
from pleinsdroits.aides.regles.textes_de_seance import en_vigueur, regles_de_seance

PARIS = ZoneInfo("Europe/Paris")
JOUR = dt.date(2026, 12, 1)
TEXTES = regles_de_seance()
QUORUM, DELAI, VOTE = (en_vigueur(r, JOUR) for r in (TEXTES.quorum, TEXTES.convocation, TEXTES.vote))


def a(jour, heure, minute=0, fold=0):
    return dt.datetime(jour.year, jour.month, jour.day, heure, minute, tzinfo=PARIS, fold=fold)


@pytest.mark.parametrize(("exercice", "requis"), [(1, 1), (2, 2), (9, 5), (13, 7), (16, 9), (17, 9)])
def test_le_quorum_est_la_majorite_des_membres_en_exercice(exercice, requis):
    assert quorum(exercice, exercice, QUORUM).requis == requis


def test_un_membre_retire_ne_compte_pas_parmi_les_presents():
    lu = quorum(13, 7, QUORUM, retires=1)
    assert quorum(13, 7, QUORUM).atteint and not lu.atteint and lu.manquent == 1
    assert QUORUM.hypothese, "jugé pour un conseil municipal, transposé : la règle le dit"


def test_une_seconde_convocation_delibere_quel_que_soit_le_nombre_des_presents():
    assert not quorum(13, 2, QUORUM).atteint and quorum(13, 2, QUORUM, seconde=True).atteint
    assert not quorum(13, 0, QUORUM, seconde=True).atteint


@given(st.integers(1, 17), st.data())
def test_un_present_de_plus_ne_fait_jamais_perdre_le_quorum(exercice, data):
    presents = data.draw(st.integers(0, exercice - 1))
    retires = data.draw(st.integers(0, presents))
    avant, apres = (quorum(exercice, n, QUORUM, retires=retires) for n in (presents, presents + 1))
    assert apres.atteint or not avant.atteint
    assert avant.atteint == (avant.comptes * 2 > exercice) == (avant.manquent == 0)


@pytest.mark.parametrize("nombres", [(5, 6, 0), (5, 2, 3), (5, -1, 0), (5, 3, -1)])
def test_des_nombres_impossibles_sont_refuses(nombres):
    with pytest.raises(ValueError, match="impossible"):
        quorum(nombres[0], nombres[1], QUORUM, retires=nombres[2])


def test_trois_jours_francs_ni_l_envoi_ni_la_seance_ne_comptent():
    assert (DELAI.jours, DELAI.francs, DELAI.hypothese) == (3, True, True)
    assert dernier_jour(JOUR, DELAI) == dt.date(2026, 11, 27)
    assert refus_de_convoquer(a(JOUR, 18), a(dt.date(2026, 11, 27), 23, 59), DELAI) is None
    refus = str(refus_de_convoquer(a(JOUR, 18), a(dt.date(2026, 11, 28), 0, 1), DELAI)).replace("\u00a0", " ")
    assert "au plus tard le 27 novembre 2026" in refus and "à partir du 2 décembre 2026" in refus


@given(st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)))
def test_le_dernier_jour_et_le_premier_jour_se_repondent(jour):
    assert premier_jour(dernier_jour(jour, DELAI), DELAI) == jour
    assert refus_de_convoquer(a(jour, 9), a(dernier_jour(jour, DELAI), 23, 59), DELAI) is None
    assert refus_de_convoquer(a(jour, 9), a(dernier_jour(jour, DELAI) + dt.timedelta(days=1), 0), DELAI)


def test_le_changement_d_heure_entre_l_envoi_et_la_seance_ne_change_pas_le_nombre_de_jours():
    """Le 25 octobre 2026 a 25 heures, le 28 mars 2027 en a 23."""
    for seance in (dt.date(2026, 10, 27), dt.date(2027, 3, 30)):
        assert refus_de_convoquer(a(seance, 0, 30), a(dernier_jour(seance, DELAI), 23, 30), DELAI) is None


def test_l_heure_qui_recule_pendant_la_seance_ne_fait_ni_partir_ni_revenir_personne():
    """Arrivé à 2 h 30 heure d'été, on demande qui est là à 2 h 10 heure d'hiver, quarante minutes plus tard."""
    nuit = dt.date(2026, 10, 25)
    arrive, ensuite = a(nuit, 2, 30, fold=0), a(nuit, 2, 10, fold=1)
    assert ensuite < arrive, "l'horloge du mur se trompe"
    assert presents_a([Passage(arrive)], ensuite) == 1
    assert presents_a([Passage(arrive, parti=a(nuit, 2, 5, fold=1))], ensuite) == 0
    assert presents_a([Passage(ensuite)], arrive) == 0


@given(st.lists(st.tuples(st.integers(0, 300), st.none() | st.integers(0, 300)), max_size=12), st.integers(0, 300))
def test_le_nombre_de_presents_ne_depend_pas_du_fuseau(minutes, quand):
    depart = dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)

    def instant(m, fuseau):
        return (depart + dt.timedelta(minutes=m)).astimezone(fuseau)

    def passages(fuseau):
        return [Passage(instant(d, fuseau), None if f is None else instant(f, fuseau)) for d, f in minutes]

    assert presents_a(passages(PARIS), instant(quand, PARIS)) == presents_a(passages(dt.UTC), instant(quand, dt.UTC))


def test_un_instant_sans_fuseau_est_refuse():
    with pytest.raises(ValueError, match="fuseau"):
        presents_a([Passage(dt.datetime(2026, 12, 1, 18))], a(JOUR, 18))


def voix(*choix):
    return [Voix(c) if isinstance(c, str) else Voix("autre_montant", Decimal(c)) for c in choix]


def test_la_majorite_absolue_des_suffrages_exprimes_decide():
    lu = depouiller(voix("pour", "pour", "contre", "abstention", "abstention"), Decimal(250), VOTE)
    assert (lu.issue, lu.montant, lu.exprimes, lu.abstentions) == (Issue.ACCORD, Decimal(250), 3, 2)


def test_pour_et_autre_montant_du_meme_montant_vont_ensemble():
    lu = depouiller(voix("pour", 250, "contre"), Decimal(250), VOTE)
    assert (lu.issue, lu.montant) == (Issue.ACCORD, Decimal(250))
    assert lu.choix == {"pour", "autre_montant"}


def test_sans_majorite_absolue_rien_n_est_devine():
    lu = depouiller(voix("pour", "pour", "pour", 200, 200, "contre", "contre"), Decimal(250), VOTE)
    assert lu.issue is Issue.SANS_MAJORITE and lu.montant is None
    assert depouiller(voix("abstention", "abstention"), Decimal(250), VOTE).issue is Issue.SANS_MAJORITE
    assert depouiller([], Decimal(250), VOTE).issue is Issue.SANS_MAJORITE


def test_au_partage_la_voix_de_qui_preside_l_emporte():
    partage = [Voix("pour", preside=True), *voix("contre")]
    lu = depouiller(partage, Decimal(250), VOTE)
    assert (lu.issue, lu.par_le_partage) == (Issue.ACCORD, True)
    sans = depouiller([Voix("abstention", preside=True), *voix("pour", "contre")], Decimal(250), VOTE)
    assert sans.issue is Issue.SANS_MAJORITE, "qui préside s’est abstenu : personne ne départage"


def test_pour_un_refus_propose_est_un_refus():
    assert depouiller(voix("pour", "pour", 100), Decimal(0), VOTE).issue is Issue.REFUS


@given(st.lists(st.sampled_from(["pour", "contre", "ajourner", "abstention", 200, 300]), max_size=9), st.data())
def test_l_ordre_des_votes_ne_change_pas_le_resultat(choix, data):
    melange = data.draw(st.permutations(choix))
    assert depouiller(voix(*choix), Decimal(250), VOTE) == depouiller(voix(*melange), Decimal(250), VOTE)


@given(st.lists(st.sampled_from(["pour", "contre", "ajourner", 200]), min_size=1, max_size=9))
def test_sans_president_ce_qui_gagne_a_plus_de_la_moitie_des_voix(choix):
    lu = depouiller(voix(*choix), Decimal(250), VOTE)
    gagne = max(choix.count(c) for c in set(choix))
    assert (lu.issue is not Issue.SANS_MAJORITE) == (gagne * 2 > len(choix))


def test_avant_la_premiere_regle_on_n_applique_rien():
    with pytest.raises(LookupError):
        en_vigueur(TEXTES.quorum, dt.date(2000, 1, 1))
