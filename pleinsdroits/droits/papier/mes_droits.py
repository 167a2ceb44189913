"""« Mes droits » : la feuille que l'on garde, avec étapes, papiers à cocher et recours."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.exclusions import grouper, valeur_annuelle
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Periodicite, Resultat
from pleinsdroits.droits.moteur.totaux import dire_le_gain
from pleinsdroits.droits.papier.fiches import fiche_en_donnees, sans_nom
from pleinsdroits.droits.textes import euros, jour_long, mois_annee
from pleinsdroits.socle.papier import code_qr, composer
from pleinsdroits.socle.ville import Ville

GABARIT = Path(__file__).parent / "mes_droits.typ"
PERIODES = {Periodicite.MOIS: "par mois", Periodicite.AN: "par an", Periodicite.UNE_FOIS: "une fois", None: ""}
ETATS = {Etat.PROBABLE: "À vérifier", Etat.A_COMPLETER: "Il manque une réponse"}


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
    meneurs = [r for r, _autres in lignes]
    ouverts = sorted((r for r in meneurs if r.a_demander), key=valeur_annuelle, reverse=True)
    donnees = {
        "titre": "Mes droits",
        "grand": grand,
        "ville": ville.model_dump(),
        "date": jour_long(bilan.jour),
        "version": bilan.version_regles,
        "mention": bilan.mention,
        "totaux": {nom: euros(valeur, centimes=True) for nom, valeur in vars(bilan.totaux).items()},
        "ouverts": [
            _ouvert(r, fiches[r.droit], bilan, adresse, gens or {}) | {"autrement": autrement[id(r)]} for r in ouverts
        ],
        "a_verifier": [
            _bref(r, fiches[r.droit]) | {"autrement": autrement[id(r)]}
            for r in meneurs
            if r.etat in ETATS and r.deja_recu is None
        ],
        "recus": [
            _bref(r, fiches[r.droit]) | {"autrement": autrement[id(r)]} for r in meneurs if r.deja_recu is not None
        ],
        "fermes": _fermes(connus, fiches),
        "lieux": list(lieux),
    }
    return composer(GABARIT, donnees)


def _a_taire(resultat: Resultat, fiche: Fiche) -> bool:
    """Sur un papier qui traîne, une aide aux victimes de violences que rien n'ouvre peut mettre en danger."""
    return fiche.sensible and resultat.etat is not Etat.OUVERT and resultat.deja_recu is None


def _gain(resultat: Resultat, bilan: Bilan) -> list[str]:
    dit = dire_le_gain(resultat, bilan.resultats)
    return [str(dit)] if dit else []


def _ou_bien(autre: Resultat, fiches: Mapping[str, Fiche]) -> str:
    montant = _montant(autre)
    chiffre = f" ({montant})" if montant else ""
    return f"Ou bien : {fiches[autre.droit].nom}{chiffre}. Ces deux aides ne s’ajoutent pas."


def _ouvert(
    resultat: Resultat, fiche: Fiche, bilan: Bilan, adresse: Callable[[str], str], gens: Mapping[str, str]
) -> dict:
    url = adresse(fiche.id)
    return {
        **fiche_en_donnees(fiche, bilan.jour),
        **_bref(resultat, fiche),
        "pour": _pour(resultat, gens),
        "qr": code_qr(url),
        "url": sans_nom(url),
    }


def _pour(resultat: Resultat, gens: Mapping[str, str]) -> str:
    """Pour qui, si ce n'est ni la personne qui demande ni tout le foyer."""
    if resultat.pour == ("moi",) or len(resultat.pour) >= len(gens):
        return ""
    return ", ".join(gens[i] for i in resultat.pour if i in gens)


def _bref(resultat: Resultat, fiche: Fiche) -> dict:
    return {
        "nom": fiche.nom,
        "etat": ETATS.get(resultat.etat, ""),
        "montant": _montant(resultat),
        "motifs": [str(m) for m in resultat.motifs],
        "verifier": [str(p) for p in resultat.a_verifier],
        "manque": [str(m.question) for m in resultat.manque],
        "recu": f"{euros(resultat.deja_recu, centimes=True)} par mois" if resultat.deja_recu else "",
    }


def _montant(resultat: Resultat) -> str:
    if resultat.montant is None:
        return ""
    if not resultat.montant and resultat.modalite:
        return resultat.modalite
    return f"{euros(resultat.montant, centimes=True)} {PERIODES[resultat.periodicite]}".strip()


def _fermes(resultats: Sequence[Resultat], fiches: Mapping[str, Fiche]) -> list[dict]:
    """Les « pas maintenant », ceux qui s'ouvriront bientôt d'abord ; ceux qui ont la même raison sur une ligne."""
    fermes = [r for r in resultats if r.etat is Etat.NON and r.deja_recu is None]
    fermes.sort(key=lambda r: (r.ouvre_le is None, fiches[r.droit].nom.casefold()))
    lignes: dict[tuple[str, str], list[str]] = {}
    for r in fermes:
        ouvre = "" if r.ouvre_le is None else mois_annee(r.ouvre_le.premier_jour)
        noms = lignes.setdefault((str(r.motifs[0]) if r.motifs else "", ouvre), [])
        if fiches[r.droit].nom not in noms:
            noms.append(fiches[r.droit].nom)
    return [{"noms": noms, "motif": motif, "ouvre": ouvre} for (motif, ouvre), noms in lignes.items()]
