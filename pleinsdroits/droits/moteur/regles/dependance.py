"""Handicap, grand âge, veuvage : carte mobilité, travail, maison de retraite, aide à la maison, réversion."""

from collections.abc import Iterator
from decimal import Decimal

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import en_vigueur, non, probable, touche
from pleinsdroits.droits.moteur.resultats import Resultat
from pleinsdroits.droits.situation.listes import Activite, Nationalite
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

INVALIDITE_DE_LA_CARTE = 3


@regle("cmi")
def cmi(c: Contexte) -> Iterator[Resultat]:
    """La carte mobilité inclusion : invalidité, priorité, stationnement (CASF L241-3)."""
    concernees = [p for p in c.situation.personnes if p.handicap or p.invalidite or p.autonomie]
    if not concernees:
        motif = phrase(_("Vous n’avez indiqué ni handicap ni besoin d’aide pour les gestes de tous les jours."))
        yield non("cmi", (c.situation.demandeur.id,), motif)
    for personne in concernees:
        yield _cmi_de(c, personne)


def _cmi_de(c: Contexte, personne: Personne) -> Resultat:
    pour, medecin = (personne.id,), phrase(_("L’avis du médecin sur la marche et la station debout."))
    taux = (personne.handicap.taux if personne.handicap else None) or 0
    if taux >= c.parametre("cmi.taux_invalidite").valeur:
        motif = phrase(_("Le taux de handicap est de {taux:.0f} %."), taux=taux * 100)
        return probable(c, "cmi", pour, [motif], [medecin], modalite="invalidite")
    if personne.invalidite == INVALIDITE_DE_LA_CARTE:
        motif = phrase(_("La pension d’invalidité est de 3e catégorie."))
        return probable(c, "cmi", pour, [motif], [medecin], modalite="invalidite")
    gir = personne.autonomie.gir if personne.autonomie else None
    if gir is not None and gir <= c.parametre("cmi.gir_maximal").valeur:
        motif = phrase(_("L’évaluation donne le GIR {gir}."), gir=gir)
        return probable(c, "cmi", pour, [motif], [medecin], modalite="invalidite")
    motif = phrase(
        _("Un handicap ou un besoin d’aide est indiqué : la carte « priorité » ou « stationnement » est possible.")
    )
    return probable(c, "cmi", pour, [motif], [medecin], modalite="priorite_ou_stationnement")


@regle("rqth")
def rqth(c: Contexte) -> Iterator[Resultat]:
    """La reconnaissance de travailleur handicapé, pour qui travaille ou peut travailler (C. travail L5213-1)."""
    mini = c.parametre("rqth.age").valeur
    concernees = [p for p in c.situation.personnes if (p.handicap or p.invalidite) and age(p, c.jour) >= mini]
    if not concernees:
        motif = phrase(_("Vous n’avez pas indiqué de handicap chez une personne de {mini:.0f} ans ou plus."), mini=mini)
        yield non("rqth", (c.situation.demandeur.id,), motif)
    for personne in concernees:
        yield _rqth_de(c, personne)


def _rqth_de(c: Contexte, personne: Personne) -> Resultat:
    if personne.activite is Activite.RETRAITE:
        motif = phrase(_("Elle sert à travailler ou à chercher un emploi : cette personne est à la retraite."))
        return non("rqth", (personne.id,), motif)
    motif = phrase(_("Un handicap est indiqué et cette personne peut travailler ou chercher un emploi."))
    verifier = phrase(_("La santé rend plus difficile de trouver ou de garder un emploi."))
    return probable(c, "rqth", (personne.id,), [motif], [verifier])


@regle("ash")
def ash(c: Contexte) -> Iterator[Resultat]:
    """L'aide sociale à l'hébergement en établissement habilité (CASF L113-1, L231-4)."""
    for personne in _agees(c) or [c.situation.demandeur]:
        yield _ash_de(c, personne)


def _ash_de(c: Contexte, personne: Personne) -> Resultat:
    if trop_jeune := _trop_jeune(c, personne):
        return non("ash", (personne.id,), trop_jeune)
    if not (personne.autonomie and personne.autonomie.en_etablissement):
        motif = phrase(_("Cette aide paie une place en maison de retraite : cette personne n’y vit pas."))
        return non("ash", (personne.id,), motif)
    motif = phrase(
        _("{age} ans, en établissement : le Département peut payer ce que vous ne pouvez pas."),
        age=age(personne, c.jour),
    )
    verifier = [
        phrase(_("L’établissement accepte l’aide sociale.")),
        phrase(_("Les ressources, et ce que les enfants peuvent payer.")),
        phrase(_("L’aide peut être reprise plus tard sur l’héritage.")),
    ]
    return probable(c, "ash", (personne.id,), [motif], verifier)


@regle("aide_menagere", apres=("aspa",))
def aide_menagere(c: Contexte) -> Iterator[Resultat]:
    """L'aide-ménagère de l'aide sociale : 65 ans (60 si inapte), GIR 5 ou 6, ressources sous l'ASPA (CASF L231-1)."""
    for personne in _agees(c) or [c.situation.demandeur]:
        yield _aide_menagere_de(c, personne)


