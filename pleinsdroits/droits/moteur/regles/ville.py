"""Les aides de la ville, lues dans ses règlements ; le registre des personnes à appeler ; la vie partagée."""

from collections.abc import Iterator
from decimal import Decimal

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import MAJORITE, foyer, non, probable
from pleinsdroits.droits.moteur.resultats import Etat, Manque, Resultat
from pleinsdroits.droits.reglement.evaluation import EtatEvaluation, Evaluation
from pleinsdroits.droits.reglement.libelles import GRANDEURS
from pleinsdroits.droits.reglement.ville import evaluer_localement
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

AIDES_FACULTATIVES = (
    "local_energie",
    "local_alimentaire",
    "local_hygiene",
    "local_telephone",
    "local_secours",
    "local_avance",
    "local_epicerie",
)


def _aide_facultative(droit: str):
    """
    La règle d'une aide facultative. La commission décide : jamais mieux que « probable ». « Non » seulement
    quand le règlement le dit, avec l'écart au seuil.
    """

    @regle(droit, jamais_sur=True)
    def selon_le_reglement(c: Contexte) -> Iterator[Resultat]:
        yield d_apres_le_reglement(c, droit)

    return selon_le_reglement


for _aide in AIDES_FACULTATIVES:
    _aide_facultative(_aide)


@regle("local_cantine", jamais_sur=True)
def local_cantine(c: Contexte) -> Iterator[Resultat]:
    """Le tarif de cantine au quotient de la ville (loi 98-657 art. 147) : la régie calcule le tarif exact."""
    yield d_apres_le_reglement(c, "local_cantine")


def d_apres_le_reglement(c: Contexte, droit: str) -> Resultat:
    """Le résultat d'un droit que décrit un règlement de la ville, en vigueur au jour du calcul."""
    evaluation = evaluer_localement(c.situation, droit, c.jour)
    if evaluation is None:
        motif = phrase(_("Nous n’avons pas le règlement de la ville à cette date. Demandez au service social (CCAS)."))
        return probable(c, droit, foyer(c), [motif])
    return TRADUCTIONS[evaluation.etat](c, droit, evaluation)


def _possible(c: Contexte, droit: str, evaluation: Evaluation) -> Resultat:
    verifier = [*evaluation.a_verifier, phrase(_("Votre budget complet. La commission de la ville décide."))]
    motifs = [*evaluation.motifs, *_chiffre(evaluation)]
    return probable(
        c, droit, foyer(c), motifs, [*verifier, *_exemple(evaluation)], intermediaires=_intermediaires(evaluation)
    )


def _indecis(c: Contexte, droit: str, evaluation: Evaluation) -> Resultat:
    verifier = [phrase(_("Ce que le règlement de la ville ne dit pas : demandez-le.")), *_exemple(evaluation)]
    return probable(c, droit, foyer(c), evaluation.motifs, verifier, intermediaires=_intermediaires(evaluation))


def _ferme(c: Contexte, droit: str, evaluation: Evaluation) -> Resultat:
    exception = [phrase(_("Une exception est possible : parlez-en au service social."))]
    verifier = (*(exception if evaluation.derogation_possible else ()), *_exemple(evaluation))
    if evaluation.exemple and evaluation.tranches:
        # Un seuil d'exemple ne ferme jamais un droit : la vraie ville en a peut-être un autre. Une condition, si.
        chiffres = _intermediaires(evaluation)
        return probable(c, droit, foyer(c), evaluation.motifs, verifier, intermediaires=chiffres)
    return non(droit, foyer(c), *evaluation.motifs, a_verifier=verifier, intermediaires=_intermediaires(evaluation))


def _incomplet(c: Contexte, droit: str, evaluation: Evaluation) -> Resultat:
    manques = tuple(Manque(m.champ.removeprefix("situation."), m.question) for m in evaluation.manque)
    return Resultat(droit, foyer(c), Etat.A_COMPLETER, motifs=evaluation.motifs, manque=manques)


TRADUCTIONS = {
    EtatEvaluation.ACCORDE_POSSIBLE: _possible,
    EtatEvaluation.INDETERMINE: _indecis,
    EtatEvaluation.REFUSE: _ferme,
    EtatEvaluation.A_COMPLETER: _incomplet,
}


