"""La copie que la personne emporte : ce qu'elle a accepté, en mots simples, en grand si elle veut, sans nom dans le fichier."""

import io

import pikepdf
import pytest

from pleinsdroits.parcours.actions.construire import ecrire_les_souhaits
from pleinsdroits.parcours.fabriques import ProjetFabrique
from pleinsdroits.parcours.papiers.copie import copie_en_pdf, version_a_lire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trait", ["construction", "complet", "propose", "accepte", "termine"])
@pytest.mark.parametrize("grand", [False, True])
def test_a_chaque_moment_la_copie_est_un_pdf_accessible_qui_ne_nomme_personne_dans_ses_metadonnees(foyer, trait, grand):
    octets = copie_en_pdf(ProjetFabrique(foyer=foyer, **{trait: True}), grand=grand)
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        meta = str(pdf.docinfo) + str(pdf.open_metadata())
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "fr-FR"
    assert "Ferrand" not in meta and "Nadia" not in meta


def test_on_lit_la_version_en_attente_puis_l_acceptee_et_un_brouillon_pendant_qu_on_change(claire, foyer):
    for trait in ("propose", "accepte"):
        projet = ProjetFabrique(foyer=foyer, **{trait: True})
        assert version_a_lire(projet) == projet.propositions.get()
        ecrire_les_souhaits(projet, par=claire.acteur, souhaits="Autre chose")
        projet.refresh_from_db()
        assert version_a_lire(projet) is None
