"""Le bilan rangé pour l'écran : à demander, à vérifier, déjà reçu, pas maintenant ; les mots, les formes, l'ordre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from pleinsdroits.droits.fiche import Fiche
from pleinsdroits.droits.moteur.exclusions import grouper, valeur_annuelle
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat
from pleinsdroits.droits.moteur.totaux import dire_le_gain
from pleinsdroits.droits.questionnaire import parcours
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.textes import INSECABLE, euros, mois_annee

ETIQUETTES = {
    Etat.OUVERT: ("ouvert", "plein", _("À demander")),
    Etat.PROBABLE: ("probable", "demi", _("À vérifier")),
    Etat.A_COMPLETER: ("manque", "question", _("Il manque une réponse")),
    Etat.NON: ("non", "barre", _("Pas maintenant")),
}
PERIODES = {Periodicite.MOIS: _("par mois"), Periodicite.AN: _("une fois par an"), Periodicite.UNE_FOIS: _("une fois")}
NON_MONTRES = 2
ASSEZ_POUR_REUNIR = 3
ECRANS_DES_CHAMPS = {
    "seul_depuis": "seul-depuis", "avis": "avis", "patrimoine": "patrimoine", "charges": "charges", "dettes": "dettes",
    "prestations": "aides-recues", "logement.statut": "logement", "logement.commune": "logement", "logement": "loyer",
    "nationalite": "nationalite", "sejour": "sejour", "arrivee_en_france": "sejour", "activite": "activite",
    "inscription_france_travail": "activite-suite", "cinq_ans_activite_sur_dix": "activite-suite",
    "deux_ans_activite_sur_trois": "activite-suite", "boursier": "activite-suite", "rattache_fiscal": "activite-suite",
    "scolarite": "enfants", "autre_parent": "enfants", "sante": "sante", "independant": "activite-suite",
    "grossesse": "precisions", "handicap": "precisions", "inapte": "precisions", "autonomie": "precisions",
    "arret_de_travail": "precisions",
}  # fmt: skip

# Une précision se demande sous votre réponse, ou sur la page des autres personnes.
SINON = {"activite-suite": "activite", "sejour": "nationalite"}


@dataclass(frozen=True)
class Fait:
    """Une ligne sous un droit : sa forme, son texte, et la question qu'elle propose de rouvrir."""

    icone: str
    texte: str
    lien: str = ""


@dataclass(frozen=True)
class Droit:
    """Un droit pour des personnes, tel qu'il s'affiche."""

    nom: str
    adresse: str
    genre: str
    icone: str
    mot: str
    pour: str
    montant: str
    unite: str
    faits: list[Fait] = field(default_factory=list)
    de_la_ville: bool = False

    @property
    def pour_un_autre(self) -> bool:
        """Vrai si ce droit est celui d'une autre personne du foyer, et pas aussi le vôtre."""
        return bool(self.pour) and not self.pour.startswith(_("Vous").lower())


@dataclass(frozen=True)
class Page:
    """Les quatre groupes, et les autres droits étudiés, chacun avec sa raison."""

    ouverts: list[Droit]
    a_verifier: list[Droit]
    deja: list[Droit]
    non: list[Droit]
    autres: list[Droit]
    prochaine: str

    @property
    def reunis(self) -> list[list[Droit]]:
        """
        Les droits à vérifier qui ont les mêmes raisons (aides de la ville) ou attendent les mêmes réponses : on les
        dit une seule fois.
        """
        memes: list[list[Droit]] = []
        for droit in self.a_verifier:
            groupe = next((g for g in memes if _memes_raisons(g[0], droit)), None)
            memes.append([droit]) if groupe is None else groupe.append(droit)
        return [g for g in memes if len(g) >= (ASSEZ_POUR_REUNIR if g[0].de_la_ville else 2) and _reunissable(g[0])]

    @property
    def a_verifier_seuls(self) -> list[Droit]:
        """Les autres droits à vérifier."""
        reunis = [droit for groupe in self.reunis for droit in groupe]
        return [d for d in self.a_verifier if d not in reunis]

    @property
    def nombre_de_non(self) -> int:
        return len(self.non) + len(self.autres)


def _memes_raisons(un: Droit, autre: Droit) -> bool:
    return (un.genre, un.faits, un.de_la_ville) == (autre.genre, autre.faits, autre.de_la_ville)


def _reunissable(droit: Droit) -> bool:
    """Une aide de la ville, ou un droit dont il manque une réponse."""
    return droit.de_la_ville or (droit.genre == "manque" and any(f.lien for f in droit.faits))


