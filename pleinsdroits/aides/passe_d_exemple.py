"""
Un passé plausible d'aides : des demandes étudiées par le règlement, leurs dates, leurs durées, leurs décisions. Toujours les
mêmes pour une graine. Sert à la ville d'exemple (sans foyer, comme après un effacement) et aux mesures ; ne crée ni séance
ni paiement.
"""

import datetime as dt
import json
import random
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from pleinsdroits.aides.avancer import DUREES
from pleinsdroits.aides.models import Decision, Demande, DureeEtape, EditionDuReglement, EtatDemande, LigneBudgetaire
from pleinsdroits.aides.regles.equite import composition, tranche_d_age
from pleinsdroits.comptes.models import Agent
from pleinsdroits.droits.moteur.population import situations
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.cas import Demande as DemandeDuCas
from pleinsdroits.droits.reglement.corrections import Correction
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.droits.reglement.rapide import repondeur
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.personnes.models import Foyer

E = EtatDemande
MOIS = 24
# Combien de demandes sur cent pour chaque aide, et combien de jours dure chaque étape en moyenne : des valeurs d'exemple.
AIDES = {
    "local_energie": 30, "local_alimentaire": 34, "local_hygiene": 8, "local_telephone": 6, "local_secours": 16,
    "local_avance": 6,
}  # fmt: skip
QUARTIERS = ("Ivry-Port", "Petit-Ivry", "Centre", "Monmousseau", "Gagarine", "Plateau")
ETAPES = (
    ("complete_le", 6, E.COMPLETE),
    ("instruite_le", 5, E.INSTRUITE),
    ("inscrite_le", 3, E.INSCRITE),
    ("decidee_le", 9, E.DECIDEE),
    ("notifiee_le", 2, E.NOTIFIEE),
    ("en_paiement_le", 3, E.EN_PAIEMENT),
    ("payee_le", 6, E.PAYEE),
)
RAISONS = "Le reste à vivre du foyer, d’après le règlement."


class PasseDExemple:
    """
    Des demandes déposées dans les ``MOIS`` mois avant ``jour``, jugées par ``edition``. ``foyers`` vide : la demande n'est
    plus de personne. ``lignes`` : par année, la ligne du budget que les accords engagent.
    """

    def __init__(
        self,
        *,
        graine: int,
        jour: dt.date,
        edition: EditionDuReglement,
        agents: Sequence[Agent],
        foyers: Sequence[Foyer],
        lignes: dict[int, LigneBudgetaire],
        modeles: int,
    ):
        self.hasard = random.Random(graine)  # noqa: S311 — un tirage reproductible, pas un secret
        self.jour, self.maintenant = jour, timezone.now()
        self.edition, self.agents, self.foyers, self.lignes = edition, agents, foyers, lignes
        self.repondre = repondeur(edition.lu())
        self.modeles = [self._modele(s) for s in situations(modeles, jour=jour, graine=graine)]

    def _modele(self, situation: Situation) -> tuple[dict, str, str]:
        cas = Cas(situation=situation, demande=DemandeDuCas(aide="local_energie"))
        entree = json.loads(entree_de(cas, self.jour))
        return entree, composition(situation), tranche_d_age(situation.demandeur.naissance, self.jour)

    def demande(self) -> Demande:
        """Une demande, pas encore gardée. Les anciennes sont finies, les récentes en chemin, quelques-unes traînent."""
        return Demande(**self._champs())

    def demande_close(self) -> Demande:
        """Une demande finie et close, pas encore gardée : elle ne reste à faire nulle part."""
        while True:
            champs = self._champs()
            refusee = champs.get("resultat") == Demande.Resultat.REFUS
            if close_le := champs.get("notifiee_le" if refusee else "payee_le"):
                return Demande(**champs | {"etat": E.BILAN, "close_le": close_le})

    def _champs(self) -> dict:
        """L'état d'une demande ne se pose qu'à sa création : on réunit d'abord tout ce qu'elle est."""
        hasard = self.hasard
        recue = self.maintenant - dt.timedelta(days=hasard.randrange(MOIS * 30), hours=hasard.randrange(24))
        aide = hasard.choices(list(AIDES), list(AIDES.values()))[0]
        champs: dict = {
            "foyer": hasard.choice(self.foyers) if self.foyers else None,
            "aide": aide,
            "canal": hasard.choice(list(Demande.Canal.values)),
            "recue_le": recue,
            "montant_demande": Decimal(hasard.randrange(30, 600, 5)),
            "urgente": aide == "local_secours",
            "silence_le": ajouter_mois(timezone.localtime(recue).date(), 2),
            "accusee_le": recue,
            "instructeur": hasard.choice(self.agents),
            "quartier": hasard.choice(QUARTIERS),
        }
        champs |= self._dates(recue)
        if "instruite_le" in champs:
            champs |= self._etude(champs)
        if champs.get("resultat") == Demande.Resultat.REFUS and "notifiee_le" in champs:
            champs |= {"etat": E.NOTIFIEE, "en_paiement_le": None, "payee_le": None}
        return champs

    def decision(self, demande: Demande) -> Decision:
        """La décision d'une ``demande`` décidée, pas encore gardée."""
        accord = demande.montant_accorde is not None
        assert demande.decidee_le is not None
        return Decision(
            demande=demande,
            sens=demande.resultat,
            montant=demande.montant_accorde,
            forme=("avance" if demande.aide == "local_avance" else "cap") if accord else "",
            raisons=RAISONS,
            articles=["4"],
            decideur="presidence" if demande.urgente else "commission_permanente",
            par_delegation=demande.urgente,
            prise_le=demande.decidee_le,
            edition=self.edition,
            notifiee_le=demande.notifiee_le,
            ligne=self.lignes.get(timezone.localtime(demande.decidee_le).year) if accord else None,
        )

    def _dates(self, recue: dt.datetime) -> dict:
        """Chaque étape dure quelques jours, parfois bien plus ; celles qui dépassent aujourd'hui restent à faire."""
        quand = recue
        dates: dict[str, object] = {"etat": E.RECUE}
        for champ, moyenne, etat in ETAPES:
            lente = 4 if self.hasard.random() < 0.05 else 1
            quand += dt.timedelta(days=self.hasard.expovariate(1 / (moyenne * lente)))
            if quand > self.maintenant:
                break
            dates |= {champ: quand, "etat": etat}
        return dates

    def _etude(self, champs: dict) -> dict:
        modele, sorte, ages = self.hasard.choice(self.modeles)
        entree = self._varier(modele, champs)
        reponse = self.repondre(entree, None)
        assert reponse is not None, "le passé n'a que des aides du règlement"
        etude = {
            "entree": json.dumps(entree, separators=(",", ":"), ensure_ascii=False),
            "edition": self.edition,
            "etat_du_calcul": reponse.etat.value,
            "tranche": " ; ".join(reponse.tranches)[:120],
            "montant_propose": champs["montant_demande"],
            "composition": sorte,
            "tranche_d_age": ages,
        }
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
        return {"jour": jour, "situation": situation, "demande": de_la_demande, "corrections": self._corrections()}

    def _corrections(self) -> list[dict]:
        """Une demande sur cinq a une ligne comptée autrement à l'étude."""
        if self.hasard.random() > 0.2:
            return []
        return [Correction("charge:energie:0", comptee=False, raison="…").en_json()]


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
