"""Les euros : ce que la ville a trouvé, demandé, obtenu pour ses habitants. Personne n'est nommé, les petits nombres sont tus."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from pleinsdroits.demarches.models import Demarche
from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.socle.secret import masquer

E = Demarche.Etat
TROUVEES = Q(a_verifier=False) & ~Q(etat__in=(E.ECARTEE, E.CLOSE))
DEMANDEES = Q(deposee_le__isnull=False) & ~Q(etat=E.CLOSE)
OBTENUES = Q(etat__in=(E.ACCORDEE, E.PAYEE))
MENSUELLE = ~Q(periodicite="une_fois")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Euros:
    """Trouvé, demandé, obtenu, en euros (par mois, ou en une fois)."""

    detecte: Decimal = ZERO
    demande: Decimal = ZERO
    accorde: Decimal = ZERO


@dataclass(frozen=True)
class LigneParDroit:
    """Un droit : combien de foyers (``None`` : trop peu pour être dit, les euros non plus) et combien d'euros par mois."""

    droit: str
    nom: str
    foyers: int | None
    par_mois: Euros | None
    une_fois: Euros | None


@dataclass(frozen=True)
class Mesures:
    """La ville à un jour donné. ``taux`` : sur dix droits demandés et répondus, combien obtenus ; délais en jours."""

    par_mois: Euros
    une_fois: Euros
    foyers: int
    taux: int | None
    delai: int | None
    droits: list[LigneParDroit]
    tendance: list[tuple[dt.date, Euros]]


def mesurer(jour: dt.date) -> Mesures:
    """Les chiffres de toute la ville au ``jour``. Quatre requêtes, quel que soit le nombre de dossiers."""
    groupes = _par_droit(Demarche.objects.all())
    dates = list(Demarche.objects.filter(TROUVEES & MENSUELLE).values_list(*CHAMPS))
    return Mesures(
        par_mois=_somme(_euros(g, "mois") for g in groupes),
        une_fois=_somme(_euros(g, "fois") for g in groupes),
        foyers=Demarche.objects.filter(TROUVEES).values("foyer").distinct().count(),
        taux=_taux(groupes),
        delai=_delai(),
        droits=_lignes(groupes),
        tendance=[(mois, _a_la_fin(dates, mois)) for mois in _douze_mois(jour)],
    )


CHAMPS = (
    *("detectee_le", "deposee_le", "reponse", "repondue_le", "recours_reponse", "recours_repondu_le"),
    *("montant_detecte", "montant_demande", "montant_accorde"),
)


def _par_droit(demarches: QuerySet) -> list[dict]:
    sommes = {}
    for nom, filtre in (("mois", MENSUELLE), ("fois", ~MENSUELLE)):
        sommes[f"detecte_{nom}"] = Sum("montant_detecte", filter=TROUVEES & filtre)
        sommes[f"demande_{nom}"] = Sum("montant_demande", filter=DEMANDEES & filtre)
        sommes[f"accorde_{nom}"] = Sum("montant_accorde", filter=OBTENUES & filtre)
    comptes = {
        "foyers": Count("foyer", distinct=True, filter=TROUVEES | DEMANDEES),
        "obtenues": Count("pk", filter=OBTENUES),
        "refusees": Count("pk", filter=Q(etat__in=(E.REFUSEE, E.CONTESTEE))),
    }
    return list(demarches.order_by().values("droit").annotate(**sommes, **comptes))


def _euros(groupe: dict, nom: str) -> Euros:
    return Euros(*(groupe[f"{quoi}_{nom}"] or ZERO for quoi in ("detecte", "demande", "accorde")))


def _somme(euros: Iterable[Euros]) -> Euros:
    tous = list(euros)
    return Euros(
        sum((e.detecte for e in tous), ZERO), sum((e.demande for e in tous), ZERO), sum((e.accorde for e in tous), ZERO)
    )


def _lignes(groupes: list[dict]) -> list[LigneParDroit]:
    """Du plus grand montant trouvé au plus petit ; sous cinq foyers, ni leur nombre ni leurs euros."""
    fiches = catalogue(settings.VILLE)
    dits = masquer({g["droit"]: g["foyers"] for g in groupes if g["foyers"]})
    lignes = [_ligne(g, dits[g["droit"]], fiches) for g in groupes if g["droit"] in dits]
    return sorted(lignes, key=lambda ligne: (-(ligne.par_mois.detecte if ligne.par_mois else -1), ligne.nom))


def _ligne(groupe: dict, foyers: int | None, fiches: dict) -> LigneParDroit:
    droit = groupe["droit"]
    nom = fiches[droit].nom if droit in fiches else droit
    if foyers is None:
        return LigneParDroit(droit, nom, None, None, None)
    return LigneParDroit(droit, nom, foyers, _euros(groupe, "mois"), _euros(groupe, "fois"))


def _taux(groupes: list[dict]) -> int | None:
    obtenues = sum(g["obtenues"] for g in groupes)
    repondues = obtenues + sum(g["refusees"] for g in groupes)
    return round(10 * obtenues / repondues) if repondues else None


def _delai() -> int | None:
    """La moitié des droits obtenus l'ont été en tant de jours, depuis qu'on les a trouvés."""
    obtenues = Demarche.objects.filter(OBTENUES).values_list("detectee_le", "repondue_le", "recours_repondu_le")
    durees = [(fin - trouvee).days for trouvee, reponse, recours in obtenues if (fin := recours or reponse)]
    return round(median(durees)) if durees else None


def _douze_mois(jour: dt.date) -> list[dt.date]:
    premier = jour.replace(day=1)
    return [ajouter_mois(premier, -n) for n in range(11, -1, -1)]


def _a_la_fin(dates: list[tuple], mois: dt.date) -> Euros:
    """Les euros par mois acquis à la fin de ce mois-là."""
    apres = ajouter_mois(mois, 1)
    detecte = demande = accorde = ZERO
    for trouvee, deposee, reponse, repondue, recours, recours_le, trouve, demandee, obtenu in dates:
        detecte += (trouve or ZERO) if trouvee < apres else ZERO
        demande += (demandee or ZERO) if deposee and deposee < apres else ZERO
        obtenue_le = recours_le if recours == "accordee" else repondue if reponse == "accordee" else None
        accorde += (obtenu or ZERO) if obtenue_le and obtenue_le < apres else ZERO
    return Euros(detecte, demande, accorde)
