"""
Des demandes d'aide plausibles sur vingt-quatre mois : leurs dates, leurs durées d'étape, leur entrée de calcul, leurs
décisions. Toujours les mêmes pour une graine. Sert aux mesures ; ne crée ni séance ni paiement.
"""

import datetime as dt
import json
import random
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pleinsdroits.aides.avancer import DUREES
from pleinsdroits.aides.fabriques import EditionFabrique, LigneBudgetaireFabrique
from pleinsdroits.aides.models import Decision, Demande, DureeEtape, EditionDuReglement, EtatDemande
from pleinsdroits.aides.regles.equite import composition, tranche_d_age
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.droits.reglement.rapide import repondeur
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.personnes.fabriques import FoyerFabrique
from pleinsdroits.personnes.models import Foyer

E = EtatDemande
MOIS, PAR_LOT, MODELES, FOYERS = 24, 2_000, 1_500, 60
AIDES = {
    "local_energie": 30, "local_alimentaire": 34, "local_hygiene": 8, "local_telephone": 6, "local_secours": 16,
    "local_avance": 6,
}  # fmt: skip
QUARTIERS = ("Ivry-Port", "Petit-Ivry", "Centre", "Monmousseau", "Gagarine", "Plateau")
ETAPES = (("complete_le", 6), ("instruite_le", 5), ("inscrite_le", 3), ("decidee_le", 9), ("notifiee_le", 2),
          ("en_paiement_le", 3), ("payee_le", 6))  # fmt: skip
EN_CHEMIN = {
    "complete_le": E.COMPLETE, "instruite_le": E.INSTRUITE, "inscrite_le": E.INSCRITE, "decidee_le": E.DECIDEE,
    "notifiee_le": E.NOTIFIEE, "en_paiement_le": E.EN_PAIEMENT, "payee_le": E.PAYEE,
}  # fmt: skip
CANAUX = list(Demande.Canal.values)


def peupler_les_aides(nombre: int = 50_000, *, graine: int = 5, jour: dt.date | None = None) -> EditionDuReglement:
    """
    Crée ``nombre`` demandes déposées dans les ``MOIS`` mois avant ``jour`` (aujourd'hui), et rend l'édition du règlement
    qui les a jugées. Les plus anciennes sont finies, les récentes en chemin ; quelques-unes traînent.
    """
    fabrique = _Fabrique(graine, jour or timezone.localdate())
    reste = nombre
    while reste > 0:
        with transaction.atomic():
            fabrique.un_lot(min(PAR_LOT, reste))
        reste -= PAR_LOT
    return fabrique.edition