def presenter(bilan: Bilan, fiches: Mapping[str, Fiche], contexte: Contexte, *, droit: str = "") -> Page:
    """
    Les résultats groupés (ou ceux de ``droit`` seul). Des droits qui ne s'ajoutent pas tiennent sur une ligne. Un droit
    d'une fiche sensible auquel il manque une réponse n'est pas montré : la question en dirait trop sur un écran partagé.
    """
    connus = [r for r in bilan.resultats if r.droit in fiches]
    montrables = [r for r in connus if not (fiches[r.droit].sensible and r.etat is Etat.A_COMPLETER)]
    noms = {g.ident: g.nom for g in contexte.gens}
    fermes_partout = {r.droit for r in connus} - {r.droit for r in connus if r.etat is not Etat.NON}
    lignes = [(r, ()) for r in montrables if r.droit == droit] if droit else _reunir(grouper(montrables))
    autrement = {id(r): autres for r, autres in lignes}

    def montrer(resultats: list[Resultat]) -> list[Droit]:
        rendus = []
        for r in resultats:
            autres = autrement[id(r)]
            suite = [*_gain(r, bilan), *[_ou_bien(r, a, fiches) for a in autres]]
            deja_dits = fermes_partout | {a.droit for a in autres}
            rendus.append(_droit(_sans_exclus(r, deja_dits), fiches, noms, contexte, suite))
        return rendus

    deja = [r for r, _autres in lignes if r.deja_recu is not None]
    reste = [r for r, _autres in lignes if r.deja_recu is None]
    ouverts = sorted((r for r in reste if r.etat is Etat.OUVERT), key=lambda r: -valeur_annuelle(r))
    probables = sorted((r for r in reste if r.etat is Etat.PROBABLE), key=lambda r: -valeur_annuelle(r))
    manques = [r for r in reste if r.etat is Etat.A_COMPLETER]
    fermes = [r for r in reste if r.etat is Etat.NON]
    bientot = sorted((r for r in fermes if r.ouvre_le), key=lambda r: str(r.ouvre_le))
    non = [*bientot, *[r for r in fermes if not r.ouvre_le and r.droit in ("rsa", "ppa", "css")]][
        : NON_MONTRES + len(bientot)
    ]
    autres = [r for r in fermes if r not in non]
    prochaine = _prochaine(bientot[0], fiches) if bientot else ""
    return Page(montrer(ouverts), montrer(probables + manques), montrer(deja), montrer(non), montrer(autres), prochaine)


def _reunir(lignes: Iterable[tuple[Resultat, tuple[Resultat, ...]]]) -> list[tuple[Resultat, tuple[Resultat, ...]]]:
    """Le même droit, sans montant et pour les mêmes raisons, tient sur une ligne pour toutes ses personnes."""
    reunies: list[tuple[Resultat, tuple[Resultat, ...]]] = []
    for r, autres in lignes:
        seul = not autres and r.montant is None and not r.deja_recu
        rangs = [i for i, (s, a) in enumerate(reunies) if seul and not a and replace(s, pour=r.pour) == r]
        if rangs:
            pareil = reunies[rangs[0]][0]
            reunies[rangs[0]] = (replace(pareil, pour=pareil.pour + r.pour), ())
        else:
            reunies.append((r, tuple(autres)))
    return reunies


def _sans_exclus(resultat: Resultat, deja_dits: set[str]) -> Resultat:
    """Dire qu'une aide ne s'ajoute pas à une autre n'a de sens que si l'autre est possible, et une seule fois."""
    return replace(resultat, exclut=tuple(d for d in resultat.exclut if d not in deja_dits))


def _ou_bien(mene: Resultat, autre: Resultat, fiches: Mapping[str, Fiche]) -> Fait:
    """L'autre choix, sur la même ligne, jamais ajouté."""
    montant = " ".join(m for m in _montant(autre) if m)
    chiffre = _(" ({montant})").format(montant=montant) if montant else ""
    plus_fort = valeur_annuelle(mene) > valeur_annuelle(autre) > 0
    suite = _("Nous comptons la plus forte.") if plus_fort else _("Quelqu’un peut vous aider à choisir.")
    texte = _("Ou bien : {nom}{chiffre}. Ces deux aides ne s’ajoutent pas. {suite}")
    return Fait(
        "demi",
        texte.format(nom=fiches[autre.droit].nom, chiffre=chiffre, suite=suite),
        reverse("public:mon_droit", args=[autre.droit]),
    )


def _gain(resultat: Resultat, bilan: Bilan) -> list[Fait]:
    dit = dire_le_gain(resultat, bilan.resultats)
    return [Fait("plein", dit.en(_))] if dit else []


def _prochaine(resultat: Resultat, fiches: Mapping[str, Fiche]) -> str:
    if resultat.ouvre_le is None:
        return ""
    mois = mois_annee(resultat.ouvre_le.premier_jour)
    return _("En {mois} : {nom}.").format(mois=mois, nom=fiches[resultat.droit].nom)


