"""Qui ouvre quoi : chaque adresse, chaque rôle, chaque sorte d'objet, d'après la table ``portes/acces.md``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver, reverse

from pleinsdroits.portes.tests.monde_acces import INTERDITS, ROLES, SECRETS, Monde

TABLE = Path(__file__).parents[1] / "acces.md"
ATTENDU = {"oui": {"": True}, "tous": {"sien": True, "autre": True}, "sien": {"sien": True, "autre": False}}
ATTENDU["porte"] = ATTENDU["tous"]


def adresses(racine=None, prefixe: str = "") -> Iterator[str]:
    """Le nom de chaque adresse de la maison, avec son espace de noms."""
    for motif in (racine or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            yield from adresses(motif, prefixe + (f"{motif.namespace}:" if motif.namespace else ""))
        else:
            yield prefixe + str(motif.name)


def table() -> dict[str, dict[str, str]]:
    """Par adresse, ce que dit chaque colonne."""
    lignes = [
        [case.strip(" `") for case in ligne.strip("|\n ").split("|")]
        for ligne in TABLE.read_text().splitlines()
        if ligne.startswith("|") and not ligne.startswith("|-")
    ]
    entete = lignes[0]
    return {ligne[0]: dict(zip(entete, ligne, strict=True)) for ligne in lignes if ligne[0] != entete[0]}


def ouverte(monde: Monde, nom: str, arguments: dict) -> tuple[bool, str]:
    """L'adresse s'ouvre-t-elle ? Un simple envoi, vide, quand elle n'accepte que cela. Rend aussi la page."""
    adresse = reverse(nom, kwargs=arguments)
    reponse = monde.client.get(adresse)
    if reponse.status_code == 405:
        reponse = monde.client.post(adresse)
    vers = reponse.headers.get("Location", "")
    porte = vers.startswith("/agents/connexion/") or (vers == "/mon-dossier/" and adresse != vers)
    texte = reponse.getvalue().decode(errors="replace")
    return reponse.status_code not in (403, 404) and not porte, texte


def test_chaque_adresse_a_sa_ligne_et_chaque_ligne_son_adresse():
    connues, ecrites = set(adresses()), set(table())
    assert not connues - ecrites, f"Sans ligne dans {TABLE.name} : {sorted(connues - ecrites)}"
    assert not ecrites - connues, f"Lignes de {TABLE.name} sans adresse : {sorted(ecrites - connues)}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_un_role_n_ouvre_que_ce_que_dit_la_table(role):
    monde, ecarts = Monde(role), []
    for nom, ligne in table().items():
        if ligne["objet"] == "ailleurs":
            continue
        sortes = [""] if ligne["objet"] == "—" else ["sien", "autre"]
        for sorte in sortes:
            arguments = monde.objets[sorte][ligne["objet"]] if sorte else {}
            ouvre, page = ouverte(monde, nom, arguments)
            if ouvre != ATTENDU.get(ligne[role], {}).get(sorte, False):
                ecarts.append(f"{nom} {sorte or 'seule'} : la table dit « {ligne[role]} », ouverte={ouvre}")
            fuite = [mot for mot in (INTERDITS.get(role, SECRETS) if ouvre else SECRETS) if mot in page]
            if fuite:
                ecarts.append(f"{nom} {sorte} : la page montre {fuite}")
    assert not ecarts, "\n".join(ecarts)
