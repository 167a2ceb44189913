"""Écrire une lettre prête : les mots du modèle, les dates de la démarche, les articles de la loi. Rien de plus."""

from dataclasses import dataclass
from datetime import date

from pleinsdroits.demarches.attente import Attente, attente
from pleinsdroits.demarches.delais import Renvoi, delais
from pleinsdroits.demarches.faits import FaitsDeDemarche
from pleinsdroits.demarches.lettres.modele import ModeleDeLettre, modeles
from pleinsdroits.demarches.recours import AMIABLES, JURIDICTIONS, voies_de_refus
from pleinsdroits.droits.fiche import Fiche, VoieDeRecours
from pleinsdroits.droits.textes import Phrase, insecables, jour_long, phrase
from pleinsdroits.droits.textes import marque as _

MANQUES = {
    "deposee_le": _("Il manque la date de dépôt de la demande."),
    "expose": _("Il manque vos raisons : dites en quelques mots pourquoi vous contestez."),
    "sans_reponse": _("Une réponse est déjà notée : cette lettre ne sert que sans réponse."),
    "decision": _("Il n’y a rien à contester : notez le refus reçu, ou attendez la fin du délai de réponse."),
    "refus_par_silence": _(
        "Le silence ne vaut pas encore refus pour cette demande : notez le dépôt, ou attendez la fin du délai."
    ),
    "prealable": _(
        "Pour ce droit, nous ne connaissons pas de recours préalable obligatoire. Voyez le recours amiable."
    ),
    "amiable": _(
        "Le recours amiable ne convient pas à ce droit : un autre recours est obligatoire, ou nous ne le savons pas. "
        "Lisez la lettre de refus."
    ),
}


class LettreImpossible(ValueError):
    """Il manque un fait à la lettre. ``phrase`` dit lequel ; ``champ`` le nomme."""

    def __init__(self, champ: str, texte: Phrase):
        super().__init__(str(texte))
        self.champ = champ
        self.phrase = texte


@dataclass(frozen=True)
class FaitsDeLettre:
    """
    Ce qu'une lettre a le droit de dire. ``expose`` : les raisons, avec les mots de la personne ; ``numero`` : son numéro
    chez l'organisme ; ``voie`` : lequel des recours préalables de la fiche, s'il y en a plusieurs.
    """

    fiche: Fiche
    faits: FaitsDeDemarche
    jour: date
    expose: str = ""
    numero: str = ""
    pieces: tuple[str, ...] = ()
    voie: int = 0


@dataclass(frozen=True)
class Lettre:
    """Une lettre à relire et à corriger : ``texte`` est libre, ses paragraphes séparés par une ligne vide."""

    modele: str
    objet: str
    texte: str
    a_qui: str
    pieces_jointes: tuple[str, ...] = ()
    reference: str = ""


def composer_lettre(modele: str, faits: FaitsDeLettre) -> Lettre:
    """
    La lettre ``modele`` (« motifs », « prealable »…) remplie avec ``faits``.

    Lève ``LettreImpossible``, qui nomme le fait manquant, et ``KeyError`` si le modèle n'existe pas.
    """
    gabarit = modeles()[modele]
    valeurs = _valeurs(faits)
    for nom in gabarit.demande:
        if not valeurs.get(nom):
            raise LettreImpossible(nom, phrase(MANQUES[nom]))
    textes = [insecables(p.texte.format_map(valeurs)) for p in gabarit.paragraphes if not p.si or valeurs.get(p.si)]
    objet = insecables(gabarit.objet.format_map(valeurs))
    reference = insecables(faits.numero.strip())
    return Lettre(modele, objet, "\n\n".join(textes), _a_qui(gabarit, faits), faits.pieces, reference)


def lettres_possibles(faits: FaitsDeLettre) -> list[ModeleDeLettre]:
    """Les modèles utilisables aujourd'hui, les raisons de la personne mises à part (elle les écrira)."""
    valeurs = _valeurs(faits)
    return [m for m in modeles().values() if all(valeurs.get(n) or n == "expose" for n in m.demande)]


