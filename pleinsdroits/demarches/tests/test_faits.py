"""Des dates impossibles sont refusées en une phrase qui nomme la date et celle qui la borne."""

from datetime import date

import pytest

from pleinsdroits.demarches.faits import FaitsIncoherents
from pleinsdroits.demarches.tests.fiches_essai import faits, lire


def test_une_reponse_avant_le_depot_est_refusee():
    with pytest.raises(FaitsIncoherents) as refus:
        faits(repondue_le=date(2026, 11, 2), reponse="refus")
    assert refus.value.champ == "repondue_le"
    assert lire(refus.value.phrase) == (
        "Date refusée pour « la réponse » (2 novembre 2026) : elle ne peut pas venir avant « le dépôt » (9 novembre 2026)."
    )


def test_une_date_sans_celle_dont_elle_depend_est_refusee():
    with pytest.raises(FaitsIncoherents, match="Notez d’abord cette date"):
        faits(motifs_recus_le=date(2027, 1, 1))


@pytest.mark.parametrize("seul", [{"repondue_le": date(2026, 12, 1)}, {"reponse": "refus"}])
def test_une_reponse_se_note_avec_sa_date_et_son_sens(seul):
    with pytest.raises(FaitsIncoherents, match="avec sa date et son sens"):
        faits(**seul)
