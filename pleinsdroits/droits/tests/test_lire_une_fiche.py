"""Une fiche fausse arrête la lecture, avec son chemin, sa ligne et la raison."""

import pytest

from pleinsdroits.droits.catalogue import FICHES, FicheInvalide, lire_catalogue, lire_fiche
from pleinsdroits.droits.fiche import Reference


@pytest.fixture
def copie(tmp_path):
    """Une copie de la fiche du RSA, où l'on remplace un passage par un autre."""

    def modifier(avant: str, apres: str):
        texte = (FICHES / "rsa.yaml").read_text(encoding="utf-8")
        assert avant in texte
        chemin = tmp_path / "rsa.yaml"
        chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")
        return chemin

    return modifier


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ("certitude: {references: A", "certitude: {references: C", "a_confirmer"),
        ("    apres_mois: 2", "    apres_mois: 2\n    apres_semaines: 6", "exactement une clé"),
        ("    apres_mois: 2\n", "", "exactement une clé"),
        ("    sens: refus", "    sens: peut-etre", "silence.connu.sens"),
        ("delai:\n  connu:", "delai:\n  inconnu: à demander\n  connu:", "exactement une clé"),
        ("verifie_le: 2026-11-23", "verifie_le: 2028-01-01", "a_reverifier_avant"),
        ("theme: travail", "theme: bricolage", "theme"),
        ("theme: travail", "theme: travail\ncouleur: bleu", "couleur"),
        ("etapes:", "une_etape: c’est automatique\netapes:", "une_etape"),
        ("url: https://www.caf.fr", "url: caf", "demande.url"),
        ("id: rsa", "id: rmi", "s'appelle rsa.yaml"),
        ("mots: [", "mots: [[", "YAML mal formé"),
    ],
)
def test_une_fiche_fausse_est_refusee_avec_sa_raison(copie, avant, apres, raison):
    with pytest.raises(FicheInvalide, match=raison):
        lire_fiche(copie(avant, apres))


def test_l_erreur_donne_le_chemin_et_la_ligne(copie):
    chemin = copie("theme: travail", "theme: bricolage")
    ligne = chemin.read_text(encoding="utf-8").splitlines().index("theme: bricolage") + 1
    with pytest.raises(FicheInvalide, match=rf"rsa\.yaml:{ligne} "):
        lire_fiche(chemin)


def test_une_ville_ne_redefinit_pas_une_fiche(copie):
    chemin = copie("id: rsa", "id: rsa")
    with pytest.raises(FicheInvalide, match="la fiche rsa existe déjà"):
        lire_catalogue(FICHES, chemin.parent)


def test_toutes_les_erreurs_sont_dites_a_la_fois(copie):
    chemin = copie("theme: travail", "theme: bricolage")
    (chemin.parent / "zzz.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(FicheInvalide) as erreur:
        lire_catalogue(chemin.parent)
    assert "rsa.yaml" in str(erreur.value) and "zzz.yaml" in str(erreur.value)


@pytest.mark.parametrize(
    ("articles", "lu"),
    [
        ([], "code civil"),
        (["L262-47"], "code civil, article L262-47"),
        (["L262-1 à L262-10"], "code civil, articles L262-1 à L262-10"),
        (["R821-1 et suivants"], "code civil, articles R821-1 et suivants"),
        (["R241-33 (silence à 4 mois)"], "code civil, article R241-33 (silence à 4 mois)"),
        (["L262-1", "L262-47"], "code civil, articles L262-1, L262-47"),
    ],
)
def test_une_reference_se_lit_au_singulier_ou_au_pluriel(articles, lu):
    assert str(Reference(code="code civil", articles=articles)) == lu
