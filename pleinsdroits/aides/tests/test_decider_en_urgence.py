"""L'urgence : la présidence décide le jour même ce que le conseil lui délègue, et lui en rend compte."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.instruire import corriger_une_ligne, proposer
from pleinsdroits.aides.actions.urgence import decider_en_urgence
from pleinsdroits.aides.fabriques import EditionFabrique
from pleinsdroits.aides.models import Decision, LigneBudgetaire
from pleinsdroits.aides.tests.etudes import CREDIT, LOYER, demande_ferrand, edition, instruction, presidence
from pleinsdroits.socle.conflit import Conflit

pytestmark = pytest.mark.django_db
CHOIX = {"montant": Decimal(80), "forme": "cap", "raisons": "Plus rien à manger ce soir."}


@pytest.fixture
def urgente():
    return demande_ferrand(urgence=True)


def refus(demande, **donnees) -> str:
    with pytest.raises(ValidationError) as leve:
        decider_en_urgence(demande, par=presidence(), **{**CHOIX, **donnees})
    assert not Decision.objects.exists(), "rien n’est gardé"
    return " ".join(leve.value.messages).replace("\u00a0", " ")


def test_la_presidence_decide_le_jour_meme_et_le_conseil_l_apprendra(urgente):
    edition()
    proposer(urgente, par=instruction(), montant=Decimal(80))
    president = presidence()
    decision = decider_en_urgence(urgente, par=president, **CHOIX)
    urgente.refresh_from_db()
    assert (urgente.etat, urgente.resultat, urgente.montant_accorde) == ("decidee", "accord", Decimal(80))
    assert decision.par_delegation and str(decision.signataire_id) == president.identifiant
    assert timezone.localdate(decision.prise_le) == timezone.localdate()
    assert decision.articles == ["5", "8", "12", "9"] and decision.edition == urgente.edition
    assert list(Decision.objects.a_rapporter()) == [decision]
    assert LigneBudgetaire.objects.get().engage == Decimal(80)


def test_une_demande_complete_se_decide_sans_attendre_la_proposition(urgente):
    edition()
    decider_en_urgence(urgente, par=presidence(), **CHOIX)
    urgente.refresh_from_db()
    assert urgente.calcul and urgente.edition and urgente.composition == "parent_seul"


def test_corrigee_depuis_la_proposition_c_est_le_nouveau_calcul_qui_est_garde(urgente):
    edition()
    proposer(urgente, par=instruction(), montant=Decimal(80))
    corriger_une_ligne(urgente, par=instruction(), cle=CREDIT, comptee=False, raison="Crédit fini.")
    decider_en_urgence(urgente, par=presidence(), **CHOIX)
    urgente.refresh_from_db()
    assert "Crédit fini." in urgente.calcul


def test_le_reglement_change_entre_l_etude_et_l_urgence_la_decision_cite_celui_du_jour(urgente):
    ancienne = edition()
    proposer(urgente, par=instruction(), montant=Decimal(80))
    neuve = EditionFabrique(libelle="2", effet=timezone.localdate(), document=ancienne.document)
    decision = decider_en_urgence(urgente, par=presidence(), **CHOIX)
    urgente.refresh_from_db()
    assert decision.edition == urgente.edition == neuve and ancienne != neuve


def test_moins_que_demande_est_un_accord_en_partie(urgente):
    edition()
    decider_en_urgence(urgente, par=presidence(), **{**CHOIX, "montant": Decimal(50)})
    urgente.refresh_from_db()
    assert urgente.resultat == "accord_partiel"


def test_au_dessus_de_la_delegation_le_refus_dit_la_limite_et_l_article(urgente):
    edition()
    dit = refus(urgente, montant=Decimal(200))
    assert dit == "200 € dépasse ce que le conseil délègue à la présidence pour cette aide (150 €, article 9)."


def test_sans_delegation_la_demande_passe_en_commission(urgente):
    EditionFabrique(document=sans_delegation())
    assert "ne délègue pas cette aide à la présidence" in refus(urgente)


def sans_delegation() -> dict:
    document = EditionFabrique.build().document
    for aide in document["aides"]:
        aide["decide"] = [{"qui": "commission_permanente", "article": "10"}]
    return document


@pytest.mark.parametrize(
    ("donnees", "dit"),
    [
        ({"montant": Decimal(-1)}, "n’est pas un montant possible"),
        ({"montant": Decimal(0)}, "Un refus ne se décide pas en urgence"),
        ({"forme": "fournisseur"}, "Choisissez une forme que le règlement prévoit"),
        ({"raisons": " "}, "Donnez une raison"),
    ],
)
def test_ce_qui_ne_va_pas_est_dit(urgente, donnees, dit):
    edition()
    assert dit in refus(urgente, **donnees)


def test_une_ligne_epuisee_arrete_tout(urgente):
    edition()
    LigneBudgetaire.objects.update(vote=Decimal(50))
    assert "ligne du budget (50 €)" in refus(urgente)
    urgente.refresh_from_db()
    assert urgente.etat == "complete"


def test_changee_pendant_la_lecture_elle_se_relit(urgente):
    edition()
    lue = urgente.version
    corriger_une_ligne(urgente, par=instruction(), cle=LOYER, comptee=False, raison="Hébergée.")
    with pytest.raises(Conflit):
        decider_en_urgence(urgente, par=presidence(), lue=lue, **CHOIX)


def test_deux_fois_ne_se_peut_pas(urgente):
    edition()
    decider_en_urgence(urgente, par=presidence(), **CHOIX)
    with pytest.raises(ValidationError):
        decider_en_urgence(urgente, par=presidence(), **CHOIX)
    assert Decision.objects.count() == 1


def test_ni_l_instruction_ni_une_demande_ordinaire_ne_passent_par_la(urgente):
    edition()
    with pytest.raises(PermissionDenied):
        decider_en_urgence(urgente, par=instruction(), **CHOIX)
    with pytest.raises(PermissionDenied):
        decider_en_urgence(demande_ferrand(urgente=False), par=presidence(), **CHOIX)
