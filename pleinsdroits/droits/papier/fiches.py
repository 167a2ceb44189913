"""Une fiche en données simples, pour les gabarits de papier."""

from datetime import date

from pleinsdroits.droits.fiche import Etape, Fiche, Pieces, Recours, Silence, Su
from pleinsdroits.droits.textes import jour_long


def fiche_en_donnees(fiche: Fiche, jour: date) -> dict:
    """Tout ce qu'une fiche dit, en textes et listes (types JSON), avec ses mises en garde au ``jour``."""
    return {
        "id": fiche.id,
        "nom": fiche.nom,
        "pour_qui": fiche.pour_qui,
        "combien": fiche.combien or "",
        "institution": fiche.institution,
        "conditions": fiche.a_verifier,
        "etapes": [
            {
                "quoi": e.quoi,
                "ou": e.ou,
                "lien": sans_nom(str(e.lien.url)) if e.lien and e.lien.site not in e.ou else "",
                "papiers": [] if papiers_repetes(e, fiche) else e.papiers,
                "duree": e.duree or "",
            }
            for e in fiche.etapes
        ],
        "papiers": fiche.pieces.connu or [],
        "papiers_note": _note(fiche.pieces),
        "delai": fiche.delai.connu or _note(fiche.delai),
        "silence": fiche.silence.connu.texte if fiche.silence.connu else _note(fiche.silence),
        "recours": [r.texte for r in fiche.recours.connu] if fiche.recours.connu else [_note(fiche.recours)],
        "references": [str(r) for r in fiche.references],
        "alertes": alertes(fiche, jour),
        "verifie": jour_long(fiche.verifie_le),
    }


def alertes(fiche: Fiche, jour: date) -> list[str]:
    """Ce qu'il faut dire avant qu'on compte sur la fiche : valeurs d'exemple, date passée, point non confirmé."""
    dites = []
    if fiche.exemple:
        dites.append(
            "Exemple, à remplacer par la ville : les montants et conditions ne sont pas ceux d’un vrai règlement."
        )
    if fiche.perimee(jour):
        dites.append(
            f"Cette fiche doit être revérifiée depuis le {jour_long(fiche.a_reverifier_avant)}. "
            "Demandez confirmation avant de compter dessus."
        )
    return dites + [f"Nous n’avons pas pu confirmer ce point : {p}" for p in fiche.a_confirmer]


def papiers_repetes(etape: Etape, fiche: Fiche) -> bool:
    """Vrai si chaque papier de l'étape est déjà dans la liste à cocher de la fiche, aux précisions près."""
    liste = {_nom_du_papier(p) for p in fiche.pieces.connu or ()}
    return all(_nom_du_papier(p) in liste for p in etape.papiers)


def _nom_du_papier(papier: str) -> tuple[str, ...]:
    """« Livret de famille, si vous avez des enfants » et « Livret de famille » sont le même papier."""
    mots = papier.casefold().replace(",", " ").replace("(", " ").replace(")", " ").replace(" n° ", " ").split()
    return tuple(mots[:2])


def sans_nom(adresse: str) -> str:
    """Une adresse à lire et à recopier : sans « https:// » ni barre finale."""
    return adresse.removeprefix("https://").removeprefix("http://").rstrip("/")


def _note(point: Su | Pieces | Silence | Recours) -> str:
    return point.inconnu or point.sans_objet or ""
