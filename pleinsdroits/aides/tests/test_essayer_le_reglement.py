"""Avant de voter : sur les vraies demandes de l'année, qui gagne, qui perd, ce que cela coûte, sans jamais dire qui."""

import copy
import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from pleinsdroits.aides.actions.instruire import proposer
from pleinsdroits.aides.actions.reglement import modifier_le_brouillon, ouvrir_un_brouillon
from pleinsdroits.aides.essai_du_reglement import essayer
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.regles.essai import Passee, comparer, dire, medianes_de
from pleinsdroits.aides.tests.etudes import demande_ferrand, edition, instruction
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.droits.reglement.rapide import repondre_unitairement
from pleinsdroits.droits.reglement.tests.exemples import enfant, foyer

pytestmark = pytest.mark.django_db
PAR = Acteur.systeme("essai")
JOUR = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()


def entree(salaire: float, *, enfants: int = 0, aide: str = "local_energie") -> dict:
    """Reste à vivre : salaire ÷ 30 ÷ personnes ; le seuil d'exemple est 9 €, soit 270 € par mois et par personne."""
    situation = foyer(salaire=salaire, personnes=[enfant(f"e{i}") for i in range(enfants)], charges=[], dettes=[])
    return json.loads(entree_de(Cas(situation=situation, demande=DemandeDuCas(aide=aide)), JOUR))


def brouillon_au_seuil(seuil: float, depuis=None, **aide):
    depuis = depuis or EditionFabrique()
    brouillon = ouvrir_un_brouillon(None, par=PAR, depuis=depuis, libelle="2027", effet=dt.date(2027, 1, 1))
    document = copy.deepcopy(brouillon.document)
    for une in document["aides"]:
        for tranche in une["baremes"][0]["tranches"]:
            tranche |= {borne: seuil for borne in ("moins_de", "au_moins") if borne in tranche}
    document["aides"][0] |= aide
    return modifier_le_brouillon(brouillon, par=PAR, document=document)


def demandes(salaires: list[float], *, accordee=200, **champs) -> None:
    """Des demandes déjà étudiées ; les seuils du texte d'exemple disent lesquelles sont accordées."""
    gens = DemandeFabrique(etudiee=True, **champs)
    modele = {c: getattr(gens, c) for c in ("foyer", "personne", "aide", "canal", "silence_le", "edition")}
    gens.delete()
    for salaire in salaires:
        accord = salaire < 270
        Demande.objects.create(
            **modele, recue_le=timezone.now() - dt.timedelta(days=40), instruite_le=timezone.now(),
            composition="seul", montant_demande=Decimal(250), montant_accorde=accordee if accord else None,
            entree=json.dumps(entree(salaire)),
        )  # fmt: skip


def test_un_seuil_plus_haut_fait_des_gagnants_et_coute_ce_qui_est_demande():
    demandes([100] * 6 + [280] * 7 + [900] * 8)
    fait = essayer(brouillon_au_seuil(10), timezone.localdate())
    ensemble = fait.dit.ensemble
    assert (ensemble.gagnent, ensemble.perdent, ensemble.inchangees) == (7, 0, 14)
    assert (ensemble.nouveaux_accords, ensemble.ecart) == (7, Decimal(7 * 250))
    assert [ligne.cle for ligne in fait.dit.par_aide] == ["local_energie"]
    assert fait.avant.libelle == "exemple-1"


def test_un_seuil_plus_bas_fait_des_refus_et_rend_ce_qui_etait_accorde():
    demandes([100] * 6 + [200] * 5 + [900] * 8)
    ensemble = essayer(brouillon_au_seuil(6), timezone.localdate()).dit.ensemble
    assert (ensemble.perdent, ensemble.nouveaux_refus, ensemble.ecart) == (5, 5, Decimal(-5 * 200))


def test_moins_de_cinq_personnes_ne_se_disent_pas():
    demandes([100] * 20 + [280] * 2)
    ensemble = essayer(brouillon_au_seuil(10), timezone.localdate()).dit.ensemble
    assert ensemble.gagnent is None and ensemble.inchangees is None and ensemble.ecart is None
    assert ensemble.nombre == 22


def test_une_demande_d_il_y_a_plus_d_un_an_ne_compte_pas():
    demandes([100] * 6)
    Demande.objects.update(recue_le=timezone.now() - dt.timedelta(days=400))
    assert essayer(brouillon_au_seuil(10), timezone.localdate()).dit.ensemble.nombre == 0


