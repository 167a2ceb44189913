"""L'ordre du comptable et les chèques, relus dans le PDF lui-même : ce que la loi demande y est, balisé."""

import datetime as dt
import io
from decimal import Decimal

import pikepdf
import pytest
from django.utils import timezone

from pleinsdroits.aides.actions.cheques import annuler_un_cheque, emettre_les_cheques, remettre_les_cheques
from pleinsdroits.aides.actions.paiements import emettre_un_ordre
from pleinsdroits.aides.fabriques import EditionFabrique
from pleinsdroits.aides.papiers.cheques import cheques_en_pdf
from pleinsdroits.aides.papiers.ordre import lignes_de_l_ordre, ordre_en_pdf
from pleinsdroits.aides.papiers.recu import recu_en_pdf
from pleinsdroits.aides.tests.etudes import instruction
from pleinsdroits.aides.tests.versements import paiement_prepare
from pleinsdroits.droits.papier.tests import lire_pdf

pytestmark = pytest.mark.django_db


def texte(pdf: bytes) -> str:
    return " ".join(lire_pdf.texte(pdf).replace("\u00a0", " ").split())


def balise(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as lu:
        return bool(lu.Root.MarkInfo.Marked) and lu.open_metadata()["pdfuaid:part"] == "1"


def test_l_ordre_dit_la_decision_a_qui_combien_et_quelle_ligne():
    agent = instruction()
    virement = paiement_prepare("250.00", "virement", demande={"foyer__demandeur__nom": "Ferrand"})
    facture = paiement_prepare("1234.50", "fournisseur", ligne=virement.decision.ligne)
    ordre = emettre_un_ordre(None, par=agent, paiements=[virement, facture])
    pdf = ordre_en_pdf(ordre, agent)
    lu = texte(pdf)
    for attendu in (
        f"Ordre de paiement {ordre.exercice}-1", virement.decision.reference, "Ferrand", "250,00 €", "1 234,50 €",
        "Électricité d’exemple", virement.decision.ligne.code, "FR76 3000 6000 0112 3456 7890 189", "Total : 1 484,50 €",
    ):  # fmt: skip
        assert attendu in lu, attendu
    assert balise(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as ferme:
        assert "Ferrand" not in str(ferme.open_metadata())


def test_un_ordre_de_quarante_lignes_tient_son_total():
    agent = instruction()
    premier = paiement_prepare("10.01", "virement")
    autres = [paiement_prepare("10.01", "virement", ligne=premier.decision.ligne) for _rang in range(39)]
    ordre = emettre_un_ordre(None, par=agent, paiements=[premier, *autres])
    assert sum(li.montant for li in lignes_de_l_ordre(ordre, agent)) == ordre.total == Decimal("400.40")
    assert "page 2 sur 2" in texte(ordre_en_pdf(ordre, agent))


def test_un_cheque_porte_les_mentions_de_la_loi():
    """CGCT R1611-8 : émetteur et adresse, établissement, numéro, valeur, année ; ce qu'il paie ; la place du commerçant."""
    EditionFabrique()
    agent, paiement = instruction(), paiement_prepare("250.00", "cap", demande={"foyer__demandeur__nom": "Ferrand"})
    cheques = emettre_les_cheques(paiement, par=agent, valeurs=[Decimal(50)] * 5)
    annuler_un_cheque(cheques[0], par=agent, raison="erreur")
    pdf = cheques_en_pdf(paiement)
    lu = texte(pdf)
    annee = cheques[0].valable_jusqu_au.year
    assert lu.count("50,00 €") == 4 and cheques[0].numero not in lu and cheques[4].numero in lu
    for attendu in ("CCAS", f"Année de validité : {annee}", "Ferrand", "Aide pour l’énergie", "Commerçant", "L1611-6"):
        assert attendu in lu, attendu
    assert balise(pdf)


def test_un_cheque_remis_ne_se_reimprime_pas():
    agent, paiement = instruction(), paiement_prepare("50.00", "cap")
    emettre_les_cheques(paiement, par=agent, valeurs=[Decimal(50)])
    remettre_les_cheques(paiement, par=agent)
    with pytest.raises(LookupError):
        cheques_en_pdf(paiement)


def test_le_recu_dit_ce_qui_est_remis_et_ce_qui_sera_rendu():
    agent = instruction()
    cheques = paiement_prepare("100.00", "cap", par=agent)
    with pytest.raises(LookupError):
        recu_en_pdf(cheques)
    emis = emettre_les_cheques(cheques, par=agent, valeurs=[Decimal(50)] * 2)
    lu = texte(recu_en_pdf(cheques))
    assert "J’ai reçu 2 chèques" in lu and emis[1].numero in lu and "100,00 € en tout" in lu
    especes = paiement_prepare("60.00", "virement", par_la_regie=True, demande={"foyer__demandeur__nom": "Ferrand"})
    lu = texte(recu_en_pdf(especes, grand=True))
    assert "J’ai reçu 60,00 € en espèces" in lu and "Ferrand" in lu and especes.decision.reference in lu
    with pytest.raises(LookupError):
        recu_en_pdf(paiement_prepare("60.00", "virement"))


def test_l_avance_se_signe_avec_son_echeancier():
    premiere = timezone.localdate() + dt.timedelta(days=30)
    avance = paiement_prepare("100.00", "avance", mensualites=3, premiere_le=premiere)
    lu = texte(recu_en_pdf(avance))
    assert "Je rends cette avance en 3 fois" in lu and lu.count("33,33 €") == 2 and "33,34 €" in lu
    assert "Si un mois est trop difficile" in lu
