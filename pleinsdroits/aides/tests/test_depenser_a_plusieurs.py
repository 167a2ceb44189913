"""
Des processus, pas des fils : plusieurs décident sur la même ligne, paient la même somme. La ligne n'est jamais dépassée,
aucune mise à jour ne se perd, rien ne part deux fois ; sur SQLite comme sur PostgreSQL.
"""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connections, transaction

from pleinsdroits.aides import decider
from pleinsdroits.aides.actions.cheques import emettre_les_cheques, remettre_les_cheques, utiliser_un_cheque
from pleinsdroits.aides.actions.paiements import emettre_un_ordre, preparer_le_paiement, regler_l_ordre
from pleinsdroits.aides.actions.regie import approvisionner_la_regie, remettre_en_regie
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import (
    Cheque,
    Decision,
    Demande,
    EcritureBudgetaire,
    LigneBudgetaire,
    OperationDeRegie,
    Ordre,
    Paiement,
)
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import IBAN, decision_engagee, paiement_prepare
from pleinsdroits.aides.verser import solde_de_la_regie
from pleinsdroits.comptes.acteur import Acteur

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.base]
# « fork » : chaque processus ouvre sa propre connexion, et commence sans recharger tout le logiciel.
FOURCHE = multiprocessing.get_context("fork")
ESSAI = Acteur.systeme("essai")


def a_plusieurs(faire, parts: list) -> list:
    """``faire(part)`` dans un processus par part, tous en même temps ; rend ce que chacun rend."""
    connections.close_all()
    with ProcessPoolExecutor(len(parts), mp_context=FOURCHE) as processus:
        return list(processus.map(faire, parts))


def _decider(cles: list[int]) -> list[Decimal]:
    """Décide chaque demande ; rend les sommes refusées faute de crédit."""
    refusees = []
    for cle in cles:
        montant = Decimal(300 + cle % 1100) / 100
        try:
            _une_decision(cle, montant)
        except ValidationError:
            refusees.append(montant)
    connections.close_all()
    return refusees


def _une_decision(cle: int, montant: Decimal) -> None:
    """SQLite ne fait pas la queue : qui attend plus de vingt secondes son tour est renvoyé, et recommence entier."""
    for essai in range(5):
        try:
            with transaction.atomic():
                demande = Demande.objects.select_for_update(of=("self",)).get(pk=cle)
                decider.arreter(
                    demande, par=ESSAI, sens="accord", decideur="commission_permanente", raisons="essai",
                    montant=montant, forme="cap",
                )  # fmt: skip
            return
        except OperationalError:
            if essai == 4:
                raise


@transaction.atomic
def _demandes(combien: int) -> list[int]:
    """Des demandes à l'ordre du jour, du même foyer : ``bulk_create``, pour ne pas attendre."""
    modele = DemandeFabrique(inscrite=True, edition=EditionFabrique())
    commun = {c: getattr(modele, c) for c in ("foyer", "personne", "aide", "canal", "etat", "silence_le", "edition")}
    Demande.objects.bulk_create(Demande(**commun) for _rang in range(combien))
    return list(Demande.objects.exclude(pk=modele.pk).values_list("pk", flat=True))


def _decider_a_plusieurs(processus: int, chacun: int) -> None:
    cles = _demandes(processus * chacun)
    total = sum(Decimal(300 + cle % 1100) / 100 for cle in cles)
    vote = (total * Decimal("0.7")).quantize(Decimal("0.01"))
    ligne = LigneBudgetaireFabrique(vote=vote)
    debut = time.monotonic()
    refusees = sum(a_plusieurs(_decider, [cles[n::processus] for n in range(processus)]), [])
    duree = time.monotonic() - debut
    ligne.refresh_from_db()
    decidees = list(Decision.objects.values_list("pk", "montant"))
    ecritures = dict(EcritureBudgetaire.objects.filter(sens="engager").values_list("decision", "montant"))
    print(
        f"{connections['default'].vendor} : {processus} processus, {len(cles)} décisions en {duree:.1f} s, "
        f"{len(decidees)} accordées, {len(refusees)} refusées, engagé {ligne.engage} sur {vote}"
    )
    assert len(decidees) + len(refusees) == len(cles) and refusees
    assert ligne.engage == sum(ecritures.values()) == sum(m for _pk, m in decidees), "aucune mise à jour perdue"
    assert ecritures == dict(decidees), "une écriture par décision"
    assert ligne.engage <= vote, "jamais dépassée"
    assert min(refusees) > vote - ligne.engage, "rien de refusé qui tenait encore"
    assert Demande.objects.filter(etat="decidee").count() == len(decidees), "rien d'écrit à moitié"