def test_l_essai_change_avec_le_brouillon_meme_garde_en_memoire():
    demandes([100] * 6 + [280] * 7)
    brouillon = brouillon_au_seuil(10)
    assert essayer(brouillon, timezone.localdate()).dit.ensemble.gagnent == 7
    document = copy.deepcopy(brouillon.document)
    document["aides"][0]["baremes"][0]["tranches"][0]["moins_de"] = 9
    document["aides"][0]["baremes"][0]["tranches"][1]["au_moins"] = 9
    modifier_le_brouillon(brouillon, par=PAR, document=document)
    brouillon.refresh_from_db()
    assert essayer(brouillon, timezone.localdate()).dit.ensemble.gagnent == 0


def test_sans_reglement_en_vigueur_l_essai_dit_quoi_faire():
    brouillon = brouillon_au_seuil(10)
    type(brouillon).objects.filter(pk=brouillon.pk).update(issue_de=None)
    type(brouillon).objects.exclude(pk=brouillon.pk).delete()
    brouillon.refresh_from_db()
    with pytest.raises(ValidationError, match="Aucun règlement en vigueur"):
        essayer(brouillon, timezone.localdate())


def test_une_demande_proposee_garde_son_entree_sans_identite():
    edition()
    demande = demande_ferrand()
    proposer(demande, par=instruction(), montant=Decimal(285))
    demande.refresh_from_db()
    garde = json.loads(demande.entree)
    assert garde["demande"]["aide"] == "local_energie" and garde["situation"]["personnes"][0]["id"] == "p0"
    assert "1992-03-12" not in demande.entree and "Ferrand" not in demande.entree and "lea" not in demande.entree


def test_la_commande_ecrit_un_tableau_puis_un_csv():
    demandes([100] * 6 + [280] * 7)
    brouillon = brouillon_au_seuil(10)
    texte, tableur = StringIO(), StringIO()
    call_command("essayer_le_reglement", brouillon.pk, stdout=texte)
    call_command("essayer_le_reglement", brouillon.pk, "--csv", stdout=tableur)
    assert "toutes les demandes" in texte.getvalue()
    assert tableur.getvalue().splitlines()[1].startswith("Ensemble;toutes les demandes;13;7;7;0;0;6;0;1200.00;2950.00")


def test_la_commande_essaie_une_population_et_refuse_une_ligne_fausse(tmp_path):
    brouillon, fichier = brouillon_au_seuil(10), tmp_path / "cas.jsonl"
    cas = [
        {"situation": entree(s)["situation"], "demande": {"aide": "local_energie", "montant": 50}} for s in [280] * 6
    ]
    fichier.write_text("\n".join(json.dumps(c) for c in cas))
    sortie = StringIO()
    call_command("essayer_le_reglement", brouillon.pk, "--csv", population=fichier, stdout=sortie)
    assert sortie.getvalue().splitlines()[1].startswith("Ensemble;toutes les demandes;6;6;6;0")
    fichier.write_text('{"situation": 3}')
    with pytest.raises(CommandError, match="ligne 1"):
        call_command("essayer_le_reglement", brouillon.pk, population=fichier)


def test_le_tableau_a_la_main_et_l_essai_disent_la_meme_chose():
    """Vingt foyers, deux textes : les sommes de l'essai sont celles de l'évaluateur, demande par demande."""
    avant = EditionFabrique().lu()
    chiffree = {"forme": "fixe", "montant": 120, "hypothese": True}
    tranches = [
        {"libelle": "bas", "moins_de": 7, "effet": "accord", "montant": chiffree, "hypothese": True},
        {"libelle": "haut", "au_moins": 8, "effet": "refus", "hypothese": True},
    ]
    apres = brouillon_au_seuil(10, baremes=[{"tranches": tranches}]).lu()
    passees = [Passee(entree(s, enfants=s % 3), "seul", Decimal(90), Decimal(100)) for s in range(60, 860, 40)]
    essai = comparer(avant, apres, passees, {})
    reponses = [repondre_unitairement(apres, p.entree) for p in passees]
    muettes = sum(r.etat == "indetermine" for r in reponses)
    assert essai.ensemble.sans_reponse == muettes > 0
    assert essai.ensemble.apres == sum(r.montant or 0 for r in reponses)
    assert dire(essai).ensemble.nombre == len(passees)


def test_la_mediane_sert_quand_rien_d_autre_ne_dit_le_montant():
    assert medianes_de([("a", Decimal(10)), ("a", Decimal(30)), ("b", Decimal(5))]) == {"a": 20, "b": 5}