def _droit(
    r: Resultat, fiches: Mapping[str, Fiche], noms: Mapping[str, str], contexte: Contexte, suite: list[Fait]
) -> Droit:
    fiche = fiches[r.droit]
    genre, icone, mot = ETIQUETTES[r.etat]
    if r.deja_recu is not None:
        genre, icone, mot = "ouvert", "plein", _("Déjà reçu")
    elif r.ouvre_le:
        mot = _("S’ouvre plus tard")
    montant, unite = _montant(r)
    pour = _pour(r, noms)
    return Droit(
        fiche.nom,
        reverse("public:mon_droit", args=[r.droit]),
        genre,
        icone,
        _(mot),
        pour,
        montant,
        unite,
        _sans_redite(_faits(r, fiches, contexte) + suite),
        de_la_ville=fiche.exemple,
    )


def _sans_redite(faits: list[Fait]) -> list[Fait]:
    """Chaque texte une seule fois ; s'il est aussi une question à rouvrir, c'est elle qui reste."""
    questions = {f.texte for f in faits if f.lien}
    return list(dict.fromkeys(f for f in faits if f.lien or f.texte not in questions))


def _pour(r: Resultat, noms: Mapping[str, str]) -> str:
    """Pour qui, si ce n'est pas la personne qui demande ou tout le foyer."""
    if len(noms) == 1 or len(r.pour) >= len(noms) or r.pour == ("moi",):
        return ""
    dits = [noms.get(i, i) for i in r.pour]
    return ", ".join(nom[0].lower() + nom[1:] for nom in dits)


def _montant(r: Resultat) -> tuple[str, str]:
    if r.deja_recu is not None and r.deja_recu:
        return euros(r.deja_recu, centimes=True), _("par mois")
    if r.montant is None or r.etat in (Etat.NON, Etat.A_COMPLETER):
        return "", ""
    if not r.montant:
        return f"0{INSECABLE}€", _("à payer : gratuit") if r.modalite == "gratuite" else ""
    texte = euros(r.montant, centimes=r.etat is Etat.OUVERT)
    return texte, _(PERIODES[r.periodicite]) if r.periodicite else ""


def _faits(r: Resultat, fiches: Mapping[str, Fiche], contexte: Contexte) -> list[Fait]:
    fiche = fiches[r.droit]
    forme = {Etat.OUVERT: "plein", Etat.NON: "barre"}.get(r.etat, "demi")
    faits = [Fait(forme, p.en(_)) for p in r.motifs]
    if r.ouvre_le:
        faits.append(
            Fait(
                "horloge",
                _("S’ouvre en {mois}, avec les règles d’aujourd’hui.").format(mois=mois_annee(r.ouvre_le.premier_jour)),
            )
        )
    faits += [dire_le_manque(m, contexte) for m in r.manque]
    if r.etat in (Etat.PROBABLE, Etat.OUVERT) or r.deja_recu is not None:
        faits += [Fait("personne", _("À vérifier : {point}").format(point=p.en(_))) for p in r.a_verifier]
    if r.deja_recu is None and r.etat is Etat.OUVERT:
        faits.append(Fait("papier", _("À faire : {etape}").format(etape=fiche.etapes[0].quoi)))
        if fiche.silence.connu:
            faits.append(Fait("horloge", fiche.silence.connu.texte))
    if r.exclut:
        autres = ", ".join(f"« {fiches[d].nom} »" for d in r.exclut if d in fiches)
        faits.append(Fait("barre", _("Avec {autres} : ces deux aides ne s’ajoutent pas.").format(autres=autres)))
    return faits


def dire_le_manque(manque: Manque, contexte: Contexte) -> Fait:
    """La question à laquelle il manque une réponse, et l'écran qui la pose."""
    ecran = _ecran(manque.champ, contexte)
    return Fait("question", manque.question.en(_), reverse("public:question", args=[ecran]) if ecran else "")


def _ecran(champ: str, contexte: Contexte) -> str:
    """L'écran qui pose la question du champ, s'il est posé à ce foyer."""
    posees = {q.slug for q in parcours.posees(contexte)}
    if champ.endswith("revenus") or ".revenus" in champ:
        qui = champ.split(".")[1] if champ.startswith("personnes.") else "moi"
        essais = [f"montants-{qui}", f"revenus-{qui}", "revenus-autres"]
    else:
        morceaux = champ.split(".")
        cles = [champ, *morceaux[2:3], ".".join(morceaux[:2]), morceaux[0]]
        connus = [ECRANS_DES_CHAMPS[c] for c in cles if c in ECRANS_DES_CHAMPS]
        essais = [e if _parle_de(e, morceaux, contexte) else SINON[e] for e in connus]
    return next((e for e in essais if e in posees), "")


def _parle_de(ecran: str, champ: list[str], contexte: Contexte) -> bool:
    """Faux si l'écran est celui des autres personnes et n'a rien sur celle du champ."""
    noms = parcours.PAR_SLUG[ecran].champs(contexte, None)
    return ecran not in SINON or any(nom.endswith(f"__{champ[1]}") for nom in noms)
