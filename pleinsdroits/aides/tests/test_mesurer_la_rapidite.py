"""La rapidité des réponses : exacte (comme un calcul naïf), en quatre requêtes, et qui attend trop se voit."""

import datetime as dt
from math import ceil

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleinsdroits.aides.fabriques import DemandeFabrique, il_y_a
from pleinsdroits.aides.mesures import mesurer
from pleinsdroits.aides.models import Demande, DureeEtape, Etape, ObjectifDeDelai
from pleinsdroits.aides.objectifs import objectifs_au
from pleinsdroits.aides.regles.mesure import Objectif, Tenue, douze_mois
from pleinsdroits.aides.retards import ETAPE_DE, attentes, depassements, en_attente, en_retard
from pleinsdroits.socle.secret import SEUIL

pytestmark = pytest.mark.django_db
JOUR = dt.date(2026, 11, 26)
CE_MOIS = douze_mois(JOUR)[-1]
AIDES = ("local_energie", "local_alimentaire", "local_telephone")


def finies(*jours, etape=Etape.REPONDRE, aide="local_energie", mois=CE_MOIS):
    """Des étapes finies de ces durées."""
    depart = DureeEtape.objects.count()
    DureeEtape.objects.bulk_create(
        DureeEtape(demande=depart + rang, aide=aide, etape=etape, mois=mois, jours=j) for rang, j in enumerate(jours)
    )


def etape(rapidite, cle):
    return next(m for m in rapidite.etapes if m.cle == cle)


def naif(durees, part):
    """Le rang exact dans la liste triée : ce que ferait quelqu'un à la main."""
    return sorted(durees)[ceil(part * len(durees)) - 1] if durees else None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(AIDES), st.sampled_from(Etape.values), st.integers(-14, 1), st.integers(0, 90)),
        max_size=120,
    ),
    st.sampled_from(("", *AIDES)),
)
def test_les_mesures_sont_celles_d_un_calcul_naif(lignes, aide):
    DureeEtape.objects.all().delete()
    for rang, (une, e, ecart, jours) in enumerate(lignes):
        DureeEtape.objects.create(demande=rang, aide=une, etape=e, mois=CE_MOIS + ecart, jours=jours)
    lue = mesurer(JOUR, aide)
    for m in (lue.reponse, *lue.etapes):
        gardees = [j for a, e, x, j in lignes if e == m.cle and -12 < x <= 0 and (not aide or a == aide)]
        if m.masquee:
            assert aide or 0 < len(gardees) < SEUIL
            continue
        assert (m.nombre, m.mediane, m.un_sur_dix) == (len(gardees), naif(gardees, 0.5), naif(gardees, 0.9))
        assert not 0 < m.nombre < SEUIL
        for mois in m.tendance:
            du_mois = [
                j for a, e, x, j in lignes
                if e == m.cle and CE_MOIS + x == mois.jour.year * 12 + mois.jour.month - 1 and (not aide or a == aide)
            ]  # fmt: skip
            assert mois.nombre in (None, len(du_mois))
            assert mois.mediane == (naif(du_mois, 0.5) if mois.nombre else None)


def test_quatre_requetes_quelle_que_soit_la_ville(django_assert_num_queries):
    DemandeFabrique(complete=True)
    finies(*range(20))
    with django_assert_num_queries(4):
        mesurer(timezone.localdate())
    DemandeFabrique.create_batch(3, instruite=True)
    for aide in AIDES:
        finies(*range(30), aide=aide, etape=Etape.DECIDER)
    with django_assert_num_queries(4):
        mesurer(timezone.localdate(), "local_energie")


def test_une_petite_aide_se_tait_et_une_autre_avec_elle():
    finies(*[3] * 3, aide="local_energie")
    finies(*[9] * 20, aide="local_telephone")
    finies(*[9] * 30, aide="local_alimentaire")
    par_aide = {m.cle: m for m in mesurer(JOUR).aides}
    assert par_aide["local_energie"].masquee and par_aide["local_telephone"].masquee
    assert (par_aide["local_alimentaire"].masquee, par_aide["local_alimentaire"].nombre) == (False, 30)
    assert mesurer(JOUR, "local_energie").reponse.masquee and mesurer(JOUR, "local_telephone").reponse.masquee


def test_le_mois_tu_d_une_aide_ne_se_deduit_pas_des_autres():
    finies(*[3] * 20, aide="local_energie")
    finies(*[3] * 20, aide="local_alimentaire")
    finies(*[3] * 2, aide="local_energie", mois=CE_MOIS - 1)
    finies(*[3] * 20, aide="local_alimentaire", mois=CE_MOIS - 1)
    tus = [mesurer(JOUR, a).reponse.tendance[-2].nombre for a in ("local_energie", "local_alimentaire")]
    assert tus == [None, None] and mesurer(JOUR).reponse.tendance[-2].nombre == 22