def _chiffre(evaluation: Evaluation) -> list[Phrase]:
    """« 0,20 € par repas », « jusqu'à 50 € par mois » ; rien si la commission choisit sans limite écrite."""
    if evaluation.montant is not None:
        return [phrase(CHIFFRES[evaluation.periodicite], montant=euros(evaluation.montant))]
    if evaluation.au_plus is not None:
        montant = phrase(CHIFFRES[evaluation.periodicite], montant=euros(evaluation.au_plus))
        return [phrase(_("Au plus : {montant}"), montant=montant)]
    return []


CHIFFRES = {
    "mois": _("{montant} par mois."),
    "an": _("{montant} par an."),
    "une_fois": _("{montant} en une fois."),
    "repas": _("{montant} par repas."),
}


def _exemple(evaluation: Evaluation) -> list[Phrase]:
    if not evaluation.exemple:
        return []
    return [
        phrase(_("Le seuil est un exemple, à remplacer par la ville : demandez quand même si vous êtes en difficulté."))
    ]


def _intermediaires(evaluation: Evaluation) -> dict[str, float]:
    grandeur = evaluation.grandeur
    if grandeur is None or grandeur.valeur is None:
        return {}
    return {
        "Ressources par mois": float(grandeur.ressources),
        "Charges par mois": float(grandeur.charges),
        f"{GRANDEURS[grandeur.nature]} ({grandeur.unite})": float(grandeur.valeur),
    }


@regle("local_avp")
def local_avp(c: Contexte) -> Iterator[Resultat]:
    """L'aide à la vie partagée, dans un habitat inclusif qui a passé une convention (CASF L281-2-1)."""
    concernees = [p for p in c.situation.personnes if _agee_ou_handicapee(c, p)]
    if not concernees:
        motif = phrase(_("Cette aide est pour les personnes âgées ou handicapées."))
        yield non("local_avp", (c.situation.demandeur.id,), motif)
    for personne in concernees:
        motif = phrase(
            _("{age} ans : possible si cette personne vit dans un habitat inclusif."), age=age(personne, c.jour)
        )
        verifier = phrase(_("L’habitat a signé une convention avec le Département ; il vous le dira."))
        yield probable(c, "local_avp", (personne.id,), [motif], [verifier])


@regle("registre_isoles")
def registre_isoles(c: Contexte) -> Iterator[Resultat]:
    """
    Le registre du plan d'alerte : 65 ans, 60 ans si inapte, adulte handicapé, à domicile (CASF L121-6-1).
    Ouvert par l'âge seul, sur simple déclaration ; rien d'autre n'est vérifié.
    """
    concernees = [p for p in c.situation.personnes if _agee_ou_handicapee(c, p)]
    if not concernees:
        texte = _(
            "Ce registre est pour les personnes de 65 ans ou plus, de 60 ans si inaptes au travail, ou handicapées."
        )
        yield non("registre_isoles", (c.situation.demandeur.id,), phrase(texte))
    for personne in concernees:
        yield _inscription(c, personne)


def _inscription(c: Contexte, personne: Personne) -> Resultat:
    if personne.autonomie and personne.autonomie.en_etablissement:
        motif = phrase(_("Ce registre est pour les personnes qui vivent chez elles."))
        return non("registre_isoles", (personne.id,), motif)
    motif = phrase(
        _("{age} ans : si vous le voulez, la ville prend de vos nouvelles en cas de canicule ou d’alerte."),
        age=age(personne, c.jour),
    )
    deja = Decimal(0) if c.recu("registre_isoles") else None
    return Resultat("registre_isoles", (personne.id,), Etat.OUVERT, motifs=(motif,), deja_recu=deja)


def _agee_ou_handicapee(c: Contexte, personne: Personne) -> bool:
    ans = age(personne, c.jour)
    voulu = c.parametre("aide_sociale.age_inapte" if personne.inapte else "aide_sociale.age").valeur
    return ans >= voulu or (ans >= MAJORITE and personne.handicap is not None)