def test_quatre_processus_decident_sans_jamais_depasser_la_ligne():
    _decider_a_plusieurs(4, 25)


@pytest.mark.long
def test_huit_processus_et_deux_cents_decisions_chacun():
    _decider_a_plusieurs(8, 200)


def _essayer(faire, _part) -> bool:
    """Vrai si l'acte est passé, faux s'il a été refusé."""
    try:
        faire()
    except ValidationError:
        return False
    finally:
        connections.close_all()
    return True


def _combien_passent(faire) -> int:
    return sum(a_plusieurs(partial(_essayer, faire), [0, 1, 2]))


def _preparer(cle: int) -> None:
    preparer_le_paiement(Decision.objects.get(pk=cle), par=ESSAI, coordonnees=IBAN)


def _ordonner(cle: int) -> None:
    emettre_un_ordre(None, par=ESSAI, paiements=[Paiement.objects.get(pk=cle)])


def _regler(cle: int) -> None:
    regler_l_ordre(Ordre.objects.get(pk=cle), par=ESSAI)


def _remettre(cle: int) -> None:
    remettre_en_regie(Paiement.objects.get(pk=cle), par=ESSAI)


def _remettre_les_cheques(cle: int) -> None:
    remettre_les_cheques(Paiement.objects.get(pk=cle), par=ESSAI)


def _utiliser(cle: int) -> None:
    utiliser_un_cheque(Cheque.objects.get(pk=cle), par=ESSAI, chez="Épicerie d’exemple")


def test_le_meme_virement_ne_se_prepare_ne_s_ordonne_et_ne_se_regle_qu_une_fois():
    decision = decision_engagee("250.00", "virement")
    assert _combien_passent(partial(_preparer, decision.pk)) == 1
    paiement = Paiement.objects.get()
    assert _combien_passent(partial(_ordonner, paiement.pk)) == 1
    assert _combien_passent(partial(_regler, Ordre.objects.get().pk)) == 1
    assert LigneBudgetaire.objects.get().paye == Decimal(250)
    assert EcritureBudgetaire.objects.filter(sens="payer").count() == 1


def test_le_meme_argent_ne_sort_qu_une_fois_de_la_caisse():
    approvisionner_la_regie(None, par=instruction(), montant=Decimal(500))
    paiement = paiement_prepare("80.00", "virement", par_la_regie=True)
    assert _combien_passent(partial(_remettre, paiement.pk)) == 1
    assert OperationDeRegie.objects.filter(sens="remise").count() == 1 and solde_de_la_regie() == Decimal(420)


def test_une_caisse_trop_courte_pour_deux_ne_paie_que_le_premier():
    approvisionner_la_regie(None, par=instruction(), montant=Decimal(100))
    paiements = [paiement_prepare("80.00", "virement", par_la_regie=True).pk for _rang in range(3)]
    passes = a_plusieurs(_remise_passe, paiements)
    assert sum(passes) == 1 and solde_de_la_regie() == Decimal(20)
    assert list(OperationDeRegie.objects.values_list("numero", flat=True)) == [1, 2]


def _remise_passe(cle: int) -> bool:
    return _essayer(partial(_remettre, cle), None)


def test_les_memes_cheques_ne_se_remettent_et_ne_s_utilisent_qu_une_fois():
    paiement = paiement_prepare("50.00", "cap")
    (cheque,) = emettre_les_cheques(paiement, par=instruction(), valeurs=[Decimal(50)])
    assert _combien_passent(partial(_remettre_les_cheques, paiement.pk)) == 1
    assert LigneBudgetaire.objects.get().paye == Decimal(50)
    assert _combien_passent(partial(_utiliser, cheque.pk)) == 1
    assert Cheque.objects.get().etat == "utilise"


def _emettre(cle: int) -> list[str]:
    cheques = emettre_les_cheques(Paiement.objects.get(pk=cle), par=ESSAI, valeurs=[Decimal(5)] * 10)
    connections.close_all()
    return [c.numero for c in cheques]


def test_la_serie_des_cheques_reste_continue():
    numeros = sorted(sum(a_plusieurs(_emettre, [paiement_prepare("50.00", "cap").pk for _rang in range(3)]), []))
    debut = numeros[0].partition("-")[0]
    assert numeros == [f"{debut}-{n:06d}" for n in range(1, 31)]
