"""La courbe du travail rangée pour l'écran : phrases, dessins, chaque aide, les chiffres."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from pleinsdroits.droits.moteur.essais import dire_la_courbe as dire
from pleinsdroits.droits.moteur.essais.courbe import Courbe, Point
from pleinsdroits.droits.moteur.essais.paliers import Etendue, baisses, etendues, paliers
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import INSECABLE, euros
from pleinsdroits.socle.graphique import Cadre, Dessin, dessiner, petite_aire

LARGE = Cadre(800, 440, gauche=84, droite=44)
ETROIT = Cadre(340, 320, gauche=76, droite=36, haut=26, pas_x=1000, lignes=4)
PETITE = (160, 40)
FORMES = {"gratuite": _("gratuite"), "participation": _("avec une participation")}


@dataclass(frozen=True)
class AideDeLaCourbe:
    """Une aide, les salaires entre lesquels elle est versée, son maximum, et sa petite courbe (vide : sans montant du mois)."""

    nom: str
    ou: str
    combien: str
    aire: str


@dataclass(frozen=True)
class LigneDeSalaire:
    """Les chiffres d'un salaire ; ``gain`` : ce que laissent les 100 € suivants (vide au dernier)."""

    salaire: str
    aides: str
    impot: str
    reste: str
    gain: str = ""
    ici: bool = False


@dataclass(frozen=True)
class PageDeCourbe:
    """Tout ce que montre « Ce que le travail change »."""

    resume: str
    aujourd_hui: str
    baisses: list[str]
    paliers: list[str]
    large: Dessin
    etroit: Dessin
    aides: list[AideDeLaCourbe]
    centaines: list[LigneDeSalaire]
    tous: list[LigneDeSalaire]
    reserves: list[str]
    autres_revenus: str


def presenter_la_courbe(courbe: Courbe, situation: Situation, noms: Mapping[str, str]) -> PageDeCourbe:
    """La page d'une ``courbe`` ; ``noms`` : identifiant de droit → nom lisible."""
    ici, creux = dire.aujourd_hui(courbe), baisses(courbe)
    return PageDeCourbe(
        resume=dire.resume(courbe).en(_),
        aujourd_hui=ici.en(_) if ici else "",
        baisses=[dire.dire_la_baisse(b, noms).en(_) for b in creux],
        paliers=[dire.dire_le_palier(p, noms).en(_) for p in paliers(courbe)],
        large=_dessin(courbe, LARGE, "large"),
        etroit=_dessin(courbe, ETROIT, "etroit"),
        aides=[_aide(e, courbe, noms) for e in etendues(courbe) if e.droit in noms],
        centaines=list(_centaines(courbe)),
        tous=[_ligne(p) for p in courbe.points],
        reserves=[r.en(_) for r in dire.reserves(courbe, situation, noms)],
        autres_revenus=euros(courbe.autres_revenus, centimes=False) if courbe.autres_revenus else "",
    )


def en_colonnes(courbe: Courbe, noms: Mapping[str, str]) -> Iterator[list[str]]:
    """Tous les points, une ligne par salaire : le salaire, chaque aide du mois, l'impôt, ce qui reste, puis les aides de l'année."""
    du_mois = list(dict.fromkeys(d for p in courbe.points for d in p.droits))
    de_l_an = list(dict.fromkeys(d for p in courbe.points for d in p.par_an))
    par_an = [_("{aide}, par an").format(aide=noms.get(d, d)) for d in de_l_an]
    yield [_("Salaire"), *(noms.get(d, d) for d in du_mois), _("Impôt"), _("Ce qui reste"), *par_an]
    for p in courbe.points:
        mois = [p.droits.get(d, Decimal(0)) for d in du_mois]
        an = [p.par_an.get(d, Decimal(0)) for d in de_l_an]
        yield [f"{somme:.2f}".replace(".", ",") for somme in (p.salaire, *mois, p.impot, p.reste, *an)]


def _dessin(courbe: Courbe, cadre: Cadre, nom: str) -> Dessin:
    haute = [(float(p.salaire), float(p.reste)) for p in courbe.points]
    basse = [(float(p.salaire), float(p.reste - p.aides)) for p in courbe.points]
    ici = courbe.au_salaire(courbe.actuel)
    repere = (float(ici.salaire), float(ici.reste), _("Aujourd’hui")) if ici else None
    creux = [(float(b.de), float(b.retour or courbe.points[-1].salaire)) for b in baisses(courbe)]
    return dessiner(haute, basse, cadre, nom=nom, dire=(_axe, _axe), bandes=creux, repere=repere)


def _axe(valeur: float) -> str:
    return euros(valeur, centimes=False)


def _aide(e: Etendue, courbe: Courbe, noms: Mapping[str, str]) -> AideDeLaCourbe:
    du_mois = [(float(p.salaire), float(p.droits.get(e.droit, 0))) for p in courbe.points]
    avec_aire = e.maximum is not None and not e.par_an
    aire = petite_aire(du_mois, *PETITE) if avec_aire else ""
    return AideDeLaCourbe(noms[e.droit], _ou(e, courbe), _combien(e), aire)


def _ou(e: Etendue, courbe: Courbe) -> str:
    """Les salaires où l'aide est versée."""
    if (e.de, e.a) == (courbe.points[0].salaire, courbe.points[-1].salaire):
        return _("à tous ces salaires")
    if not e.a:
        return _("sans salaire")
    return _("de {de} à {a} de salaire").format(de=_axe(float(e.de)), a=_axe(float(e.a)))


def _combien(e: Etendue) -> str:
    if e.maximum is None:
        return _(FORMES.get(e.forme, e.forme))
    texte = _("jusqu’à {m} par an, à part de la courbe") if e.par_an else _("jusqu’à {m} par mois")
    return texte.format(m=euros(e.maximum, centimes=False))


def _centaines(courbe: Courbe) -> Iterator[LigneDeSalaire]:
    points = courbe.centaines
    for point, suivant in pairwise(points):
        yield _ligne(point, suivant, ici=point.salaire <= courbe.actuel < suivant.salaire)
    if points:
        yield _ligne(points[-1])


def _ligne(point: Point, suivant: Point | None = None, *, ici: bool = False) -> LigneDeSalaire:
    salaire, aides, impot, reste = (
        euros(s, centimes=False) for s in (point.salaire, point.aides, point.impot, point.reste)
    )
    gain = _gain(suivant.reste - point.reste) if suivant else ""
    return LigneDeSalaire(salaire, aides, impot, reste, gain, ici)


def _gain(somme: Decimal) -> str:
    """« 57 € de plus », « 25 € de moins » : le mot avec le signe."""
    mot = _("de plus") if somme >= 0 else _("de moins")
    return f"{euros(abs(somme), centimes=False)}{INSECABLE}{mot}"
