"""L'ordre de paiement : ce que le comptable public paie, à qui, d'après quelle décision, sur quelle ligne. PDF et tableur."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.lettres.suite import adresse_du_ccas
from pleinsdroits.aides.models import Ordre
from pleinsdroits.aides.regles.iban import iban_lisible
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.socle.papier import composer
from pleinsdroits.socle.templatetags.socle import euros
from pleinsdroits.socle.ville import ville

GABARIT = Path(__file__).parent / "ordre.typ"


@dataclass(frozen=True)
class LigneDOrdre:
    """Une ligne de l'ordre ; ``montant`` en euros, ``iban`` par groupes de quatre."""

    decision: str
    a_qui: str
    iban: str
    compte: str
    ligne: str
    montant: Decimal
    cle: int


def lignes_de_l_ordre(ordre: Ordre, par: Acteur) -> list[LigneDOrdre]:
    """Les paiements de l'ordre que ``par`` peut lire, dans l'ordre des décisions (une requête)."""
    paiements = ordre.paiements.visibles_par(par).select_related("decision__ligne").order_by("decision_id", "rang")
    return [
        LigneDOrdre(
            decision=p.decision.reference,
            a_qui=p.beneficiaire,
            iban=iban_lisible(p.coordonnees),
            compte=p.decision.ligne.code if p.decision.ligne else "",
            ligne=p.decision.ligne.nom if p.decision.ligne else "",
            montant=p.montant,
            cle=p.pk,
        )
        for p in paiements
    ]


def ordre_en_pdf(ordre: Ordre, par: Acteur) -> bytes:
    """L'ordre à signer, en paysage. Lève ``DocumentImpossible`` si le papier ne peut pas se composer."""
    emis = timezone.localtime(ordre.emis_le).date()
    donnees = {
        "titre": _("Ordre de paiement %(n)s") % {"n": ordre.nom},
        "emetteur": [ligne for ligne in adresse_du_ccas() if ligne],
        "ville": ville(settings.VILLE).nom,
        "date": jour_long(emis),
        "regle": jour_long(timezone.localtime(ordre.regle_le).date()) if ordre.regle_le else "",
        "total": euros(ordre.total),
        "lignes": [
            [li.decision, li.a_qui, li.iban, f"{li.compte} {li.ligne}".strip(), euros(li.montant)]
            for li in lignes_de_l_ordre(ordre, par)
        ],
    }
    return composer(GABARIT, donnees)
