"""La fiche imprimée depuis le navigateur : une feuille recto verso au plus."""

import io
import os

import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command

from pleinsdroits.droits.catalogue import catalogue

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
TOUT = bool(os.environ.get("TROIS_THEMES"))
COURANTES = ["rsa", "aah", "aide_logement", "ash", "local_energie"]
FICHES = sorted(catalogue(settings.VILLE)) if TOUT else COURANTES


@pytest.mark.parametrize("droit", FICHES)
def test_une_fiche_imprimee_tient_sur_une_feuille(live_server, page, droit):
    call_command("charger_ville", verbosity=0)
    page.goto(f"{live_server.url}/aides/{droit}/")
    pdf = pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
    assert len(pdf.pages) <= 2
