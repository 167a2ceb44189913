"""Ce qu'une personne change au tamis du règlement : une ligne comptée autrement, ou ajoutée, toujours avec une raison."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pleinsdroits.droits.reglement.evaluation import Ligne, Sens, Sort
from pleinsdroits.droits.reglement.lignes import ZERO, Lignes
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

AJOUTEE = "ajoutee"
AJOUTS = {"ressource": _("Autre ressource"), "charge": _("Autre dépense")}


@dataclass(frozen=True)
class Correction:
    """
    ``cle`` désigne la ligne corrigée, par sa place (voir ``cles``) ; vide : une ligne de plus, avec son ``sens``, son ``libelle`` et son
    ``montant`` en euros par mois. ``comptee`` : on la compte, ou non.
    """

    cle: str
    comptee: bool
    raison: str
    sens: str = ""
    libelle: str = ""
    montant: Decimal | None = None

    def en_json(self) -> dict:
        """La correction en types simples ; le montant est un texte, pour ne rien perdre."""
        simple = {nom: getattr(self, nom) for nom in self.__dataclass_fields__}
        return {**simple, "montant": None if self.montant is None else str(self.montant)}

    @classmethod
    def depuis_json(cls, lue: dict) -> "Correction":
        """L'inverse de ``en_json`` ; ce qui n'est pas d'une correction est laissé."""
        connus = {nom: lue[nom] for nom in cls.__dataclass_fields__ if nom in lue}
        montant = connus.get("montant")
        return cls(**{**connus, "montant": None if montant is None else Decimal(str(montant))})


def cles(lignes: Sequence[Ligne]) -> list[str]:
    """
    La place de chaque ligne dans **ce** calcul : « ressource:salaire:0 » est le premier salaire. Quand la situation
    change, la place glisse : ce qui doit durer garde un ``repere``.
    """
    vus: dict[str, int] = {}
    rendues = []
    for ligne in lignes:
        debut = f"{ligne.sens.value}:{ligne.nature}"
        rendues.append(f"{debut}:{vus.get(debut, 0)}")
        vus[debut] = vus.get(debut, 0) + 1
    return rendues


def reperes(lignes: Sequence[Ligne]) -> list[str]:
    """
    De quoi reconnaître chaque ligne quand la situation change : « charge:dette_credit:8900-oui-0-1 », soit sa nature, ses
    centimes par mois, ce que le règlement en fait (``lignes`` : avant correction), et sa place parmi ses pareilles avec
    leur nombre. Deux lignes de même repère compteraient pareil ; une ligne qui change en perd le sien.
    """
    debuts = [f"{li.sens.value}:{li.nature}:{_centimes(li.montant)}-{_choix(li)}" for li in lignes]
    nombres, vus = Counter(debuts), Counter[str]()
    rendus = []
    for debut in debuts:
        rendus.append(f"{debut}-{vus[debut]}-{nombres[debut]}")
        vus[debut] += 1
    return rendus


def _centimes(montant: Decimal) -> str:
    return str((montant * 100).to_integral_value(rounding=ROUND_HALF_UP))


def _choix(ligne: Ligne) -> str:
    if ligne.sort is Sort.INCERTAINE:
        return "muet"
    return "oui" if est_comptee(ligne) else "non"


def corriger(lues: Lignes, corrections: Iterable[Correction]) -> Lignes:
    """
    Les lignes, une fois les ``corrections`` passées. Une correction dont la ligne n'existe plus ne change rien. Ce qui
    manque pour calculer manque toujours : corriger ne remplace pas une réponse.
    """
    corrections = list(corrections)
    par_cle = {c.cle: c for c in corrections if c.cle}
    reprises = [_reprendre(ligne, par_cle.get(cle)) for cle, ligne in zip(cles(lues.lignes), lues.lignes, strict=True)]
    ajoutees = [_ajouter(c) for c in corrections if not c.cle]
    return Lignes(lignes=(*reprises, *ajoutees), manque=lues.manque)


def est_comptee(ligne: Ligne) -> bool:
    """Vrai si la ligne entre dans le calcul, même jusqu'à un plafond."""
    return ligne.sort in (Sort.RETENUE, Sort.PLAFONNEE)


def _reprendre(ligne: Ligne, correction: Correction | None) -> Ligne:
    """Compter une ligne déjà comptée la laisse à son plafond ; compter une ligne écartée la compte en entier."""
    if correction is None or (ligne.sort is not Sort.INCERTAINE and est_comptee(ligne) == correction.comptee):
        return ligne
    if correction.comptee:
        raison = phrase(_("Comptée à l’étude."))
        return replace(ligne, retenu=ligne.montant, incertain=ZERO, sort=Sort.RETENUE, raison=raison, hypothese=False)
    raison = phrase(_("Non comptée à l’étude."))
    return replace(ligne, retenu=ZERO, incertain=ZERO, sort=Sort.EXCLUE, raison=raison, hypothese=False)


def _ajouter(correction: Correction) -> Ligne:
    """Le libellé écrit à la main reste dans la correction : l'évaluation, elle, sert aussi aux pièces anonymes."""
    if correction.montant is None or correction.montant < 0:
        raise ValueError(f"montant (reçu : {correction.montant}) : une ligne ajoutée a un montant, en euros par mois")
    return Ligne(
        sens=Sens(correction.sens),
        nature=AJOUTEE,
        libelle=phrase(AJOUTS[correction.sens]),
        montant=correction.montant,
        retenu=correction.montant if correction.comptee else ZERO,
        sort=Sort.RETENUE if correction.comptee else Sort.EXCLUE,
        raison=phrase(_("Ajoutée à l’étude.")),
    )
