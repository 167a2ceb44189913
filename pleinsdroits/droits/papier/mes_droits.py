"""« Mes droits » : une première page à garder sous la main, puis le pas à pas, papiers à cocher et recours."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.exclusions import grouper, valeur_annuelle
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat, Totaux
from pleinsdroits.droits.moteur.totaux import dire_le_gain
from pleinsdroits.droits.papier.fiches import fiche_en_donnees, sans_nom
from pleinsdroits.droits.textes import euros, insecables, jour_long, mois_annee
from pleinsdroits.socle.papier import code_qr, composer
from pleinsdroits.socle.ville import Ville

GABARIT = Path(__file__).parent / "mes_droits.typ"
PERIODES = {Periodicite.MOIS: "par mois", Periodicite.AN: "par an", Periodicite.UNE_FOIS: "une fois", None: ""}
CHIFFRES = {
    "a_demander_par_mois": ("À demander", "par mois"),
    "a_demander_par_an": ("À demander", "par an"),
    "une_fois": ("À demander", "une fois"),
    "deja_recu_par_mois": ("Déjà reçus", "par mois"),
}
CHEZ_SOI = "Chez vous"  # ce n'est pas un endroit où aller
A_VERIFIER = (Etat.PROBABLE, Etat.A_COMPLETER)


def mes_droits_pdf(
    bilan: Bilan,
    fiches: Mapping[str, Fiche],
    ville: Ville,
    *,
    grand: bool,
    adresse: Callable[[str], str],
    gens: Mapping[str, str] | None = None,
    lieux: Sequence[Mapping[str, object]] = (),
) -> bytes:
    """
    Le PDF/UA-1 de ``bilan``. ``adresse(droit)`` donne l'adresse publique d'une fiche (pour le code QR) ;
    ``grand`` : caractères de 18 points. ``gens`` : comment nommer chacun sans son nom (« votre enfant de 8 ans ») ;
    ``lieux`` où se faire aider : nom, adresse, telephone, horaires (liste), exemple. Aucun nom, aucune réponse
    brute : le résultat et ses raisons.
    """
    connus = [r for r in bilan.resultats if r.droit in fiches and not _a_taire(r, fiches[r.droit])]
    lignes = grouper(connus)  # l'un ou l'autre : une seule ligne
    autrement = {id(r): _gain(r, bilan) + [_ou_bien(a, fiches) for a in autres] for r, autres in lignes}

    def bref(r: Resultat) -> dict:
        return _bref(r, fiches[r.droit], gens or {}) | {"autrement": autrement[id(r)]}

    meneurs = sorted((r for r, _autres in lignes), key=valeur_annuelle, reverse=True)
    possibles = [r for r in meneurs if r.etat in A_VERIFIER and r.deja_recu is None]
    donnees = {
        "titre": "Mes droits",
        "grand": grand,
        "ville": ville.model_dump(),
        "site": sans_nom(adresse(next(iter(fiches)))).split("/")[0],
        "date": jour_long(bilan.jour),
        "version": bilan.version_regles,
        "mention": bilan.mention,
        "totaux": _chiffres(bilan.totaux),
        "ouverts": [_pas_a_pas(bref(r), fiches[r.droit], bilan, adresse) for r in meneurs if r.a_demander],
        "a_verifier": _par_raison([bref(r) for r in possibles]),
        "recus": [bref(r) for r in meneurs if r.deja_recu is not None],
        "fermes": _fermes(connus, fiches),
        "lieux": list(lieux),
    }
    return composer(GABARIT, donnees)


def _a_taire(resultat: Resultat, fiche: Fiche) -> bool:
    """Sur un papier qui traîne, une aide aux victimes de violences que rien n'ouvre peut mettre en danger."""
    return fiche.sensible and resultat.etat is not Etat.OUVERT and resultat.deja_recu is None


def _chiffres(totaux: Totaux) -> list[dict]:
    """Les sommes qui ne sont pas nulles."""
    return [
        {"titre": CHIFFRES[nom][0], "valeur": euros(valeur, centimes=True), "periode": CHIFFRES[nom][1]}
        for nom, valeur in vars(totaux).items()
        if valeur
    ]


def _gain(resultat: Resultat, bilan: Bilan) -> list[str]:
    dit = dire_le_gain(resultat, bilan.resultats)
    return [str(dit)] if dit else []


def _ou_bien(autre: Resultat, fiches: Mapping[str, Fiche]) -> str:
    montant = _montant(autre)
    chiffre = f" ({montant})" if montant else ""
    return insecables(f"Ou bien : {fiches[autre.droit].nom}{chiffre}. Ces deux aides ne s’ajoutent pas.")


