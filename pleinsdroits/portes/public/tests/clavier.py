"""Conduire une page comme quelqu'un qui n'a pas de souris : Tab, flèches, Espace, Entrée, et rien d'autre."""

from collections.abc import Iterator

ARRETS_AU_PLUS = 150
OU = """() => {
  const e = document.activeElement;
  const rang = e.tagName === "SELECT" ? e.selectedIndex : -1;
  const options = e.tagName === "SELECT" ? [...e.options].map(o => o.value) : [];
  return {balise: e.tagName, genre: e.type || "", nom: e.name || "", valeur: e.value || "",
          texte: (e.textContent || "").trim().replace(/\\s+/g, " "), rang, options};
}"""


def arrets(page) -> Iterator[dict]:
    """Chaque arrêt du clavier, l'un après l'autre. Échoue si l'on tourne en rond."""
    for _ in range(ARRETS_AU_PLUS):
        page.keyboard.press("Tab")
        yield page.evaluate(OU)
    raise AssertionError(f"{page.url} : rien au clavier après {ARRETS_AU_PLUS} arrêts")


def suivre(page, texte: str) -> None:
    """Va au premier lien ou bouton qui commence par ``texte``, et l'ouvre."""
    for arret in arrets(page):
        if arret["balise"] in ("A", "BUTTON") and arret["texte"].startswith(texte):
            page.keyboard.press("Enter")
            return


def repondre(page, reponses: dict[str, str]) -> None:
    """Remplit les champs dans l'ordre où le clavier les rencontre, puis Continuer."""
    reste = dict(reponses)
    for arret in arrets(page):
        if arret["nom"] in reste and _remplir(page, arret, reste[arret["nom"]]):
            del reste[arret["nom"]]
        elif arret["balise"] == "BUTTON" and arret["texte"] == "Continuer":
            assert not reste, f"{page.url} : sans le clavier, on ne peut pas répondre à {reste}"
            page.keyboard.press("Enter")
            return


def _remplir(page, arret: dict, valeur: str) -> bool:
    """Vrai si l'arrêt a pris ``valeur`` ; faux pour une case à cocher qui n'est pas celle-là."""
    if arret["genre"] == "checkbox":
        if arret["valeur"] == valeur:
            page.keyboard.press("Space")
        return arret["valeur"] == valeur
    if arret["genre"] == "radio":
        return _choisir(page, arret, valeur)
    if arret["balise"] == "SELECT":
        _derouler(page, arret, valeur)
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(valeur)
    return True


def _choisir(page, arret: dict, valeur: str) -> bool:
    page.keyboard.press("Space")
    for _ in range(ARRETS_AU_PLUS):
        if page.evaluate(OU)["valeur"] == valeur:
            return True
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{page.url} : {arret['nom']} n'a pas la réponse {valeur}")


def _derouler(page, arret: dict, valeur: str) -> None:
    for _ in range(arret["options"].index(valeur) - arret["rang"]):
        page.keyboard.press("ArrowDown")
