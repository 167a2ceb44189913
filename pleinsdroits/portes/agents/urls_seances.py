"""Les séances : ce que tient le secrétariat, ce que lit et vote un membre sur sa tablette, la décision à envoyer."""

from django.urls import path

from pleinsdroits.portes.agents.views import commission

urlpatterns = [
    path("commission/", commission.commission, name="commission"),
]
