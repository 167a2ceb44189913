"""Le calcul se relit à la main : chaque ligne, chaque correction, ce qui reste de l'année."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from pleinsdroits.aides.actions.instruire import ajouter_une_ligne, corriger_une_ligne, retirer_une_correction
from pleinsdroits.aides.bareme_lu import limites_gardees
from pleinsdroits.aides.calcul import CalculImpossible, calculer, cas_de
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.tests.etudes import (
    APL,
    APL_ECARTEE,
    CREDIT,
    ENERGIE,
    LOYER,
    SALAIRE,
    demande_ferrand,
    edition,
    instruction,
)
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.corrections import Correction
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation as Etat
from pleinsdroits.droits.reglement.evaluer import evaluer
from pleinsdroits.personnes.models import Adresse

pytestmark = pytest.mark.django_db


def aujourd_hui():
    return timezone.localdate()


def valeur(demande) -> Decimal:
    return calculer(demande, aujourd_hui()).evaluation.grandeur.valeur


def test_le_reste_a_vivre_se_refait_a_la_main():
    EditionFabrique()
    calcul = calculer(demande_ferrand(), aujourd_hui())
    assert [(li.cle, li.ligne.retenu) for li in calcul.lignes] == [
        (SALAIRE, Decimal("982")),
        (APL, Decimal("250")),
        (LOYER, Decimal("600")),
        (ENERGIE, Decimal("80.85")),
        (CREDIT, Decimal("89")),
    ]
    grandeur = calcul.evaluation.grandeur
    assert (grandeur.ressources - grandeur.charges, grandeur.valeur) == (Decimal("462.15"), Decimal("5.14"))
    assert calcul.evaluation.tranches[0].libelle == "Reste à vivre sous le seuil d’exemple"
    assert calcul.double is None and calcul.possible.reste_ligne == Decimal("10000")


def test_ne_pas_compter_le_credit_change_le_resultat_et_se_retire():
    EditionFabrique()
    demande, ines = demande_ferrand(), instruction()
    corriger_une_ligne(demande, par=ines, cle=CREDIT, comptee=False, raison="Crédit déjà fini.")
    assert valeur(demande) == Decimal("6.12"), "551,15 ÷ 30 ÷ 3 = 6,124"
    ligne = next(li for li in calculer(demande, aujourd_hui()).lignes if li.correction)
    assert (ligne.correction.raison, str(ligne.ligne.raison)) == ("Crédit déjà fini.", "Non comptée à l’étude.")
    retirer_une_correction(demande, par=ines, correction=ligne.correction)
    assert valeur(demande) == Decimal("5.14")


def test_remettre_une_ligne_comme_le_reglement_efface_la_correction():
    EditionFabrique()
    demande, ines = demande_ferrand(), instruction()
    for comptee in (False, True):
        corriger_une_ligne(demande, par=ines, cle=LOYER, comptee=comptee, raison="Vu avec la personne.")
    assert not demande.corrections.exists() and valeur(demande) == Decimal("5.14")


def test_une_ligne_ajoutee_compte_et_garde_son_nom_hors_de_l_evaluation():
    EditionFabrique()
    demande = demande_ferrand()
    ajouter_une_ligne(
        demande, par=instruction(), sens="ressource", libelle="Aide de tante Rose", montant=Decimal(90), raison="Dit."
    )
    calcul = calculer(demande, aujourd_hui())
    assert valeur(demande) == Decimal("6.14"), "552,15 ÷ 90 = 6,135"
    assert calcul.lignes[-1].libelle == "Aide de tante Rose"
    assert "Rose" not in json.dumps(calcul.evaluation.en_json()), "l’évaluation sert aussi aux pièces anonymes"


def test_le_calcul_garde_se_rejoue_sans_la_base():
    """Ce qui est gardé suffit à refaire le même calcul : c'est ce qui permet d'essayer un règlement."""
    regle = EditionFabrique().lu()
    demande = demande_ferrand()
    corriger_une_ligne(demande, par=instruction(), cle=CREDIT, comptee=False, raison="Fini.")
    garde = json.loads(json.dumps(calculer(demande, aujourd_hui()).en_json()))
    corrections = [Correction.depuis_json(c) for c in garde["corrections"]]
    rejoue = evaluer(regle, Cas.model_validate(garde["cas"]), dt.date.fromisoformat(garde["jour"]), corrections)
    assert rejoue.en_json() == garde["evaluation"]


def test_ce_que_le_foyer_a_deja_eu_cette_annee_est_compte():
    edition()
    demande = demande_ferrand()
    champs = {"foyer": demande.foyer, "accordee": True, "montant_accorde": Decimal("115.50")}
    DemandeFabrique(**champs)
    DemandeFabrique(**champs, aide="local_hygiene")
    DemandeFabrique(**champs, decidee_le=timezone.now() - dt.timedelta(days=400))
    DemandeFabrique(foyer=demande.foyer, refusee=True)
    cas = cas_de(demande, aujourd_hui())
    assert [a.montant for a in cas.demande.accords] == [Decimal("115.50")]
    assert calculer(demande, aujourd_hui()).possible.reste_periode == Decimal("184.50")


@pytest.mark.parametrize(("jour", "etat"), [("2026-06-30", Etat.REFUSE), ("2026-07-01", Etat.ACCORDE_POSSIBLE)])
def test_une_aide_par_semestre_se_compte_du_premier_au_dernier_jour_du_semestre(jour, etat):
    edition(local_energie={"frequence": {"nombre": 1, "par": "semestre", "article": "12"}, "plafond": None})
    demande = demande_ferrand()
    accord = timezone.make_aware(dt.datetime(2026, 6, 30, 23, 30))  # le 30 juin à Paris, encore le 30 à 21 h 30 UTC
    DemandeFabrique(foyer=demande.foyer, accordee=True, montant_accorde=Decimal(80), decidee_le=accord)
    calcul = calculer(demande, dt.date.fromisoformat(jour))
    assert calcul.evaluation.etat is etat
    assert calcul.deja.dernier == dt.date(2026, 6, 30)


def test_minuit_passe_a_paris_l_aide_est_du_semestre_suivant():
    edition(local_energie={"frequence": {"nombre": 1, "par": "semestre", "article": "12"}, "plafond": None})
    demande = demande_ferrand()
    accord = timezone.make_aware(dt.datetime(2026, 7, 1, 0, 30))  # le 30 juin, 22 h 30, en temps universel
    DemandeFabrique(foyer=demande.foyer, accordee=True, montant_accorde=Decimal(80), decidee_le=accord)
    assert calculer(demande, dt.date(2026, 7, 2)).evaluation.etat is Etat.REFUSE


def test_un_calcul_garde_avant_les_dates_dit_encore_ses_limites():
    edition()
    calcul = calculer(demande_ferrand(), aujourd_hui())
    garde = calcul.en_json()
    garde["cas"]["demande"].pop("accords")
    garde["cas"]["demande"] |= {"deja_accorde": 120, "deja_aide": 1}
    plafond = limites_gardees(garde, calcul.aide)[0].replace("\u00a0", " ")
    assert "120 € sur 300 €. Il reste 180 € (article 12)." in plafond


def test_on_habite_la_ville_d_adresse_en_adresse_sans_trou():
    edition()
    demande = demande_ferrand()
    Adresse.objects.filter(foyer=demande.foyer).update(au="2024-06-01")
    Adresse.objects.create(foyer=demande.foyer, commune="IVRY SUR SEINE", du="2024-06-01")
    assert cas_de(demande, aujourd_hui()).demande.habite_depuis == dt.date(2020, 2, 1)
    Adresse.objects.filter(foyer=demande.foyer, au__isnull=False).update(au="2023-01-01")
    assert cas_de(demande, aujourd_hui()).demande.habite_depuis == dt.date(2024, 6, 1)


def test_sans_situation_le_calcul_dit_quoi_faire():
    EditionFabrique()
    with pytest.raises(CalculImpossible, match="situation du foyer n’est pas notée"):
        calculer(DemandeFabrique(complete=True), aujourd_hui())


def test_sans_reglement_le_calcul_dit_quoi_faire():
    with pytest.raises(CalculImpossible, match="Aucun règlement en vigueur"):
        calculer(demande_ferrand(), aujourd_hui())


def test_une_reponse_manquante_est_demandee_et_rien_n_est_refuse():
    EditionFabrique()
    calcul = calculer(demande_ferrand(budget={"charges": None}), aujourd_hui())
    assert calcul.evaluation.etat == "a_completer"
    assert [m.champ for m in calcul.evaluation.manque] == ["situation.charges"]


def test_un_texte_muet_le_dit_avec_ses_articles():
    muette = {
        "baremes": [
            {
                "tranches": [
                    {"libelle": "Sous 3 €", "moins_de": 3, "effet": "refus", "article": "5"},
                    {"libelle": "Dès 3 €", "au_moins": 3, "effet": "muet", "article": "6"},
                ]
            }
        ]
    }
    edition(local_energie=muette)
    evaluation = calculer(demande_ferrand(), aujourd_hui()).evaluation
    assert (evaluation.etat, evaluation.articles) == ("indetermine", ("6",))


def test_une_aide_arretee_apres_le_depot_se_calcule_a_son_dernier_jour():
    hier = aujourd_hui() - dt.timedelta(days=1)
    edition(local_energie={"fermee_le": hier.isoformat()})
    assert calculer(demande_ferrand(), aujourd_hui()).evaluation.etat == "accorde_possible"
    tardive = demande_ferrand(recue_le=timezone.now())
    assert calculer(tardive, aujourd_hui()).evaluation.etat == "refuse"


def test_l_aide_au_logement_ne_compte_jamais_deux_fois():
    document = EditionFabrique.build().document
    compte = document["comptes"]["budget"]
    compte["charges"]["loyer"]["compter"] = "net"
    compte["ressources"]["aide_logement"]["choix"] = "exclure"
    EditionFabrique(document=document)
    demande, ines = demande_ferrand(), instruction()
    assert calculer(demande, aujourd_hui()).double is None
    corriger_une_ligne(demande, par=ines, cle=APL_ECARTEE, comptee=True, raison="Reçue chaque mois.")
    assert "compterait deux fois. Choisissez." in str(calculer(demande, aujourd_hui()).double)


def test_une_apl_ecrite_a_la_main_ne_s_ajoute_pas_a_celle_du_foyer():
    EditionFabrique()
    demande = demande_ferrand()
    ajouter_une_ligne(demande, par=instruction(), sens="ressource", libelle="APL", montant=Decimal(250), raison="Vue.")
    assert "la compte deux fois" in str(calculer(demande, aujourd_hui()).double)
