"""
Une courbe dessinée sur le serveur : des chemins SVG que ``maison.css`` habille (thèmes, contraste, impression). Ni script,
ni style, ni police à elle ; les nombres y sont déjà des textes, le gabarit n'a rien à calculer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

Points = Sequence[tuple[float, float]]
PAS_RONDS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Cadre:
    """Les dimensions d'un dessin et ses marges, en unités SVG ; ``pas_x`` et ``lignes`` : ce que l'on gradue."""

    largeur: int
    hauteur: int
    gauche: int = 70
    droite: int = 20
    haut: int = 30
    bas: int = 40
    pas_x: int = 500
    lignes: int = 5


@dataclass(frozen=True)
class Echelle:
    """Une valeur entre ``de`` et ``a``, posée entre ``debut`` et ``fin``."""

    de: float
    a: float
    debut: float
    fin: float

    def __call__(self, valeur: float) -> float:
        return self.debut + (valeur - self.de) / (self.a - self.de) * (self.fin - self.debut)


@dataclass(frozen=True)
class Graduation:
    """Une marque d'axe et son texte ; ``ou`` est sa place sur l'axe."""

    ou: str
    texte: str


@dataclass(frozen=True)
class Bande:
    """Un morceau de courbe mis en avant, et son numéro."""

    x: str
    largeur: str
    milieu: str
    numero: int


@dataclass(frozen=True)
class Repere:
    """Un point nommé de la courbe ; ``ancre`` : de quel côté écrire."""

    x: str
    y: str
    texte: str
    ancre: str

    @property
    def ecart(self) -> str:
        """De combien écarter le texte du trait."""
        return "10" if self.ancre == "start" else "-10"


@dataclass(frozen=True)
class Dessin:
    """Tout ce que le gabarit « socle/graphique.html » pose, en textes."""

    nom: str
    cadre: Cadre
    trait: str
    tirets: str
    aire: str
    en_x: list[Graduation]
    en_y: list[Graduation]
    bandes: list[Bande]
    repere: Repere | None
    bords: dict[str, str]
    niveau: Graduation | None = None

    @property
    def hauteur_utile(self) -> str:
        return str(self.cadre.hauteur - self.cadre.haut - self.cadre.bas)


def dessiner(
    haute: Points,
    basse: Points,
    cadre: Cadre,
    *,
    nom: str,
    dire: tuple,
    bandes: Sequence[tuple[float, float]] = (),
    repere: tuple[float, float, str] | None = None,
    niveau: tuple[float, str] | None = None,
) -> Dessin:
    """
    La courbe ``haute`` en trait plein, la ``basse`` en tirets, l'aire entre les deux. ``nom`` distingue deux dessins d'une
    page ; ``dire`` : deux fonctions qui écrivent une valeur de chaque axe ; ``repere`` : un point (x, y) et son nom ;
    ``niveau`` : une hauteur à ne pas dépasser, et son nom.
    """
    plafond, pas = _graduer(max(niveau[0] if niveau else 0, *(y for _x, y in (*haute, *basse))), cadre.lignes)
    x = Echelle(haute[0][0], haute[-1][0], cadre.gauche, cadre.largeur - cadre.droite)
    y = Echelle(0, plafond, cadre.hauteur - cadre.bas, cadre.haut)
    dire_x, dire_y = dire
    return Dessin(
        nom=nom,
        cadre=cadre,
        trait=chemin(haute, x, y),
        tirets=chemin(basse, x, y),
        aire=chemin([*haute, *reversed(basse)], x, y) + "Z",
        en_x=[Graduation(_n(x(v)), dire_x(v)) for v in _multiples(x.de, x.a, cadre.pas_x)],
        en_y=[Graduation(_n(y(v)), dire_y(v)) for v in _multiples(0, plafond, pas)],
        bandes=[_bande(x(de), x(a), n) for n, (de, a) in enumerate(bandes, start=1)],
        repere=_repere(repere, x, y, cadre) if repere else None,
        bords={"gauche": _n(x.debut), "droite": _n(x.fin), "haut": _n(y.fin), "bas": _n(y.debut)},
        niveau=Graduation(_n(y(niveau[0])), niveau[1]) if niveau else None,
    )


def chemin(points: Points, x: Echelle, y: Echelle) -> str:
    """Une ligne brisée : « M0 0L10 5… »."""
    return "".join(f"{'L' if n else 'M'}{_n(x(a))} {_n(y(b))}" for n, (a, b) in enumerate(points))


def petite_aire(points: Points, largeur: int, hauteur: int) -> str:
    """Une aire sans axe, de 0 à son plus haut, pour accompagner une ligne de texte."""
    x = Echelle(points[0][0], points[-1][0], 0, largeur)
    y = Echelle(0, max(b for _a, b in points) or 1, hauteur, 0)
    return chemin([(x.de, 0), *points, (x.a, 0)], x, y) + "Z"


def _bande(debut: float, fin: float, numero: int) -> Bande:
    # Une baisse de quelques euros de large doit se voir.
    largeur = max(fin - debut, 6)
    return Bande(_n(debut), _n(largeur), _n(debut + largeur / 2), numero)


def _repere(point: tuple[float, float, str], x: Echelle, y: Echelle, cadre: Cadre) -> Repere:
    ou, hauteur, texte = point
    ancre = "start" if x(ou) < cadre.largeur * 0.7 else "end"
    return Repere(_n(x(ou)), _n(y(hauteur)), texte, ancre)


def _graduer(maximum: float, lignes: int) -> tuple[float, float]:
    """Le haut de l'axe et son pas : ronds, ``lignes`` graduations au plus."""
    if maximum <= 0:
        return 1, 1
    brut = maximum / lignes
    unite = 10 ** floor(log10(brut))
    pas = next(p * unite for p in PAS_RONDS if p * unite >= brut)
    return ceil(maximum / pas) * pas, pas


def _multiples(de: float, a: float, pas: float) -> list[float]:
    return [n * pas for n in range(ceil(de / pas), floor(a / pas + 1e-9) + 1)]


def _n(valeur: float) -> str:
    """Un nombre SVG, au dixième, avec un point : jamais dans la langue de la page."""
    return f"{valeur:.1f}".removesuffix(".0")
