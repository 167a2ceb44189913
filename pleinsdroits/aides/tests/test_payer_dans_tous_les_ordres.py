"""Quel que soit l'ordre des gestes, refusés ou faits : jamais plus payé que décidé, ni que voté ; la caisse jamais vide de trop."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pleinsdroits.aides import budget
from pleinsdroits.aides.actions.avances import rembourser_l_avance
from pleinsdroits.aides.actions.cheques import (
    annuler_un_cheque,
    emettre_les_cheques,
    remettre_les_cheques,
    utiliser_un_cheque,
)
from pleinsdroits.aides.actions.paiements import (
    annuler_le_paiement,
    emettre_un_ordre,
    preparer_le_paiement,
    regler_l_ordre,
)
from pleinsdroits.aides.actions.regie import approvisionner_la_regie, remettre_en_regie
from pleinsdroits.aides.actions.rejets import noter_un_rejet
from pleinsdroits.aides.actions.renoncer import renoncer_au_reste, renoncer_aux_cheques
from pleinsdroits.aides.fabriques import LigneBudgetaireFabrique
from pleinsdroits.aides.models import Cheque, Mensualite, OperationDeRegie, Ordre, Paiement
from pleinsdroits.aides.regles.echeancier import partager
from pleinsdroits.aides.tests.versements import IBAN, decision_engagee
from pleinsdroits.aides.verser import solde_de_la_regie
from pleinsdroits.comptes.acteur import Acteur

ESSAI = Acteur.systeme("essai")
SOMMES = st.decimals(min_value="0.01", max_value=300, places=2)
GESTES = st.lists(
    st.tuples(
        st.sampled_from(
            ["preparer", "annuler", "ordonner", "regler", "emettre", "remettre", "utiliser", "perdre", "caisse"]
            + ["remettre_en_main", "rembourser", "renoncer", "rendre", "rejeter"]
        ),
        SOMMES,
        st.integers(0, 3),
        st.booleans(),
    ),
    min_size=8,
    max_size=30,
)


def _choisi(objets, rang):
    """L'un des objets, n'importe lequel : même s'il n'est plus à l'état voulu."""
    lus = list(objets.order_by("pk"))
    return lus[rang % len(lus)] if lus else None


class Caissier:
    """Fait un geste au hasard sur une décision ; rend faux s'il est refusé, ou s'il n'a pas d'objet."""

    def __init__(self, decision):
        self.decision = decision

    def faire(self, geste, somme, rang, par_la_regie) -> bool:
        try:
            return getattr(self, geste)(somme, rang, par_la_regie) is not None
        except ValidationError:
            return False

    def preparer(self, somme, _rang, par_la_regie):
        avance = {"mensualites": 3, "premiere_le": timezone.localdate() + dt.timedelta(days=30)}
        choix = avance if self.decision.forme == "avance" else {}
        if self.decision.forme != "cap":
            choix |= {"par_la_regie": par_la_regie, "coordonnees": "" if par_la_regie else IBAN}
        return preparer_le_paiement(self.decision, par=ESSAI, montant=somme, **choix)

    def annuler(self, _somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and annuler_le_paiement(p, par=ESSAI)

    def ordonner(self, _somme, _rang, _regie):
        return emettre_un_ordre(None, par=ESSAI, paiements=list(Paiement.objects.a_ordonner()))

    def regler(self, _somme, rang, _regie):
        o = _choisi(Ordre.objects, rang)
        return o and regler_l_ordre(o, par=ESSAI)

    def emettre(self, somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and emettre_les_cheques(p, par=ESSAI, valeurs=partager(p.montant, min(max(somme, 20), 150)))

    def remettre(self, _somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and remettre_les_cheques(p, par=ESSAI)

    def utiliser(self, _somme, rang, _regie):
        c = _choisi(Cheque.objects, rang)
        return c and utiliser_un_cheque(c, par=ESSAI, chez="Épicerie")

    def perdre(self, _somme, rang, _regie):
        c = _choisi(Cheque.objects, rang)
        return c and annuler_un_cheque(c, par=ESSAI, raison="perdu")

    def caisse(self, somme, _rang, _regie):
        return approvisionner_la_regie(None, par=ESSAI, montant=somme)

    def remettre_en_main(self, _somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and remettre_en_regie(p, par=ESSAI)

    def rembourser(self, somme, rang, en_caisse):
        p = _choisi(Paiement.objects, rang)
        return p and rembourser_l_avance(p, par=ESSAI, montant=somme, le=timezone.localdate(), en_caisse=en_caisse)

    def rendre(self, _somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and renoncer_aux_cheques(p, par=ESSAI)

    def rejeter(self, _somme, rang, _regie):
        p = _choisi(Paiement.objects, rang)
        return p and noter_un_rejet(p, par=ESSAI)

    def renoncer(self, _somme, _rang, _regie):
        return renoncer_au_reste(self.decision, par=ESSAI)


def _somme(ensemble, champ="montant") -> Decimal:
    return (ensemble.aggregate(s=Sum(champ))["s"] or Decimal(0)).quantize(Decimal("0.01"))


class ToutSeCompte(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(forme=st.sampled_from(["cap", "virement", "avance"]), gestes=GESTES)
    def test_rien_ne_se_paie_deux_fois_dans_aucun_ordre(self, forme, gestes):
        ligne = LigneBudgetaireFabrique(vote=Decimal(300))
        decision = decision_engagee("250.00", forme, ligne=ligne)
        caissier = Caissier(decision)
        caissier.faire("preparer", Decimal(120), 0, False)  # la plupart des gestes attendent un paiement
        for geste in gestes:
            caissier.faire(*geste)
            self.verifier(decision, ligne)

    def verifier(self, decision, ligne):
        ligne.refresh_from_db()
        decision.demande.refresh_from_db()
        actifs = Paiement.objects.exclude(etat="annule")
        donne = _somme(Cheque.objects.filter(etat__in=("remis", "utilise")), "valeur")
        donne += _somme(actifs.filter(etat="paye").exclude(forme="cap"))
        assert ligne.paye == donne <= ligne.engage <= ligne.vote, "le payé du budget est ce qui a été donné"
        assert _somme(actifs) <= budget.engage_de(decision) <= decision.montant
        assert solde_de_la_regie() >= 0
        remises = OperationDeRegie.objects.filter(sens="remise")
        assert _somme(remises) == _somme(actifs.filter(etat="paye", par_la_regie=True))
        numeros = list(OperationDeRegie.objects.values_list("numero", flat=True))
        assert numeros == list(range(1, len(numeros) + 1)), "le registre n'a pas de trou"
        assert all(0 <= m.rendu <= m.montant for m in Mensualite.objects.all())
        if decision.demande.etat == "payee":
            assert budget.reste_a_payer(decision) == 0 or Cheque.objects.filter(etat="annule").exists()
