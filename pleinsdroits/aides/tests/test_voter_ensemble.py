"""Deux gestes au même instant sur la même demande : une seule décision, une seule voix par membre, rien de perdu."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from pleinsdroits.aides.actions.votes import arreter_le_vote, voter
from pleinsdroits.aides.models import Decision, LigneBudgetaire, Vote
from pleinsdroits.aides.tests.seances import ouverte, secretariat, siegent
from pleinsdroits.journal.tests.conftest import base_partagee, dans_un_fil  # noqa: F401 (des fixtures)

pytestmark = pytest.mark.base


def test_le_vote_arrete_deux_fois_ne_decide_et_n_engage_qu_une_fois(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            seance, [inscription] = ouverte(membres=3)
        for membre in siegent(seance):
            voter(inscription, par=membre.agent.acteur, choix="pour")
        return secretariat(), inscription

    [(ines, inscription)] = dans_un_fil(preparer)

    def arreter():
        try:
            arreter_le_vote(inscription, par=ines)
        except ValidationError as refus:
            return " ".join(refus.messages)
        return ""

    dits = dans_un_fil(arreter, arreter)
    assert sorted(bool(d) for d in dits) == [False, True] and "le vote est fini" in "".join(dits)
    [(decisions, engage)] = dans_un_fil(lambda: (Decision.objects.count(), LigneBudgetaire.objects.get().engage))
    assert (decisions, engage) == (1, 250)


def test_tous_les_membres_votent_en_meme_temps(dans_un_fil):  # noqa: F811
    def preparer():
        with transaction.atomic():
            seance, [inscription] = ouverte(membres=4)
        return inscription, [m.agent.acteur for m in siegent(seance)]

    [(inscription, acteurs)] = dans_un_fil(preparer)
    dans_un_fil(*(lambda a=acteur: voter(inscription, par=a, choix="pour") for acteur in acteurs))
    assert dans_un_fil(Vote.objects.count) == [4]