def _aide_menagere_de(c: Contexte, personne: Personne) -> Resultat:
    pour, autonomie = (personne.id,), personne.autonomie
    if trop_jeune := _trop_jeune(c, personne):
        return non("aide_menagere", pour, trop_jeune)
    if autonomie is None or autonomie.en_etablissement:
        return non("aide_menagere", pour, phrase(_("Vous n’avez pas indiqué de besoin d’aide à la maison.")))
    if autonomie.gir is not None and autonomie.gir < c.parametre("aide_menagere.gir_minimal").valeur:
        motif = phrase(_("Avec le GIR {gir}, c’est l’APA qui aide : voyez sa fiche."), gir=autonomie.gir)
        return non("aide_menagere", pour, motif, exclut=("apa_domicile",))
    if trop := _au_dessus_de_l_aspa(c, personne):
        return non("aide_menagere", pour, trop)
    motif = phrase(_("{age} ans, avec un besoin d’aide à la maison."), age=age(personne, c.jour))
    return probable(c, "aide_menagere", pour, [motif], _a_verifier_a_domicile(personne), exclut=("apa_domicile",))


def _au_dessus_de_l_aspa(c: Contexte, personne: Personne) -> Phrase | None:
    """
    Les revenus du mois de la personne, ou du couple, contre le plafond de l'ASPA (CASF R231-2). Toucher l'ASPA
    dispense ; les prestations ne sont pas comptées ici : en cas de doute, pas de « non ».
    """
    couple = [p for p in (c.situation.demandeur, c.situation.conjoint) if p]
    ensemble = couple if personne in couple else [personne]
    plafond = en_vigueur(c, "aide_menagere.plafond_couple" if len(ensemble) > 1 else "aide_menagere.plafond_seul")
    if touche(c, "aspa") or plafond is None or plafond.ancienne(c.jour):
        return None
    ressources, par_mois = _revenus_du_mois(c, ensemble), Decimal(str(plafond.valeur)) / 12
    if ressources <= par_mois:
        return None
    texte = _("Vos ressources ({ressources} par mois) dépassent le plafond ({plafond} par mois).")
    return phrase(texte, ressources=euros(ressources), plafond=euros(par_mois))


def _revenus_du_mois(c: Contexte, personnes: list[Personne]) -> Decimal:
    revenus = [r for p in personnes for r in p.revenus or []]
    en_cours = [r for r in revenus if (r.de is None or r.de <= c.mois) and (r.a is None or c.mois <= r.a)]
    return sum((Decimal(str(r.montant or 0)) for r in en_cours), Decimal(0))


def _a_verifier_a_domicile(personne: Personne) -> list[Phrase]:
    verifier = [
        phrase(_("Les ressources ne dépassent pas le plafond de l’ASPA.")),
        phrase(_("Le GIR évalué est 5 ou 6.")),
    ]
    if personne.nationalite is Nationalite.HORS_UE:
        verifier.append(phrase(_("Les années de vie en France sans interruption.")))
    return verifier


@regle("reversion")
def reversion(c: Contexte) -> Iterator[Resultat]:
    """Une part de la retraite du mari ou de la femme décédée, à partir de 55 ans (CSS L353-1)."""
    veuves = [p for p in c.situation.personnes if p.veuvage]
    if not veuves:
        motif = phrase(_("Cette pension est pour les personnes veuves, qui étaient mariées."))
        yield non("reversion", (c.situation.demandeur.id,), motif)
    for personne in veuves:
        yield _reversion_de(c, personne)


def _reversion_de(c: Contexte, personne: Personne) -> Resultat:
    voulu, ans = int(c.parametre("reversion.age").valeur), age(personne, c.jour)
    if ans < voulu:
        motif = phrase(_("Il faut {voulu} ans : cette personne en a {ans}."), voulu=voulu, ans=ans)
        return non("reversion", (personne.id,), motif)
    motif = phrase(_("{ans} ans, après la mort du mari ou de la femme."), ans=ans)
    verifier = [
        phrase(_("Vous étiez mariés (le pacs et l’union libre ne comptent pas).")),
        phrase(_("Les ressources, pour la retraite de base.")),
    ]
    return probable(c, "reversion", (personne.id,), [motif], verifier)


def _agees(c: Contexte) -> list[Personne]:
    return [p for p in c.situation.personnes if _trop_jeune(c, p) is None]


def _trop_jeune(c: Contexte, personne: Personne) -> Phrase | None:
    """La phrase qui dit l'âge demandé (65 ans, 60 si inapte : CASF L113-1), ou ``None`` si l'âge y est."""
    voulu = int(c.parametre("aide_sociale.age_inapte" if personne.inapte else "aide_sociale.age").valeur)
    if age(personne, c.jour) >= voulu:
        return None
    sinon = int(c.parametre("aide_sociale.age_inapte").valeur)
    texte = _("Il faut {voulu} ans, ou {sinon} ans avec une inaptitude au travail reconnue.")
    return phrase(texte, voulu=int(c.parametre("aide_sociale.age").valeur), sinon=sinon)
