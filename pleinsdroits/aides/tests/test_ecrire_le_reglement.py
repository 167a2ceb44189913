"""Le règlement s'écrit en brouillon, s'adopte à une date, et ne change plus ; ce qui est absurde se refuse en français."""

import copy
import datetime as dt

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from pleinsdroits.aides.actions.reglement import (
    abandonner,
    adopter,
    charger_la_ville,
    modifier_le_brouillon,
    ouvrir_un_brouillon,
)
from pleinsdroits.aides.fabriques import DecisionFabrique, EditionFabrique
from pleinsdroits.aides.models import EditionDuReglement
from pleinsdroits.aides.textes_du_reglement import texte_libre
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.journal.models import Entree
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db
EN_2027 = dt.date(2027, 1, 1)


@pytest.fixture
def par():
    return AgentFabrique(role=Role.PRESIDENCE).acteur


@pytest.fixture
def brouillon(par):
    return ouvrir_un_brouillon(None, par=par, depuis=EditionFabrique(), libelle="2027", effet=EN_2027)


def vote(edition, par, **donnees):
    le = {"deliberation": "2026-12", "deliberee_le": timezone.localdate()}
    return adopter(edition, par=par, **{**le, **donnees})


def refus(leve) -> str:
    return " ".join(leve.value.messages).replace("\u00a0", " ")


def change(edition, **aide) -> dict:
    document = copy.deepcopy(edition.document)
    document["aides"][0] |= aide
    return document


def test_un_brouillon_part_de_l_edition_en_vigueur_a_sa_propre_date(brouillon):
    assert (brouillon.etat, brouillon.libelle) == ("brouillon", "2027")
    lu = brouillon.lu()
    assert (lu.version, lu.effet, lu.fin) == ("2027", EN_2027, None)


def test_adopte_il_s_applique_a_sa_date_et_l_ancien_s_arrete_la_veille(brouillon, par):
    vote(brouillon, par)
    ancienne = EditionDuReglement.objects.get(libelle="exemple-1")
    assert ancienne.fin == dt.date(2026, 12, 31)
    assert EditionDuReglement.objects.de_l_aide("local_energie", dt.date(2026, 12, 31)) == ancienne
    assert EditionDuReglement.objects.de_l_aide("local_energie", EN_2027).libelle == "2027"
    adoptee = EditionDuReglement.objects.get(libelle="2027")
    assert adoptee.lu().deliberation.reference == "2026-12" and not adoptee.lu().exemple


def test_le_journal_garde_qui_a_adopte_et_jamais_le_texte(brouillon, par):
    vote(brouillon, par)
    entree = Entree.objects.filter(verbe="aides.adopter_le_reglement").get()
    assert {"etat", "deliberation"} <= set(entree.champs) and entree.acteur_identifiant == par.identifiant


def test_une_edition_adoptee_ne_change_plus(brouillon, par):
    vote(brouillon, par)
    brouillon.refresh_from_db()
    for geste in (
        lambda: modifier_le_brouillon(brouillon, par=par, document=brouillon.document),
        lambda: abandonner(brouillon, par=par),
        lambda: vote(brouillon, par),
    ):
        with pytest.raises(ValidationError) as leve:
            geste()
        assert "elle ne change plus" in refus(leve)


def test_deux_personnes_sur_le_meme_brouillon_la_seconde_l_apprend(brouillon, par):
    lue = brouillon.version
    modifier_le_brouillon(brouillon, par=par, document=change(brouillon, nom="Aide énergie"), lue=lue)
    with pytest.raises(Conflit):
        modifier_le_brouillon(brouillon, par=par, document=change(brouillon, nom="Autre nom"), lue=lue)
    brouillon.refresh_from_db()
    assert brouillon.lu().aides[0].nom == "Aide énergie"


@pytest.mark.parametrize(
    ("aide", "dit"),
    [
        ({"plafond": {"montant": -10, "article": "4"}}, "plafond.montant (reçu : -10)"),
        ({"plafond": {"montant": 30000, "article": "4"}}, "30 000 € est trop grand pour une aide"),
        ({"frequence": {"par_an": 0, "article": "4"}}, "frequence.nombre (reçu : 0)"),
        ({"frequence": {"nombre": 2, "par": "an"}}, "frequence.par (reçu : an)"),
        ({"frequence": {"nombre": 2, "article": "4"}}, "frequence.par"),
        ({"frequence": {"nombre": 1, "par": "mois", "par_an": 2, "article": "4"}}, "pas les deux"),
        ({"plafond": {"montant": 10, "periode": "jour", "article": "4"}}, "plafond.periode (reçu : jour)"),
        ({"frequence": {"par_an": 2}}, "citez l'« article » du texte"),
        ({"compte": "inconnu"}, "cite le compte inconnu"),
        ({"couleur": "bleu"}, "couleur"),
        (
            {"decide": [{"qui": "commission_permanente", "article": "9"}, {"qui": "presidence", "jusqu_a": 100, "article": "9"}]},
            "seul le dernier peut n’avoir aucune limite",
        ),
    ],
)  # fmt: skip
def test_un_texte_absurde_est_refuse_en_nommant_le_champ_et_rien_n_est_garde(brouillon, par, aide, dit):
    with pytest.raises(ValidationError) as leve:
        modifier_le_brouillon(brouillon, par=par, document=change(brouillon, **aide))
    assert dit in refus(leve) and list(leve.value.error_dict) == ["document"]
    brouillon.refresh_from_db()
    assert brouillon.version == 1


