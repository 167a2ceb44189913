"""La courbe dite en phrases : ce que rapporte le travail, où cela monte moins, et ce que le calcul ne voit pas."""

from collections.abc import Mapping
from decimal import Decimal

from pleinsdroits.droits.moteur.essais.courbe import CENTAINE, Courbe
from pleinsdroits.droits.moteur.essais.paliers import IMPOT, Cause, Passage
from pleinsdroits.droits.situation.listes import StatutLogement, TypeRevenu
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.droits.textes import Phrase, euros, phrase
from pleinsdroits.droits.textes import marque as _

PROCHE = Decimal(40)
RETIRES = {
    TypeRevenu.CHOMAGE: _(
        "Le chômage n’est pas compté : il ne dure pas toujours. Au début, on peut en garder une partie en travaillant. France Travail fait le calcul."
    ),
    TypeRevenu.CHOMAGE_PARTIEL: _("Le chômage partiel n’est pas compté."),
    TypeRevenu.STAGE: _("L’argent du stage n’est pas compté."),
    TypeRevenu.MALADIE: _(
        "Les indemnités de maladie ne sont pas comptées : elles cessent quand on reprend le travail."
    ),
    TypeRevenu.MATERNITE: _("Les indemnités de maternité ou de paternité ne sont pas comptées."),
    TypeRevenu.EXCEPTIONNEL: _("La somme reçue une seule fois n’est pas comptée."),
}


def resume(courbe: Courbe) -> Phrase:
    """La phrase que l'on dirait de la courbe à quelqu'un qui ne la voit pas."""
    premier, dernier = courbe.points[0], courbe.points[-1]
    moyenne = (dernier.reste - premier.reste) / (dernier.salaire - premier.salaire) * CENTAINE
    return phrase(
        _(
            "De {de} à {a} de salaire, ce qui reste passe de {bas} à {haut} par mois. En moyenne, 100\u00a0€ gagnés laissent {m} de plus."
        ),
        de=euros(premier.salaire), a=euros(dernier.salaire), bas=_rond(premier.reste), haut=_rond(dernier.reste),
        m=_rond(moyenne),
    )  # fmt: skip


def aujourd_hui(courbe: Courbe) -> Phrase | None:
    """Ce qui reste au salaire d'aujourd'hui, et ce que 100 € de plus laisseraient ; ``None`` hors de la courbe."""
    ici, apres = courbe.au_salaire(courbe.actuel), courbe.au_salaire(courbe.actuel + CENTAINE)
    if ici is None or apres is None:
        return None
    gain = apres.reste - ici.reste
    valeurs = {"ou": _a_ce_salaire(courbe.actuel), "reste": _rond(ici.reste), "gain": _rond(abs(gain))}
    if gain >= 0:
        texte = _("{ou}, il reste {reste} par mois. Avec 100\u00a0€ de salaire en plus, il resterait {gain} de plus.")
    else:
        texte = _("{ou}, il reste {reste} par mois. Avec 100\u00a0€ de salaire en plus, il resterait {gain} de moins.")
    return phrase(texte, **valeurs)


def _a_ce_salaire(salaire: Decimal) -> Phrase:
    if not salaire:
        return phrase(_("Sans salaire, comme aujourd’hui"))
    return phrase(_("Au salaire d’aujourd’hui ({salaire})"), salaire=euros(salaire))


def dire_la_baisse(baisse: Passage, noms: Mapping[str, str]) -> Phrase:
    """Un endroit où gagner plus laisse moins, pourquoi, et à partir d'où l'on retrouve son compte."""
    valeurs = {"ou": _ou(baisse), "ecart": _rond(-baisse.ecart), "causes": _causes(baisse.causes, noms)}
    if baisse.retour is None:
        return phrase(_("{ou}, il reste {ecart} de moins{causes}."), **valeurs)
    texte = _("{ou}, il reste {ecart} de moins{causes}. À partir de {retour}, il reste de nouveau autant.")
    return phrase(texte, retour=_rond(baisse.retour), **valeurs)