def _valeurs(faits: FaitsDeLettre) -> dict[str, str]:
    valeurs = _dates(faits.faits) | _silence(faits) | _voies(faits)
    valeurs |= {"droit": faits.fiche.nom, "expose": faits.expose.strip(), "pieces": "oui" if faits.pieces else ""}
    generales = delais().generales
    valeurs |= {
        f"article_{nom}": _l_article(generales[nom].reference)
        for nom in ("incomplet", "accuse_du", "motifs", "attestation")
    }
    valeurs["decision"] = "".join(valeurs[n] for n in ("decision_le", "decision_partielle_le", "refus_par_silence"))
    return valeurs


def _dates(f: FaitsDeDemarche) -> dict[str, str]:
    return {
        "deposee_le": _jour(f.deposee_le),
        "accuse_le": _jour(f.recue_le if f.preuve == "accuse" else None),
        "recommande_le": _jour(f.recue_le if f.preuve == "recommande" else None),
        "incomplete_le": _jour(f.incomplete_le),
        "notifiee_le": _jour(f.notifiee_le),
        "decision_le": _jour(f.repondue_le if f.reponse == "refus" else None),
        "decision_partielle_le": _jour(f.repondue_le if f.reponse == "partiel" else None),
        "sans_reponse": "" if f.repondue_le else "oui",
    }


def _silence(faits: FaitsDeLettre) -> dict[str, str]:
    """Ce que le silence permet d'écrire : une règle sûre donne la date et l'article ; une règle à vérifier, aucun des deux."""
    silence, regle = attente(faits.fiche, faits.faits), delais().silence(faits.fiche)
    parle = silence.acquis(faits.jour) and faits.faits.repondue_le is None
    sure = regle is not None and regle.sure
    refus = parle and silence.sens == "refus"
    return {
        "accord_le": _si(parle and silence.sens == "accord" and sure, silence),
        "refus_le": _si(refus and sure, silence),
        "refus_a_verifier": "oui" if refus and not sure else "",
        "refus_par_silence": "oui" if refus else "",
        "en_attente": "" if parle and sure else "oui",
        "article_silence": _l_article(regle.reference) if regle and sure else "",
    }


def _voies(faits: FaitsDeLettre) -> dict[str, str]:
    prealable = _prealable(faits)
    regle = delais().prealable(faits.fiche, prealable) if prealable else None
    sure = regle is not None and regle.sure
    return {
        "prealable": prealable.devant if prealable else "",
        "article_prealable": _l_article(regle.reference) if regle and sure else "",
        "prealable_sans_article": "" if sure else "oui",
        "amiable": "oui" if prealable is None and _amiable(faits.fiche) else "",
        "article_gracieux": _l_article(delais().generales["gracieux"].reference)
        if _juge_administratif(faits.fiche)
        else "",
    }


def _prealable(faits: FaitsDeLettre) -> VoieDeRecours | None:
    voies = [v for v in voies_de_refus(faits.fiche) if v.nature == "prealable_obligatoire"]
    return voies[min(faits.voie, len(voies) - 1)] if voies else None


def _amiable(fiche: Fiche) -> bool:
    return _juge_administratif(fiche) or any(v.nature in AMIABLES for v in voies_de_refus(fiche))


def _juge_administratif(fiche: Fiche) -> bool:
    juges = (delais().juge(fiche, v) for v in voies_de_refus(fiche) if v.nature in JURIDICTIONS)
    return any(j and j.id == "administratif" for j in juges)


def _a_qui(gabarit: ModeleDeLettre, faits: FaitsDeLettre) -> str:
    prealable = _prealable(faits) if gabarit.a_qui == "prealable" else None
    amiables = [v for v in voies_de_refus(faits.fiche) if v.nature in AMIABLES] if gabarit.a_qui == "amiable" else []
    lieu = prealable.devant if prealable else amiables[0].devant if amiables else faits.fiche.institution
    return lieu[:1].upper() + lieu[1:]


def _l_article(renvoi: Renvoi) -> str:
    """« l’article … du code … », « les articles … », prêt à suivre « d’après », « par » ou « prévoit »."""
    entier = renvoi.entier()
    return f"les {entier}" if entier.startswith("articles") else f"l’{entier}"


def _si(condition: bool, silence: Attente) -> str:
    return _jour(silence.jour) if condition else ""


def _jour(jour: date | None) -> str:
    return jour_long(jour) if jour else ""
