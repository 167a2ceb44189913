"""La santé et le travail : complémentaire santé solidaire, invalidité, arrêt maladie."""

from collections.abc import Iterator

from pleinsdroits.droits.moteur.regle import Contexte, regle
from pleinsdroits.droits.moteur.regles.chiffres import Famille, familles, ferme, ouvert, sans_sejour, trop_de_ressources
from pleinsdroits.droits.moteur.regles.reponses import adultes, deja_la, en_vigueur, non, probable
from pleinsdroits.droits.moteur.resultats import Periodicite, Resultat
from pleinsdroits.droits.situation.listes import Activite, TypeRevenu
from pleinsdroits.droits.situation.modele import Personne
from pleinsdroits.droits.textes import Phrase, euros, mois_annee, phrase
from pleinsdroits.droits.textes import marque as _

# Au-dessus d'un plafond ancien de 5 % au plus, on ne dit pas non : prudence de notre part, pas une règle de droit.
MARGE_DU_PLAFOND = 1.05


@regle(
    "css",
    sorties=(
        "cmu_c", "css_participation_forfaitaire", "css_cmu_base_ressources", "cmu_c_plafond", "acs_plafond",
        "css_cmu_acs_eligibilite",
    ),
)  # fmt: skip
def css(c: Contexte) -> Iterator[Resultat]:
    """La complémentaire santé solidaire, gratuite ou avec une participation (CSS L861-1)."""
    for membres, parents in familles(c):
        if sans_sejour(parents):
            motif = phrase(_("Elle demande un titre de séjour. Sans titre, c’est l’aide médicale de l’État (AME)."))
            yield ferme(c, "css", membres, motif, exclut=("ame",))
        else:
            yield _css_de(c, membres, parents)


def _css_de(c: Contexte, membres: Famille, parents: list[Personne]) -> Resultat:
    v, tete = c.valeurs, membres[0]
    ressources, gratuit, payant = (v.de(n, tete) for n in ("css_cmu_base_ressources", "cmu_c_plafond", "acs_plafond"))
    etapes = {
        "Ressources des 12 mois étudiés": ressources,
        "Plafond pour l’avoir gratuite, par an": gratuit,
        "Plafond pour l’avoir avec participation, par an": payant,
    }
    verifier = _plafond_ancien(c)
    if all(p.sante.complementaire == "css" for p in parents):
        return deja_la(
            "css", membres, phrase(_("Vous avez déjà la complémentaire santé solidaire. Renouvelez-la chaque année."))
        )
    if v.de("cmu_c", tete):
        motif = phrase(
            _("Vos ressources des 12 mois étudiés ({r}) sont sous le plafond ({p})."),
            r=euros(ressources, centimes=False),
            p=euros(gratuit, centimes=False),
        )
        return ouvert(
            c, "css", membres, 0, Periodicite.MOIS, motif, modalite="gratuite", intermediaires=etapes, exclut=("ame",)
        )
    participation = v.de("css_participation_forfaitaire", tete)
    if participation > 0:
        motif = phrase(
            _("Vos ressources ({r}) dépassent le plafond de la gratuité ({g}), pas celui avec participation ({p}). Vous payez {cout} par mois."),
            r=euros(ressources, centimes=False), g=euros(gratuit, centimes=False), p=euros(payant, centimes=False), cout=euros(participation),
        )  # fmt: skip
        presque = ressources <= gratuit * MARGE_DU_PLAFOND
        return ouvert(
            c,
            "css",
            membres,
            None,
            None,
            motif,
            modalite="participation",
            a_verifier=verifier if presque else (),
            intermediaires=etapes,
            exclut=("ame",),
        )
    if not v.de("css_cmu_acs_eligibilite", tete):
        motif = phrase(_("Avant 25 ans, chez ses parents ou sur leur feuille d’impôt, on dépend de leur demande."))
        return ferme(c, "css", membres, motif)
    motif = trop_de_ressources(ressources, payant, periode="sur 12 mois")
    if verifier and ressources <= payant * MARGE_DU_PLAFOND:
        return probable(c, "css", membres, [motif], verifier, intermediaires=etapes)
    return ferme(c, "css", membres, motif, intermediaires=etapes)


def _plafond_ancien(c: Contexte) -> tuple[Phrase, ...]:
    """Ce qu'il faut dire quand le plafond a plus d'un an : il est relevé chaque 1er avril (CSS L861-1)."""
    plafond = en_vigueur(c, "css.plafond_seul")
    if plafond is None or not plafond.ancienne(c.jour):
        return ()
    texte = _("Nous comptons avec le plafond fixé en {mois}. Il a peut-être augmenté depuis : demandez quand même.")
    return (phrase(texte, mois=mois_annee(plafond.depuis)),)


@regle("pension_invalidite")
def pension_invalidite(c: Contexte) -> Iterator[Resultat]:
    """La pension d'invalidité : orientation (CSS L341-1)."""
    for p in adultes(c):
        recue = any(r.type is TypeRevenu.INVALIDITE and r.montant for r in p.revenus or [])
        if recue or p.invalidite:
            yield deja_la("pension_invalidite", (p.id,), phrase(_("Vous recevez déjà une pension d’invalidité.")))
        elif p.arret_de_travail and p.activite is not Activite.RETRAITE:
            motif = phrase(_("Vous êtes en arrêt de travail."))
            verifier = [
                phrase(
                    _("Le médecin de l’Assurance maladie estime si votre capacité de travail a baissé des deux tiers.")
                )
            ]
            yield probable(c, "pension_invalidite", (p.id,), [motif], verifier)
        else:
            motif = phrase(
                _("Elle suit un arrêt de travail ou une maladie qui réduit beaucoup la capacité de travailler.")
            )
            yield non("pension_invalidite", (p.id,), motif)


@regle("ij_maladie")
def ij_maladie(c: Contexte) -> Iterator[Resultat]:
    """Les indemnités journalières de maladie : orientation (CSS L321-1)."""
    for p in adultes(c):
        if any(r.type is TypeRevenu.MALADIE and r.montant and r.a is None for r in p.revenus or []):
            yield deja_la("ij_maladie", (p.id,), phrase(_("Vous recevez déjà des indemnités journalières.")))
        elif p.arret_de_travail:
            motif = phrase(_("Vous êtes en arrêt de travail et n’avez pas indiqué d’indemnités."))
            yield probable(
                c, "ij_maladie", (p.id,), [motif], [phrase(_("Vous avez travaillé ou cotisé assez avant l’arrêt."))]
            )
        else:
            yield non("ij_maladie", (p.id,), phrase(_("Elles demandent un arrêt de travail prescrit par un médecin.")))
