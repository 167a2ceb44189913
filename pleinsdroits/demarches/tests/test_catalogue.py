"""Chaque fiche du catalogue : un calendrier se calcule toujours, ou dit à qui demander. La table et les fiches s'accordent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.demarches.delais import delais
from pleinsdroits.demarches.etapes import Nom
from pleinsdroits.demarches.recours import voies_de_refus
from pleinsdroits.demarches.tests.fiches_essai import AU, FICHES, calcul, lire

REFUS = {"repondue_le": date(2026, 12, 1), "reponse": "refus", "notifiee_le": date(2026, 12, 3)}
# Ce que les fiches ignorent aujourd'hui : cette liste rétrécit quand une fiche apprend.
SILENCE_INCONNU = set(
    "ada aide_menagere aide_sociale_telephone aide_urgence_vvc aj ajpa ajpp ame amethyste are aripa ash aspa "
    "bourse_sup cej cheque_energie droit_compte local_avp locapass pass_culture pass_sport prime_demenagement "
    "puma reversion surendettement tst_75 tst_gratuite visale".split()
)


@pytest.mark.parametrize("droit", sorted(FICHES))
def test_le_calendrier_se_calcule_a_chaque_moment(droit):
    for changements in ({}, REFUS, {"deposee_le": None, "recue_le": None, "preuve": "aucune"}, {"incomplete_le": AU}):
        resultat = calcul(droit, **changements)
        assert all(lire(e.phrase).strip() for e in resultat.etapes)
        assert all(e.article or not e.jour or e.fait or not e.certain for e in resultat.etapes), (
            "une date a son article"
        )


@pytest.mark.parametrize("droit", sorted(FICHES))
def test_ce_que_la_fiche_ignore_est_dit_et_pas_date(droit):
    fiche, resultat = FICHES[droit], calcul(droit)
    attendus = [t for t in (fiche.silence.inconnu, fiche.recours.inconnu) if t]
    assert [str(t) for t in resultat.inconnus] == attendus
    if fiche.silence.connu is None:
        assert resultat.etape(Nom.REPONSE).jour is None


def test_la_table_et_les_fiches_disent_le_meme_delai():
    for fiche in FICHES.values():
        regle, connu = delais().silence(fiche), fiche.silence.connu
        if connu:
            assert regle is not None, fiche.id
            assert (regle.sens, regle.mois, regle.semaines) == (connu.sens, connu.apres_mois, connu.apres_semaines), (
                fiche.id
            )
        for voie in voies_de_refus(fiche):
            regles = [delais().prealable(fiche, voie)] if voie.nature == "prealable_obligatoire" else []
            regles += [delais().juge(fiche, voie)] if voie.nature == "contentieux" else []
            for r in filter(None, regles):
                assert (voie.delai_mois, voie.delai_jours) in {(r.mois, r.jours), (None, None)}, fiche.id


def test_chaque_fiche_nommee_par_la_table_existe():
    table = delais()
    nommees = {f for r in (*table.silences, *table.prealables, *table.juges) for f in r.fiches}
    assert nommees | set(table.apres_accord) | set(table.motivation_discutee) <= set(FICHES)


JOURS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(depot=JOURS, attente=st.integers(0, 400), droit=st.sampled_from(sorted(FICHES)))
def test_les_etapes_datees_se_suivent(depot, attente, droit):
    resultat = calcul(droit, deposee_le=depot, recue_le=depot + timedelta(days=attente % 10))
    futures = [e.jour for e in resultat.etapes if e.jour and e.nom not in (Nom.AUTRE_VOIE, Nom.JUGE)]
    assert futures == sorted(futures)


@given(depot=JOURS, plus_tard=st.integers(1, 60), droit=st.sampled_from(sorted(FICHES)))
def test_deposer_plus_tard_ne_raccourcit_aucun_delai(depot, plus_tard, droit):
    tot = calcul(droit, deposee_le=depot, recue_le=depot)
    tard = calcul(droit, deposee_le=depot + timedelta(days=plus_tard), recue_le=depot + timedelta(days=plus_tard))
    for avant, apres in zip(tot.etapes, tard.etapes, strict=True):
        assert (avant.jour is None) == (apres.jour is None)
        assert avant.jour is None or apres.jour is None or avant.jour <= apres.jour


def test_les_silences_inconnus_sont_ceux_que_l_on_sait():
    assert {f.id for f in FICHES.values() if f.silence.inconnu} == SILENCE_INCONNU


ECARTS = st.lists(st.integers(0, 200), min_size=4, max_size=4)


@given(
    droit=st.sampled_from(sorted(FICHES)),
    ecarts=ECARTS,
    reponse=st.sampled_from(["refus", "partiel", None]),
    recours=st.sampled_from(["prealable", "gracieux", "motifs"]),
    dites=st.sampled_from([True, False, None]),
)
def test_quoi_qu_il_arrive_un_recours_vient_apres_ce_qu_il_conteste(droit, ecarts, reponse, recours, dites):
    jours = [date(2026, 11, 9) + timedelta(days=sum(ecarts[: n + 1])) for n in range(4)]
    cas = {"accuse_voies_dites": dites, "voies_dites": dites}
    if reponse:
        cas |= {"repondue_le": jours[0], "notifiee_le": jours[1], "reponse": reponse}
    if recours == "motifs":
        cas |= {"motifs_demandes_le": jours[2], "motifs_recus_le": jours[3]}
    else:
        cas |= {f"{recours}_depose_le": jours[2], f"{recours}_repondu_le": jours[3]}
    resultat = calcul(droit, **cas)
    debut = resultat.etape(Nom.REPONSE).jour
    for etape in resultat.etapes:
        assert etape.limite is None or etape.jour is None or etape.limite >= etape.jour
        if etape.nom in (Nom.PREALABLE, Nom.GRACIEUX, Nom.JUGE) and etape.jour and debut and not etape.fait:
            assert etape.jour > debut
