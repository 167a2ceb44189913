"""Ce que la page des résultats montre : l'un ou l'autre sur une ligne, et l'écart entre ce qu'on reçoit et le calcul."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from pleinsdroits.droits.catalogue import catalogue
from pleinsdroits.droits.moteur.ecarts import signaler_les_ecarts
from pleinsdroits.droits.moteur.exclusions import departager
from pleinsdroits.droits.moteur.resultats import Bilan, Etat, Manque, Periodicite, Resultat, Totaux
from pleinsdroits.droits.questionnaire.contexte import Contexte
from pleinsdroits.droits.textes import phrase
from pleinsdroits.portes.public.presentation import presenter

JOUR = date(2026, 11, 23)
SEULE = Contexte({"vous": {"naissance": "1985-02-03", "couple": "seul"}}, JOUR)


def droit(nom: str, montant: str | None, *, recu: str | None = None, etat=Etat.OUVERT) -> Resultat:
    chiffre, deja = (None if m is None else Decimal(m) for m in (montant, recu))
    return Resultat(nom, ("moi",), etat, chiffre, Periodicite.MOIS if montant else None, deja_recu=deja)


@pytest.fixture
def vue_de():
    def faire(*resultats: Resultat, seul: str = ""):
        fiches = catalogue(settings.VILLE)
        regles = signaler_les_ecarts(departager(resultats, {f.id: f.nom for f in fiches.values()}))
        return presenter(Bilan(JOUR, "essai", tuple(regles), Totaux()), fiches, SEULE, droit=seul)

    return faire


def textes(lignes) -> str:
    return " | ".join(f.texte for ligne in lignes for f in ligne.faits)


def test_deux_droits_qui_s_excluent_sont_une_seule_ligne(vue_de):
    vue = vue_de(droit("rsa", "573"), droit("aah", "1041"))
    assert [d.adresse for d in vue.ouverts] == ["/mes-droits/aah/"]
    assert vue.a_verifier == []
    assert "Ou bien\u00a0: Revenu de solidarité active (RSA) (573\u00a0€ par mois)" in textes(vue.ouverts)
    assert textes(vue.ouverts).count("ne s’ajoutent pas") == 1


def test_un_droit_sans_montant_ne_se_dit_pas_plus_faible(vue_de):
    vue = vue_de(droit("apa_domicile", "900", etat=Etat.PROBABLE), droit("pch", None, etat=Etat.PROBABLE))
    assert len(vue.a_verifier) == 1
    assert "Quelqu’un peut vous aider à choisir" in textes(vue.a_verifier)


def test_un_droit_qui_remplace_une_aide_recue_dit_le_gain_compte(vue_de):
    vue = vue_de(droit("rsa", "573", recu="573"), droit("aah", "1041"))
    assert "468,00\u00a0€ de plus par mois" in textes(vue.ouverts)
    assert len(vue.deja) == 1


def test_un_ecart_avec_ce_qui_est_recu_se_lit_sur_la_ligne(vue_de):
    vue = vue_de(droit("aide_logement", "280", recu="100"))
    assert "Vous recevez 100\u00a0€ par mois, notre calcul donne 280\u00a0€" in textes(vue.deja)


def test_la_fiche_d_un_droit_nomme_toujours_l_autre(vue_de):
    vue = vue_de(droit("rsa", "573"), droit("aah", "1041"), seul="rsa")
    assert len(vue.a_verifier) == 1
    assert "Avec « Allocation aux adultes handicapés (AAH) »" in textes(vue.a_verifier)


def test_les_aides_de_la_ville_qui_ont_les_memes_raisons_les_disent_une_fois(vue_de):
    locales = ("local_energie", "local_alimentaire", "local_hygiene")
    vue = vue_de(*(droit(nom, None, etat=Etat.PROBABLE) for nom in (*locales, "dalo")))
    assert [[d.adresse for d in reunis] for reunis in vue.reunis] == [[f"/mes-droits/{nom}/" for nom in locales]]
    assert [d.adresse for d in vue.a_verifier_seuls] == ["/mes-droits/dalo/"]


def test_deux_aides_de_la_ville_gardent_chacune_leur_carte(vue_de):
    vue = vue_de(*(droit(nom, None, etat=Etat.PROBABLE) for nom in ("local_energie", "local_hygiene")))
    assert vue.reunis == []
    assert len(vue.a_verifier_seuls) == 2


@pytest.mark.parametrize(
    ("champ", "ecran"),
    [
        ("personnes.moi.cinq_ans_activite_sur_dix", "activite"),
        ("personnes.p0.boursier", "activite-suite"),
        ("personnes.moi.sejour", "nationalite"),
        ("personnes.p0.sejour", "sejour"),
        ("prestations.0.montant", "aides-recues"),
        ("charges.0.montant", "charges"),
        ("patrimoine", "patrimoine"),
    ],
)
def test_une_reponse_qui_manque_mene_a_l_ecran_qui_la_demande(champ, ecran):
    reponses = {
        "vous": {"naissance": "1985-02-03", "couple": "seul", "autres": "oui"},
        "foyer": {"lien_0": "enfant", "naissance_0": "2004-01-01"},
        "nationalite": {"nationalite__moi": "hors_ue", "nationalite__p0": "hors_ue"},
        "activite": {"activite__moi": "demandeur_emploi", "activite__p0": "etudiant"},
    }
    manque = Manque(champ, phrase("Que manque-t-il ?"))
    resultat = Resultat("rsa", ("moi",), Etat.A_COMPLETER, None, None, manque=(manque,))
    bilan = Bilan(JOUR, "essai", (resultat,), Totaux())
    vue = presenter(bilan, catalogue(settings.VILLE), Contexte(reponses, JOUR))
    assert vue.a_verifier[0].faits[0].lien == f"/mes-droits/questions/{ecran}/"


def test_des_droits_qui_attendent_la_meme_reponse_la_demandent_une_fois(vue_de):
    manque = (Manque("patrimoine", phrase("Avez-vous de l’épargne ?")),)
    attendent = [Resultat(n, ("moi",), Etat.A_COMPLETER, None, None, manque=manque) for n in ("rsa", "ppa", "css")]
    vue = vue_de(*attendent, droit("dalo", None, etat=Etat.PROBABLE))
    assert [[d.nom.split()[0] for d in reunis] for reunis in vue.reunis] == [["Revenu", "Prime", "Complémentaire"]]
    assert [d.adresse for d in vue.a_verifier_seuls] == ["/mes-droits/dalo/"]


def test_le_meme_droit_pour_deux_personnes_tient_sur_une_ligne_s_il_n_a_pas_de_montant():
    def cmi(pour: str, montant: Decimal | None = None) -> Resultat:
        return Resultat("cmi", (pour,), Etat.PROBABLE, montant, None)

    reponses = {"vous": {"naissance": "1985-02-03", "couple": "marie"}, "foyer": {"naissance_conjoint": "1986-01-01"}}
    contexte = Contexte(reponses | {"vous": reponses["vous"] | {"autres": "oui"}}, JOUR)
    contexte.reponses["foyer"] |= {"lien_0": "enfant", "naissance_0": "2016-01-01"}

    def pour(*resultats: Resultat) -> list[str]:
        bilan = Bilan(JOUR, "essai", resultats, Totaux())
        return [d.pour for d in presenter(bilan, catalogue(settings.VILLE), contexte).a_verifier]

    assert pour(cmi("moi"), cmi("conjoint")) == ["vous, votre conjoint ou conjointe"]
    assert len(pour(cmi("moi", Decimal(10)), cmi("conjoint", Decimal(10)))) == 2