def test_l_objectif_qui_vaut_est_le_dernier_fixe_et_sa_correction():
    for jours, le in ((40, dt.date(2026, 1, 1)), (30, JOUR), (20, JOUR), (10, JOUR + dt.timedelta(days=1))):
        ObjectifDeDelai.objects.create(etape=Etape.REPONDRE, jours=jours, fixe_le=le)
    assert objectifs_au(JOUR)[Etape.REPONDRE].jours == 20
    assert objectifs_au(dt.date(2026, 6, 1))[Etape.REPONDRE].jours == 40
    finies(*[25] * 10)
    assert mesurer(JOUR).reponse.tenue == Tenue.LARGEMENT_DEPASSE


def test_sans_objectif_le_delai_de_la_maison_dit_le_retard():
    jour = timezone.localdate()
    DemandeFabrique(etat=Demande.Etat.COMPLETE, recue_le=il_y_a(30), complete_le=il_y_a(20))
    DemandeFabrique(etat=Demande.Etat.COMPLETE, recue_le=il_y_a(3), complete_le=il_y_a(1))
    etudier = etape(mesurer(jour), Etape.INSTRUIRE).en_cours
    assert (etudier.nombre, etudier.en_retard, etudier.plus_ancienne, etudier.mains) == (2, 1, 20, (("la ville", 1),))


def test_le_retard_sur_l_objectif_commence_le_lendemain():
    jour = timezone.localdate()
    ObjectifDeDelai.objects.create(etape=Etape.DECIDER, jours=10, fixe_le=jour)
    for depuis in (10, 11):
        DemandeFabrique(etudiee=True, etat=Demande.Etat.INSCRITE, recue_le=il_y_a(20), instruite_le=il_y_a(depuis))
    decider = etape(mesurer(jour), Etape.DECIDER).en_cours
    assert (decider.nombre, decider.en_retard, decider.mains) == (2, 1, (("la commission", 1),))
    assert [d.debut_etape == d.instruite_le for d in en_retard(jour, objectifs_au(jour))] == [True]


def test_les_papiers_en_retard_sont_a_la_personne():
    jour = timezone.localdate()
    DemandeFabrique(incomplete=True, pieces_avant_le=jour - dt.timedelta(days=1))
    DemandeFabrique(incomplete=True)
    completer = etape(mesurer(jour), Etape.COMPLETER).en_cours
    assert (completer.nombre, completer.en_retard, completer.mains) == (2, 1, (("la personne", 1),))


def test_un_silence_de_deux_mois_se_voit_meme_sous_l_objectif():
    jour = timezone.localdate()
    DemandeFabrique(recue_le=il_y_a(70))
    lue = mesurer(jour)
    assert lue.silences == 1 and lue.reponse.en_cours.en_retard == 1 and lue.reponse.en_cours.plus_ancienne == 70


def test_une_demande_finie_refusee_ou_sans_argent_n_attend_plus():
    DemandeFabrique(notifiee=True, resultat=Demande.Resultat.REFUS, montant_accorde=None)
    DemandeFabrique(payee=True)
    DemandeFabrique(etat=Demande.Etat.SANS_OBJET, recue_le=il_y_a(90))
    DemandeFabrique(notifiee=True, decidee_le=il_y_a(30))
    lue = mesurer(timezone.localdate())
    assert etape(lue, Etape.PAYER).en_cours.nombre == 1 and lue.reponse.en_cours.nombre == 0
    assert en_retard(timezone.localdate(), {}).count() == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([*ETAPE_DE]), st.integers(0, 75), st.integers(0, 30), st.integers(-3, 3)), max_size=12
    ),
    st.dictionaries(st.sampled_from(Etape.values), st.integers(1, 40)),
)
def test_la_liste_les_comptes_et_les_mots_disent_les_memes_retards(lignes, fixes):
    Demande.objects.all().delete()
    jour, maintenant = timezone.localdate(), timezone.now()
    objectifs = {e: Objectif(j, jour) for e, j in fixes.items()}
    Demande.objects.bulk_create(_une_demande(maintenant, *ligne) for ligne in lignes)
    dites = {d.pk for d in en_attente() if depassements(d, jour, objectifs)}
    assert {d.pk for d in en_retard(jour, objectifs)} == dites
    assert sum(a.en_tout for a in attentes(jour, objectifs)) == len(dites)


def _une_demande(maintenant, etat, recue, ecart, papiers):
    """Reçue il y a ``recue`` jours, chaque date suivante ``ecart`` jours après, jamais demain."""
    dates = [maintenant - dt.timedelta(days=max(recue - ecart * rang, 0)) for rang in range(4)]
    noms = ("recue_le", "complete_le", "instruite_le", "decidee_le")
    return Demande(
        **dict(zip(noms, dates, strict=True)),
        aide="local_energie",
        canal="web",
        etat=etat,
        silence_le=(dates[0] + dt.timedelta(days=61)).date(),
        pieces_avant_le=maintenant.date() + dt.timedelta(days=papiers),
        resultat=Demande.Resultat.ACCORD,
        montant_accorde=50,
    )
