"""Ce que partagent les actes de l'étude : rouvrir, vérifier, figer. S'appelle dans un acte, demande verrouillée."""

import datetime as dt
import json
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.calcul import Calcul, CalculImpossible, calculer, entree_du_calcul
from pleinsdroits.aides.catalogue import noms_des_aides
from pleinsdroits.aides.lecture import nom_de_l_orpheline
from pleinsdroits.aides.models import Demande, EtatDemande
from pleinsdroits.aides.pieces_lues import qui_empechent
from pleinsdroits.aides.quartiers import quartier_ou_commune
from pleinsdroits.aides.regles.equite import composition, tranche_d_age
from pleinsdroits.aides.regles.proposition import refus_de_proposer
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.models import Demarche
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.personnes.models import Adresse, Foyer

E = EtatDemande
S_ETUDIENT = (E.RECUE, E.INCOMPLETE, E.COMPLETE, E.INSTRUITE, E.AJOURNEE)
PRETES = (E.COMPLETE, E.INSTRUITE, E.AJOURNEE)
NON_DEMANDES = (Demarche.Etat.DETECTEE, Demarche.Etat.EXPLIQUEE)


def verifier_ouverte(demande: Demande) -> None:
    """Lève ``ValidationError`` si l'on ne peut plus changer le calcul : à l'ordre du jour, décidée, finie."""
    if demande.etat not in S_ETUDIENT:
        mots = {"ou": demande.get_etat_display()}
        raise ValidationError(_("Cette demande est « %(ou)s » : son calcul ne change plus.") % mots)


def rouvrir(demande: Demande, par: Acteur) -> None:
    """Enregistre un changement du calcul ; une proposition déjà faite est à refaire (la demande redevient « complète »)."""
    if demande.etat == E.INSTRUITE:
        franchir(demande, "completer", par)
    else:
        demande.save()


def calcul_ou_refus(demande: Demande) -> Calcul:
    """Le calcul d'aujourd'hui. Lève ``ValidationError`` s'il est impossible, en disant quoi faire."""
    try:
        return calculer(demande, timezone.localdate())
    except CalculImpossible as impossible:
        raise ValidationError(str(impossible)) from None


def verifier_prete(demande: Demande) -> None:
    """Lève ``ValidationError`` s'il manque une pièce indispensable, ou si la demande n'est pas à étudier."""
    if empechent := qui_empechent(demande, demande.pieces.all()):
        raise ValidationError(_("Il manque : %(pieces)s.") % {"pieces": ", ".join(p.libelle for p in empechent)})
    if demande.etat in (E.RECUE, E.INCOMPLETE):
        raise ValidationError(_("Cette demande n’est pas complète : dites d’abord que tous les papiers sont là."))
    if demande.etat not in PRETES:
        verifier_ouverte(demande)


def verifier_le_montant(calcul: Calcul, montant: Decimal | None) -> None:
    """
    Lève ``ValidationError`` : correction qui a perdu sa ligne, double compte à trancher, ou montant que le règlement,
    l'année ou la ligne refusent.
    """
    if calcul.orphelines:
        texte = _("La situation a changé depuis une correction : « %(lignes)s ». Reprenez-la avant de proposer.")
        noms = " », « ".join(nom_de_l_orpheline(c) for c in calcul.orphelines)
        raise ValidationError(texte % {"lignes": noms})
    if calcul.double:
        raise ValidationError(str(calcul.double))
    if refus := refus_de_proposer(montant, calcul.possible):
        raise ValidationError({"montant": refus.en(_)})


def droits_non_demandes(demande: Demande) -> list[str]:
    """
    Les noms des droits trouvés pour ce foyer et que personne n'a encore demandés. Une aide de la ville n'attend pas une autre
    aide de la ville : elle ne vient qu'après ce que la loi donne.
    """
    if demande.foyer_id is None:
        return []
    de_la_ville = {demande.aide, *noms_des_aides(timezone.localdate())}
    trouvees = Demarche.objects.filter(foyer=demande.foyer_id, etat__in=NON_DEMANDES).exclude(droit__in=de_la_ville)
    fiches = catalogue(settings.VILLE)
    droits = dict.fromkeys(trouvees.order_by("pk").values_list("droit", flat=True))
    return [fiches[droit].nom if droit in fiches else droit for droit in droits]


def raison_de_ne_pas_attendre(demande: Demande) -> str:
    """Ce que l'instruction a écrit à la proposition, si elle l'a fait : un nouveau calcul ne l'efface pas."""
    garde = json.loads(demande.calcul) if demande.calcul else {}
    return garde.get("sans_attendre", {}).get("raison", "")


def figer(demande: Demande, calcul: Calcul, *, sans_attendre: str = "") -> None:
    """Garde le calcul entier, son édition, sa tranche, et les groupes du bilan d'équité ; n'enregistre pas."""
    garde = calcul.en_json()
    if sans_attendre:
        garde["sans_attendre"] = {"droits": droits_non_demandes(demande), "raison": sans_attendre}
    evaluation = calcul.evaluation
    demande.calcul = json.dumps(garde, ensure_ascii=False)
    demande.entree = entree_du_calcul(calcul)
    demande.edition = calcul.edition
    demande.etat_du_calcul = evaluation.etat.value
    demande.tranche = " ; ".join(t.libelle for t in evaluation.tranches)[:120]
    demande.composition = composition(calcul.cas.situation)
    demande.tranche_d_age = tranche_d_age(_naissance(demande, calcul), calcul.jour)
    demande.quartier = quartier_ou_commune(_adresse(demande.foyer, calcul.jour))


def _naissance(demande: Demande, calcul: Calcul) -> dt.date:
    connue = demande.personne.naissance if demande.personne else None
    return connue or calcul.cas.situation.demandeur.naissance


def _adresse(foyer: Foyer | None, jour: dt.date) -> Adresse | None:
    """L'adresse du jour."""
    adresses = foyer.adresses.filter(du__lte=jour) if foyer else []
    return next((a for a in adresses if a.au is None or a.au > jour), None)