@pytest.mark.parametrize(
    ("donnees", "champ", "dit"),
    [
        ({"deliberation": "  "}, "deliberation", "référence de la délibération"),
        ({"deliberee_le": dt.date(2099, 1, 1)}, "deliberee_le", "est à venir"),
    ],
)
def test_une_adoption_sans_vote_date_est_refusee(brouillon, par, donnees, champ, dit):
    with pytest.raises(ValidationError) as leve:
        vote(brouillon, par, **donnees)
    assert dit in refus(leve) and champ in leve.value.error_dict


def test_une_regle_ne_vaut_que_pour_l_avenir(par):
    ancien = ouvrir_un_brouillon(None, par=par, depuis=EditionFabrique(), libelle="2025", effet=dt.date(2025, 1, 1))
    with pytest.raises(ValidationError) as leve:
        vote(ancien, par)
    assert "une règle ne vaut que pour l’avenir" in refus(leve)


def test_des_dates_qui_se_chevauchent_sont_refusees(brouillon, par):
    vote(brouillon, par)
    autre = ouvrir_un_brouillon(None, par=par, depuis=brouillon, libelle="bis", effet=dt.date(2026, 12, 30))
    with pytest.raises(ValidationError) as leve:
        vote(autre, par)
    assert "chevauche l’édition « 2027 »" in refus(leve)
    assert EditionDuReglement.objects.get(libelle="exemple-1").fin == dt.date(2026, 12, 31)


def test_deux_editions_ne_portent_pas_le_meme_nom(brouillon, par):
    with pytest.raises(ValidationError) as leve:
        ouvrir_un_brouillon(None, par=par, depuis=brouillon, libelle="2027", effet=EN_2027)
    assert "libelle" in leve.value.error_dict


def test_un_brouillon_abandonne_reste_lisible_et_rend_son_nom(brouillon, par):
    abandonner(brouillon, par=par)
    assert EditionDuReglement.objects.get(pk=brouillon.pk).etat == "abandonnee"
    ouvrir_un_brouillon(None, par=par, depuis=EditionFabrique(), libelle="2027", effet=EN_2027)


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COMMISSION, Role.COORDINATION, Role.TECHNIQUE])
def test_seuls_l_instruction_et_la_presidence_ecrivent(role):
    with pytest.raises(PermissionDenied):
        ouvrir_un_brouillon(
            None, par=AgentFabrique(role=role).acteur, depuis=EditionFabrique(), libelle="2025", effet=EN_2027
        )


def test_charger_la_ville_deux_fois_ne_change_rien():
    call_command("charger_reglement", verbosity=0)
    encore = charger_la_ville(None, par=Acteur.systeme("essai"))
    assert not encore.creees and set(EditionDuReglement.objects.values_list("reglement", flat=True)) == {
        "aides_facultatives",
        "cantine",
    }
    aide = EditionDuReglement.objects.de_l_aide("local_secours", dt.date(2026, 11, 26)).lu().aide("local_secours")
    delegation = aide.decide[0]
    assert (delegation.qui, delegation.jusqu_a, delegation.hypothese) == ("presidence", 150, True)


def test_deux_fichiers_du_meme_reglement_se_suivent_sans_se_chevaucher(tmp_path):
    dossier = tmp_path / "reglement"
    dossier.mkdir()
    texte = (settings.VILLE / "reglement" / "aides_facultatives.yaml").read_text(encoding="utf-8")
    for nom, version, effet in (("b", "2026", "2026-01-01"), ("a", "2025", "2025-01-01"), ("c", "2024", "2024-01-01")):
        neuf = texte.replace("version: exemple-1", f'version: "{version}"').replace(
            "effet: 2024-01-01", f"effet: {effet}"
        )
        (dossier / f"{nom}.yaml").write_text(neuf, encoding="utf-8")
    fait = charger_la_ville(None, par=Acteur.systeme("essai"), dossier=tmp_path)
    assert len(fait.creees) == 3
    dates = list(EditionDuReglement.objects.order_by("effet").values_list("libelle", "fin"))
    assert dates == [("2024", dt.date(2024, 12, 31)), ("2025", dt.date(2025, 12, 31)), ("2026", None)]


def test_une_decision_garde_l_edition_qui_l_a_faite(brouillon, par):
    decision = DecisionFabrique(edition=brouillon.issue_de)
    vote(brouillon, par)
    decision.refresh_from_db()
    assert decision.edition.libelle == "exemple-1" and decision.edition.lu().version == "exemple-1"


def test_un_texte_mal_ecrit_dit_sa_ligne():
    with pytest.raises(ValidationError) as leve:
        texte_libre("id: x\naides: [1, 2\nville: 3: 4")
    assert "ligne" in refus(leve)
