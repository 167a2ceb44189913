"""Le confort de lecture choisi par la personne : thème, contraste, taille. Un cookie, écrit par un formulaire."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

COOKIE = "affichage"
THEMES = ("appareil", "clair", "sombre", "contraste")
TAILLES = ("normale", "grande")
UN_AN = 365 * 24 * 3600


@dataclass(frozen=True)
class Affichage:
    """``theme`` : appareil, clair, sombre ou contraste ; ``taille`` : normale ou grande."""

    theme: str = "appareil"
    taille: str = "normale"

    @property
    def theme_bootstrap(self) -> str:
        return {"clair": "light", "sombre": "dark", "contraste": "light"}.get(self.theme, "")


def lire_affichage(request: HttpRequest) -> Affichage:
    """Le choix enregistré, ou celui de l'appareil si le cookie manque ou n'a pas de sens."""
    theme, _, taille = request.COOKIES.get(COOKIE, "").partition(".")
    return Affichage(theme if theme in THEMES else "appareil", taille if taille in TAILLES else "normale")


def ecrire_affichage(reponse: HttpResponse, affichage: Affichage) -> None:
    """Enregistre le choix pour un an (cookie sans donnée personnelle)."""
    valeur = f"{affichage.theme}.{affichage.taille}"
    reponse.set_cookie(COOKIE, valeur, max_age=UN_AN, httponly=True, samesite="Lax")
