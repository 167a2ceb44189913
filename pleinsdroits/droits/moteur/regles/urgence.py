"""Dormir, avoir une adresse, fuir des violences, tenir quand on est jeune : les droits qu'on demande dans l'urgence."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.reponses import deja_la, foyer, manque, non, probable
from pleinsdroits.droits.moteur.resultats import Etat, Resultat
from pleinsdroits.droits.situation.listes import StatutLogement
from pleinsdroits.droits.situation.modele import Personne, age
from pleinsdroits.droits.textes import marque as _
from pleinsdroits.droits.textes import phrase

SANS_LOGEMENT = {StatutLogement.SANS_DOMICILE}


@regle("hebergement_urgence")
def hebergement_urgence(c: Contexte) -> Iterator[Resultat]:
    """Toute personne sans abri en détresse, sans condition de papiers ni de ressources (CASF L345-2-2)."""
    statut = c.situation.logement.statut
    if statut is None:
        yield _manque_le_logement("hebergement_urgence", c)
        return
    if statut in SANS_LOGEMENT:
        texte = _(
            "Vous n’avez pas de logement. Appelez le 115, jour et nuit : c’est gratuit et sans condition de papiers."
        )
        place = _("Le 115 cherche une place. S’il n’y en a pas, rappelez et notez l’heure de chaque appel.")
        yield probable(c, "hebergement_urgence", foyer(c), [phrase(texte)], [phrase(place)])
        return
    texte = _("Vous avez un endroit où dormir. Si vous le perdez, appelez le 115, jour et nuit.")
    yield non("hebergement_urgence", foyer(c), phrase(texte))


@regle("domiciliation")
def domiciliation(c: Contexte) -> Iterator[Resultat]:
    """Une adresse pour le courrier et les droits de qui n'a pas de domicile stable (CASF L264-1)."""
    logement, demandeur = c.situation.logement, c.situation.demandeur
    if logement.statut is None:
        yield _manque_le_logement("domiciliation", c)
    elif logement.domiciliation:
        texte = _(
            "Vous avez déjà une adresse de domiciliation. Elle dure un an : demandez à la renouveler avant la fin."
        )
        yield deja_la("domiciliation", foyer(c), phrase(texte))
    elif logement.statut in SANS_LOGEMENT:
        yield probable(c, "domiciliation", foyer(c), [phrase(_("Vous n’avez pas de logement à vous."))], [_lien()])
    elif logement.statut is StatutLogement.HEBERGE and not demandeur.habite_chez_parents:
        courrier = phrase(_("Vous ne pouvez pas recevoir votre courrier de façon sûre là où vous dormez."))
        motif = phrase(_("Vous vivez chez quelqu’un."))
        yield probable(c, "domiciliation", foyer(c), [motif], [courrier, _lien()])
    else:
        yield non("domiciliation", foyer(c), phrase(_("Vous avez un logement où recevoir votre courrier.")))


def _lien():
    return phrase(
        _("Vous avez un lien avec la ville : vous y dormez, y travaillez, y avez de la famille ou un suivi social.")
    )


@regle("aide_urgence_vvc")
def aide_urgence_vvc(c: Contexte) -> Iterator[Resultat]:
    """
    L'aide d'urgence aux victimes de violences conjugales (CASF L214-8).

    Nous ne posons jamais la question : l'écran peut être vu par l'auteur des violences. « Probable » serait
    faux pour presque tout le monde, « non » serait faux pour qui en a besoin : la réponse est « il manque une
    réponse », sans champ à remplir, et la fiche dit qui appeler.
    """
    texte = _(
        "Nous ne posons pas cette question ici. Si la personne avec qui vous vivez ou avez vécu vous fait violence, "
        "cette aide existe : le 3919 vous écoute."
    )
    verifier = _("Une plainte, une ordonnance de protection ou un signalement est demandé.")
    yield Resultat(
        "aide_urgence_vvc",
        (c.situation.demandeur.id,),
        Etat.A_COMPLETER,
        motifs=(phrase(texte),),
        a_verifier=(phrase(verifier),),
    )


@regle("faj")
def faj(c: Contexte) -> Iterator[Resultat]:
    """Le fonds d'aide aux jeunes, de 18 à 25 ans, selon le règlement du Département (CASF L263-3)."""
    mini, maxi = c.parametre("faj.age_minimal").valeur, c.parametre("faj.age_maximal").valeur
    jeunes = [p for p in c.situation.personnes if mini <= age(p, c.jour) <= maxi]
    if not jeunes:
        texte = _("Ce fonds aide les jeunes de {mini:.0f} à {maxi:.0f} ans : personne n’a cet âge dans votre foyer.")
        yield non("faj", (c.situation.demandeur.id,), phrase(texte, mini=mini, maxi=maxi))
    for jeune in jeunes:
        yield _faj_du_jeune(c, jeune)


def _faj_du_jeune(c: Contexte, jeune: Personne) -> Resultat:
    motif = phrase(_("{age} ans : ce fonds aide les jeunes en difficulté."), age=age(jeune, c.jour))
    verifier = phrase(_("Les ressources et le projet, d’après le règlement du Département, que nous n’avons pas."))
    return probable(c, "faj", (jeune.id,), [motif], [verifier])


def _manque_le_logement(droit: str, c: Contexte) -> Resultat:
    question = phrase(_("Où vivez-vous : chez vous, chez quelqu’un, sans logement ?"))
    return manque(droit, foyer(c), "logement.statut", question)
