"""Les séances : ce que tient le secrétariat, ce que lit et vote un membre sur sa tablette, la décision à envoyer."""

from django.urls import path

from pleinsdroits.portes.agents.views import commission, decisions, membres, pouvoirs, seances, tenir_une_seance

urlpatterns = [
    path("seances/", seances.seances, name="seances"),
    path("seances/tableur/", seances.seances_tableur, name="seances_tableur"),
    path("seances/nouvelle/", seances.nouvelle, name="nouvelle_seance"),
    path("seances/membres/", membres.membres, name="membres_des_instances"),
    path("seances/membres/<int:pk>/fin/", membres.finir, name="finir_un_mandat"),
    path("seances/<int:pk>/", seances.seance, name="seance"),
    path("seances/<int:pk>/rapport/", seances.rapport, name="rapport_de_seance"),
    path("seances/<int:pk>/annuler/", seances.annuler, name="annuler_la_seance"),
    path("seances/<int:pk>/gestes/<slug:nom>/", seances.geste, name="geste_de_seance"),
    path("seances/<int:pk>/membres/<int:membre>/<slug:etat>/", seances.pointer, name="pointer_un_membre"),
    path("seances/<int:pk>/pouvoir/", pouvoirs.pouvoir, name="pouvoir"),
    path("seances/<int:pk>/pouvoir/<int:membre>/revoquer/", pouvoirs.revoquer, name="revoquer_un_pouvoir"),
    path("seances/<int:pk>/inscrire/<int:demande>/", seances.inscrire, name="inscrire_a_la_seance"),
    path("seances/<int:pk>/proces-verbal/<slug:tome>/", seances.proces_verbal, name="proces_verbal"),
    path("seances/demandes/<int:pk>/piece/", tenir_une_seance.piece, name="piece_a_publier"),
    path("seances/demandes/<int:pk>/vote/", tenir_une_seance.vote, name="vote_de_la_seance"),
    path("seances/demandes/<int:pk>/ajourner/", tenir_une_seance.ajourner, name="ajourner_une_demande"),
    path("seances/demandes/<int:pk>/retirer/", tenir_une_seance.retirer, name="retirer_de_l_ordre_du_jour"),
    path("aides/<int:pk>/decision/", decisions.decision, name="decision_d_aide"),
    path("aides/<int:pk>/decision/lettre/", decisions.lettre, name="lettre_de_decision"),
    path("commission/", commission.commission, name="commission"),
    path("commission/<int:seance>/", commission.commission_seance, name="commission_seance"),
    path("commission/<int:seance>/proces-verbal/", commission.proces_verbal, name="commission_proces_verbal"),
    path("commission/<int:seance>/<int:rang>/", commission.piece, name="commission_piece"),
    path("commission/<int:seance>/<int:rang>/me-retirer/", commission.retrait, name="commission_retrait"),
    path("commission/<int:seance>/<int:rang>/scrutin-secret/", commission.secret, name="commission_secret"),
]
