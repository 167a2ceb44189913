"""Les demandes des douze derniers mois, ou une population chargée, passées au brouillon d'un règlement."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.models import Demande, EditionDuReglement
from pleinsdroits.aides.regles.equite import composition
from pleinsdroits.aides.regles.essai import Essai, EssaiDit, Passee, comparer, dire, medianes_de
from pleinsdroits.droits.reglement.cas import Cas
from pleinsdroits.droits.reglement.entree import entree_de
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.socle import avancement
from pleinsdroits.socle.avancement import Avancement

MOIS = 12
GARDE = 600  # secondes : le temps de lire la page, de l'emporter et de l'imprimer
CHAMPS = ("entree", "composition", "montant_accorde", "montant_demande")


@dataclass(frozen=True)
class EssaiDEdition:
    """Un essai, et de quoi : le ``brouillon`` contre l'édition ``avant``, sur les demandes reçues depuis ``depuis``."""

    brouillon: EditionDuReglement
    avant: EditionDuReglement
    depuis: dt.date
    jusqu_a: dt.date
    dit: EssaiDit


def essayer(brouillon: EditionDuReglement, jour: dt.date, *, suivi: bool = False) -> EssaiDEdition:
    """
    L'essai du ``brouillon`` contre le règlement en vigueur le ``jour``, sur les demandes étudiées reçues dans les douze mois
    d'avant. Gardé dix minutes tant que rien ne change. ``suivi`` : compte les demandes relues (``ou_en_est``). Lève
    ``ValidationError`` si aucun règlement n'est en vigueur.
    """
    avant, depuis = a_comparer(brouillon, jour), ajouter_mois(jour, -MOIS)
    cle = _cle(brouillon, avant, jour)
    dit = cache.get(cle)
    if dit is None:
        passer = partial(avancement.suivre, cle, nombre_a_essayer(jour)) if suivi else iter
        dit = dire(_essayer_les_demandes(avant, brouillon, depuis, passer))
        cache.set(cle, dit, GARDE)
    return EssaiDEdition(brouillon, avant, depuis, jour, dit)


def essayer_en_suivant(brouillon: EditionDuReglement, jour: dt.date) -> None:
    """En fond : le même essai, compté pour la page qui attend ; s'il échoue, elle l'apprend."""
    cle = cle_de_l_essai(brouillon, jour)
    try:
        essayer(brouillon, jour, suivi=True)
    except Exception:
        avancement.rater(cle)
        raise
    avancement.oublier(cle)


def ou_en_est(brouillon: EditionDuReglement, jour: dt.date) -> Avancement | None:
    """Combien de demandes l'essai en fond a relues ; ``None`` s'il n'a pas commencé ou s'il est fini."""
    return avancement.lire(cle_de_l_essai(brouillon, jour))


def cle_de_l_essai(brouillon: EditionDuReglement, jour: dt.date) -> str:
    """Ce qui nomme cet essai. Lève ``ValidationError`` si aucun règlement n'est à comparer."""
    return _cle(brouillon, a_comparer(brouillon, jour), jour)


def essayer_une_population(
    avant: EditionDuReglement, brouillon: EditionDuReglement, cas: Iterable[Cas], jour
) -> EssaiDit:
    """Le même essai sur des cas chargés d'un fichier, pour des foyers qui n'ont encore rien demandé."""
    passees = (
        Passee(json.loads(entree_de(c, c.jour or jour)), composition(c.situation), None, c.demande.montant) for c in cas
    )
    return dire(comparer(avant.lu(), brouillon.lu(), passees, {}))


def aides_des_deux_textes(avant: EditionDuReglement, brouillon: EditionDuReglement) -> set[str]:
    """Les identifiants d'aide que l'un ou l'autre texte connaît."""
    return {a["id"] for edition in (avant, brouillon) for a in edition.document["aides"]}


def a_comparer(brouillon: EditionDuReglement, jour: dt.date) -> EditionDuReglement:
    """L'édition en vigueur du même règlement, sinon celle d'où vient le brouillon. Lève ``ValidationError``."""
    avant = EditionDuReglement.objects.en_vigueur(jour).filter(reglement=brouillon.reglement).first()
    avant = avant or brouillon.issue_de
    if avant is None:
        raise ValidationError(_("Aucun règlement en vigueur à comparer : adoptez d’abord une première édition."))
    return avant


def nombre_a_essayer(jour: dt.date) -> int:
    """Combien de demandes l'essai lira, pour annoncer l'attente."""
    return _etudiees(ajouter_mois(jour, -MOIS)).count()


def deja_essaye(brouillon: EditionDuReglement, jour: dt.date) -> bool:
    """Vrai si le résultat est déjà prêt."""
    return cache.get(cle_de_l_essai(brouillon, jour)) is not None


def _etudiees(depuis: dt.date):
    minuit = timezone.make_aware(dt.datetime.combine(depuis, dt.time()))
    return Demande.objects.filter(recue_le__gte=minuit, instruite_le__isnull=False)


def _essayer_les_demandes(
    avant: EditionDuReglement, brouillon: EditionDuReglement, depuis: dt.date, passer: Callable[[Iterable], Iterator]
) -> Essai:
    etudiees = _etudiees(depuis)
    accords = etudiees.filter(montant_accorde__gt=0).values_list("aide", "montant_accorde").order_by()
    lues = _Lues(passer(etudiees.order_by().values_list(*CHAMPS).iterator(chunk_size=2_000)))
    avant_lu, brouillon_lu = avant.lu(), brouillon.lu()
    connues = {a.id for r in (avant_lu, brouillon_lu) for a in r.aides}
    essai = comparer(
        avant_lu, brouillon_lu, (p for p in lues if p.entree["demande"]["aide"] in connues), medianes_de(accords)
    )
    essai.illisibles = lues.illisibles
    return essai


class _Lues:
    """Les demandes une à une ; compte celles qui n'ont pas d'entrée gardée (étudiées avant cette version)."""

    def __init__(self, lignes: Iterable[tuple[str, str, Decimal | None, Decimal | None]]):
        self.lignes, self.illisibles = lignes, 0

    def __iter__(self) -> Iterator[Passee]:
        for entree, sorte, accordee, demandee in self.lignes:
            if entree:
                yield Passee(json.loads(entree), sorte, accordee, demandee)
            else:
                self.illisibles += 1


def _cle(brouillon: EditionDuReglement, avant: EditionDuReglement, jour: dt.date) -> str:
    """Change avec le brouillon, le règlement en vigueur, le jour et chaque demande étudiée."""
    lu = _etudiees(ajouter_mois(jour, -MOIS)).aggregate(n=Count("pk"), le=Max("instruite_le"))
    vu = f"{lu['le']:%Y%m%d%H%M%S%f}" if lu["le"] else "rien"
    return f"essai_du_reglement:{brouillon.pk}:{brouillon.version}:{avant.pk}:{avant.version}:{jour}:{lu['n']}:{vu}"