def _pas_a_pas(bref: dict, fiche: Fiche, bilan: Bilan, adresse: Callable[[str], str]) -> dict:
    url = adresse(fiche.id)
    return {**fiche_en_donnees(fiche, bilan.jour), **bref, "qr": code_qr(url), "url": sans_nom(url)}


def _bref(resultat: Resultat, fiche: Fiche, gens: Mapping[str, str]) -> dict:
    premiere = fiche.etapes[0]
    return {
        "nom": fiche.nom,
        "pour": _pour(resultat, gens),
        "montant": _montant(resultat),
        "motifs": [str(m) for m in resultat.motifs],
        "verifier": [str(p) for p in resultat.a_verifier],
        "manque": [str(m.question) for m in resultat.manque],
        "recu": f"{euros(resultat.deja_recu, centimes=True)} par mois" if resultat.deja_recu else "",
        "quoi": premiere.quoi,
        "ou": "" if premiere.ou == CHEZ_SOI else premiere.ou,
        "de_la_ville": fiche.exemple,
    }


def _pour(resultat: Resultat, gens: Mapping[str, str]) -> str:
    """Pour qui, si ce n'est ni la personne qui demande ni tout le foyer."""
    if resultat.pour == ("moi",) or len(resultat.pour) >= len(gens):
        return ""
    return ", ".join(gens[i] for i in resultat.pour if i in gens)


def _montant(resultat: Resultat) -> str:
    if resultat.montant is None:
        return ""
    if not resultat.montant and resultat.modalite:
        return resultat.modalite
    return f"{euros(resultat.montant, centimes=True)} {PERIODES[resultat.periodicite]}".strip()


def _par_raison(brefs: Sequence[dict]) -> list[dict]:
    """
    Les droits à vérifier, ceux qui ont les mêmes raisons réunis : ``motifs`` et ``communs`` se disent une fois,
    ``droits[].points`` ce qui est propre à chacun.
    """
    groupes: dict[tuple[str, ...], list[dict]] = {}
    for bref in brefs:
        groupes.setdefault(tuple(bref["motifs"]), []).append(bref)
    return [_groupe(list(motifs), reunis) for motifs, reunis in groupes.items()]


def _groupe(motifs: list[str], brefs: list[dict]) -> dict:
    communs, points = _partager([b["verifier"] + b["autrement"] for b in brefs])
    manque, manques = _partager([b["manque"] for b in brefs])
    lieu, fois = Counter(b["ou"] for b in brefs).most_common(1)[0]
    ou = lieu if fois > 1 else ""
    droits = [
        b | {"points": siens, "manque": manquent, "ou": "" if b["ou"] == ou else b["ou"]}
        for b, siens, manquent in zip(brefs, points, manques, strict=True)
    ]
    titre = "Aides de la ville" if all(b["de_la_ville"] for b in brefs) else f"{len(brefs)} aides, pour la même raison"
    return {"titre": titre, "motifs": motifs, "communs": communs, "manque": manque, "ou": ou, "droits": droits}


def _partager(listes: Sequence[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Les phrases que toutes les listes disent, puis ce que chacune dit en plus."""
    communs = [p for p in listes[0] if all(p in autres for autres in listes)]
    return communs, [[p for p in siennes if p not in communs] for siennes in listes]


def _fermes(resultats: Sequence[Resultat], fiches: Mapping[str, Fiche]) -> list[dict]:
    """Les « pas maintenant », ceux qui s'ouvriront bientôt d'abord ; ceux qui ont la même raison sur une ligne."""
    fermes = [r for r in resultats if r.etat is Etat.NON and r.deja_recu is None]
    rangs = {droit: rang for rang, droit in enumerate(fiches)}  # le catalogue est dans l'ordre des noms
    fermes.sort(key=lambda r: (r.ouvre_le is None, rangs[r.droit]))
    lignes: dict[tuple[str, str], list[str]] = {}
    for r in fermes:
        ouvre = "" if r.ouvre_le is None else mois_annee(r.ouvre_le.premier_jour)
        noms = lignes.setdefault((str(r.motifs[0]) if r.motifs else "", ouvre), [])
        if fiches[r.droit].nom not in noms:
            noms.append(fiches[r.droit].nom)
    return [{"noms": noms, "motif": motif, "ouvre": ouvre} for (motif, ouvre), noms in lignes.items()]
