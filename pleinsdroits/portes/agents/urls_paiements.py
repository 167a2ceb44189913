"""L'argent des aides : paiements, ordres, chèques, avances, régie, budget."""

from django.urls import path

from pleinsdroits.portes.agents.views import budget, ordres, paiements, regie, un_paiement

urlpatterns = [
    path("paiements/", paiements.paiements, name="paiements"),
    path("paiements/tableur/", paiements.paiements_tableur, name="paiements_tableur"),
    path("paiements/ordres/", paiements.ordres, name="ordres"),
    path("paiements/ordres/tableur/", paiements.ordres_tableur, name="ordres_tableur"),
    path("paiements/ordres/nouveau/", ordres.nouvel_ordre, name="nouvel_ordre"),
    path("paiements/ordres/<int:pk>/", ordres.ordre, name="ordre"),
    path("paiements/ordres/<int:pk>/pdf/", ordres.ordre_pdf, name="ordre_pdf"),
    path("paiements/ordres/<int:pk>/tableur/", ordres.ordre_tableur, name="ordre_tableur"),
    path("paiements/ordres/<int:pk>/regler/", ordres.regler, name="regler_l_ordre"),
    path("paiements/cheques/", paiements.cheques, name="cheques"),
    path("paiements/cheques/tableur/", paiements.cheques_tableur, name="cheques_tableur"),
    path("paiements/cheques/<int:pk>/annuler/", un_paiement.annuler_le_cheque, name="annuler_un_cheque"),
    path("paiements/avances/", paiements.avances, name="avances"),
    path("paiements/avances/tableur/", paiements.avances_tableur, name="avances_tableur"),
    path("paiements/regie/", regie.regie, name="regie"),
    path("paiements/regie/tableur/", regie.regie_tableur, name="regie_tableur"),
    path("paiements/<int:pk>/", un_paiement.paiement, name="paiement"),
    path("paiements/<int:pk>/cheques/", un_paiement.emettre, name="emettre_les_cheques"),
    path("paiements/<int:pk>/cheques/pdf/", un_paiement.cheques_pdf, name="cheques_pdf"),
    path("paiements/<int:pk>/recu/", un_paiement.recu_pdf, name="recu_pdf"),
    path("paiements/<int:pk>/rembourser/", un_paiement.rembourser, name="rembourser"),
    path("paiements/<int:pk>/gestes/<slug:nom>/", un_paiement.geste, name="geste_de_paiement"),
    path("paiements/mensualites/<int:pk>/", un_paiement.mensualite, name="mensualite"),
    path("aides/<int:pk>/paiement/", un_paiement.preparer, name="preparer_le_paiement"),
    path("aides/<int:pk>/paiement/renoncer/", un_paiement.renoncer, name="renoncer_au_reste"),
    path("budget/", budget.budget, name="budget"),
    path("budget/tableur/", budget.budget_tableur, name="budget_tableur"),
    path("budget/nouvelle/", budget.nouvelle_ligne, name="nouvelle_ligne"),
    path("budget/<int:pk>/", budget.modifier_ligne, name="modifier_ligne"),
]