class _Fabrique:
    def __init__(self, graine: int, jour: dt.date):
        self.hasard = random.Random(graine)
        self.jour, self.maintenant = jour, timezone.now()
        self.edition = EditionFabrique()
        self.repondre = repondeur(self.edition.lu())
        self.agents = [AgentFabrique(role=Role.INSTRUCTEUR) for _ in range(6)]
        self.foyers: list[Foyer] = [FoyerFabrique() for _ in range(FOYERS)]
        self.modeles = [self._modele(s) for s in situations(MODELES, jour=jour, graine=graine)]
        ans = sorted({jour.year - recul for recul in range(3)})
        self.lignes = {an: LigneBudgetaireFabrique(exercice=an, vote=Decimal(90_000_000)) for an in ans}

    def un_lot(self, combien: int) -> None:
        demandes = [self._demande() for _ in range(combien)]
        Demande.objects.bulk_create(demandes, batch_size=500)
        DureeEtape.objects.bulk_create([d for demande in demandes for d in durees(demande)], batch_size=2_000)
        Decision.objects.bulk_create([self._decision(d) for d in demandes if d.decidee_le], batch_size=500)

    def _modele(self, situation) -> tuple[dict, str, str]:
        cas = Cas(situation=situation, demande=DemandeDuCas(aide="local_energie"))
        entree = json.loads(entree_de(cas, self.jour))
        return entree, composition(situation), tranche_d_age(situation.demandeur.naissance, self.jour)

    def _demande(self) -> Demande:
        """L'état d'une demande ne se pose qu'à sa création : on réunit d'abord tout ce qu'elle est."""
        hasard = self.hasard
        recue = self.maintenant - dt.timedelta(days=hasard.randrange(MOIS * 30), hours=hasard.randrange(24))
        aide = hasard.choices(list(AIDES), list(AIDES.values()))[0]
        champs = {
            "foyer": hasard.choice(self.foyers), "aide": aide, "canal": hasard.choice(CANAUX), "recue_le": recue,
            "montant_demande": Decimal(hasard.randrange(30, 600, 5)), "urgente": aide == "local_secours",
            "silence_le": ajouter_mois(timezone.localtime(recue).date(), 2), "accusee_le": recue,
            "instructeur": hasard.choice(self.agents), "quartier": hasard.choice(QUARTIERS),
        }  # fmt: skip
        champs |= self._dates(recue)
        if "instruite_le" in champs:
            champs |= self._etude(champs)
        if champs.get("resultat") == Demande.Resultat.REFUS and "notifiee_le" in champs:
            champs |= {"etat": E.NOTIFIEE, "en_paiement_le": None, "payee_le": None}
        return Demande(**champs)

    def _dates(self, recue: dt.datetime) -> dict:
        """Chaque étape dure quelques jours, parfois bien plus ; celles qui dépassent aujourd'hui restent à faire."""
        quand, dates = recue, {"etat": E.RECUE}
        for champ, moyenne in ETAPES:
            lente = 4 if self.hasard.random() < 0.05 else 1
            quand += dt.timedelta(days=self.hasard.expovariate(1 / (moyenne * lente)))
            if quand > self.maintenant:
                break
            dates |= {champ: quand, "etat": EN_CHEMIN[champ]}
        return dates

    def _etude(self, champs: dict) -> dict:
        modele, sorte, ages = self.hasard.choice(self.modeles)
        entree = self._varier(modele, champs)
        reponse = self.repondre(entree, None)
        etude = {
            "entree": json.dumps(entree, separators=(",", ":"), ensure_ascii=False), "edition": self.edition,
            "etat_du_calcul": reponse.etat.value, "tranche": " ; ".join(reponse.tranches)[:120],
            "montant_propose": champs["montant_demande"], "composition": sorte, "tranche_d_age": ages,
        }  # fmt: skip
        if "decidee_le" not in champs:
            return etude
        if reponse.etat != "accorde_possible" or self.hasard.random() > 0.93:
            return {**etude, "resultat": Demande.Resultat.REFUS}
        partiel = self.hasard.random() < 0.35
        resultat = Demande.Resultat.ACCORD_PARTIEL if partiel else Demande.Resultat.ACCORD
        return {**etude, "resultat": resultat, "montant_accorde": champs["montant_demande"] / (2 if partiel else 1)}

    def _varier(self, modele: dict, champs: dict) -> dict:
        """La même sorte de foyer, à Ivry, avec d'autres sommes : deux demandes ne se ressemblent jamais tout à fait."""
        situation = json.loads(json.dumps(modele["situation"]))
        situation["logement"] |= {"commune": "94041", "loyer": self.hasard.randrange(250, 900), "charges": 60}
        situation["logement"]["domiciliation"] = True
        for personne in situation["personnes"]:
            for revenu in personne.get("revenus") or []:
                revenu["montant"] = self.hasard.randrange(20_000, 160_000) / 100
        situation["charges"] = [{"nature": "energie", "montant": self.hasard.randrange(2_000, 18_000) / 100}]
        situation["dettes"] = []
        jour = timezone.localtime(champs["instruite_le"]).date().isoformat()
        de_la_demande = {"aide": champs["aide"], "montant": str(champs["montant_demande"])}
        return {"jour": jour, "situation": situation, "demande": de_la_demande, "corrections": []}

    def _decision(self, demande: Demande) -> Decision:
        accord = demande.montant_accorde is not None
        return Decision(
            demande=demande, sens=demande.resultat, montant=demande.montant_accorde, forme="cap" if accord else "",
            raisons="Le reste à vivre du foyer, d’après le règlement.", articles=["4"],
            decideur="presidence" if demande.urgente else "commission_permanente", par_delegation=demande.urgente,
            prise_le=demande.decidee_le, edition=self.edition, notifiee_le=demande.notifiee_le,
            ligne=self.lignes.get(timezone.localtime(demande.decidee_le).year) if accord else None,
        )  # fmt: skip


def durees(demande: Demande) -> list[DureeEtape]:
    """Les étapes finies de ``demande``, comme ``avancer`` les écrit."""
    finies = []
    for etape, (debut, fin) in DUREES.items():
        du, au = getattr(demande, debut), getattr(demande, fin)
        if du and au:
            local = timezone.localtime(au)
            jours = max((local.date() - timezone.localtime(du).date()).days, 0)
            mois = local.year * 12 + local.month - 1
            finies.append(DureeEtape(demande=demande.pk, aide=demande.aide, etape=etape, mois=mois, jours=jours))
    return finies