def _ou(passage: Passage) -> Phrase:
    """« Dès les premiers euros », « Autour de 570 € », « De 435 € à 900 € » de salaire."""
    if not passage.de and passage.a <= PROCHE:
        return phrase(_("Dès les premiers euros de salaire"))
    if passage.a - passage.de <= PROCHE:
        return phrase(_("Autour de {a} de salaire"), a=_rond(passage.a))
    return phrase(_("De {de} à {a} de salaire"), de=_rond(passage.de), a=_rond(passage.a))


def dire_le_palier(palier: Passage, noms: Mapping[str, str]) -> Phrase:
    """Un endroit où 100 € gagnés laissent peu, et pourquoi."""
    valeurs = {"de": euros(palier.de), "a": euros(palier.a), "causes": _causes(palier.causes, noms)}
    if palier.ecart < 1:
        return phrase(_("De {de} à {a} de salaire, ce qui reste ne bouge presque pas{causes}."), **valeurs)
    texte = _("De {de} à {a} de salaire, {gagne} gagnés laissent {ecart} de plus{causes}.")
    return phrase(texte, gagne=euros(palier.a - palier.de), ecart=_rond(palier.ecart), **valeurs)


def reserves(courbe: Courbe, situation: Situation, noms: Mapping[str, str]) -> list[Phrase]:
    """Ce que la courbe suppose, et ce dont elle ne tient pas compte."""
    dites = [
        phrase(_("Nous comptons un salaire qui dure : celui-là tous les mois, avec les règles d’aujourd’hui.")),
        phrase(_("Nous comptons que vous demandez toutes les aides auxquelles vous avez droit.")),
        phrase(_("Le salaire est net, avant impôt. L’impôt sur le revenu est retiré de ce qui reste.")),
        phrase(
            _("Nous ne comptons ni les frais pour travailler (transport, garde d’enfants), ni les aides de la ville.")
        ),
    ]
    dites += [phrase(RETIRES[t]) for t in courbe.retires]
    if situation.personne(courbe.qui).independant:
        dites.append(
            phrase(
                _("Les recettes du travail à votre compte ne sont pas comptées : nous ne connaissons pas vos frais.")
            )
        )
    if courbe.gardees:
        texte = _("Nous gardons telles quelles les aides que nous ne savons pas recalculer : {aides}.")
        dites.append(phrase(texte, aides=_liste([noms.get(d, d) for d in courbe.gardees])))
    if situation.logement.statut is StatutLogement.LOCATAIRE_HLM:
        dites.append(
            phrase(
                _(
                    "En HLM, le loyer peut baisser ou remonter un peu avec les revenus : nous gardons celui que vous avez dit."
                )
            )
        )
    if courbe.manques:
        texte = _("Il manque des réponses, nous avons supposé : {questions}")
        dites.append(phrase(texte, questions=" ".join(str(m.question) for m in courbe.manques)))
    return dites


def _causes(causes: tuple[Cause, ...], noms: Mapping[str, str]) -> Phrase:
    """« : la prime d'activité baisse, l'impôt augmente », ou rien."""
    if not causes:
        return phrase("")
    dites = {f"cause_{n}": _dire_la_cause(c, noms) for n, c in enumerate(causes)}
    return phrase("\u00a0: " + ", ".join(f"{{{nom}}}" for nom in dites), **dites)


def _dire_la_cause(cause: Cause, noms: Mapping[str, str]) -> Phrase:
    if cause.quoi == IMPOT:
        return phrase(_("l’impôt augmente"))
    texte = _("«\u00a0{nom}\u00a0» s’arrête") if cause.finit else _("«\u00a0{nom}\u00a0» baisse")
    return phrase(texte, nom=noms.get(cause.quoi, cause.quoi))


def _liste(noms: list[str]) -> str:
    return ", ".join(f"«\u00a0{n}\u00a0»" for n in noms)


def _rond(montant: Decimal) -> str:
    return euros(montant, centimes=False)
