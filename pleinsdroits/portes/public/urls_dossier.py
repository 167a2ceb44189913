"""Se faire aider sans rien redire, et lire son dossier."""

from django.urls import path

from pleinsdroits.portes.public.views import confier, mes_aides, mon_dossier

urlpatterns = [
    path("me-faire-aider/code/", confier.confier, name="confier"),
    path("me-faire-aider/mon-code/", confier.mon_code, name="mon_code"),
    path("me-faire-aider/annuler-le-code/", confier.annuler_le_code, name="annuler_le_code"),
    path("me-faire-aider/etre-rappele/", confier.etre_rappele, name="etre_rappele"),
    path("mon-dossier/", mon_dossier.mon_dossier, name="mon_dossier"),
    path("mon-dossier/lien/", mon_dossier.recevoir_un_lien, name="recevoir_un_lien"),
    path("mon-dossier/sortir/", mon_dossier.sortir, name="sortir"),
    path("mon-dossier/ecrire/", mon_dossier.ecrire, name="ecrire"),
    path("mon-dossier/demandes/<int:cle>/issue/", mon_dossier.dire_l_issue, name="dire_l_issue"),
    path("mon-dossier/aides/demander/", mes_aides.demander, name="demander_une_aide"),
    path("mon-dossier/aides/<int:cle>/", mes_aides.suivre, name="mon_aide"),
    path("mon-dossier/aides/<int:cle>/papiers/<int:piece>/", mes_aides.envoyer_un_papier, name="envoyer_un_papier"),
    path("mon-dossier/aides/<int:cle>/arreter/", mes_aides.renoncer, name="renoncer_a_mon_aide"),
    path("mon-dossier/aides/<int:cle>/lettres/<slug:sorte>/", mes_aides.lettre, name="lettre_de_mon_aide"),
    path("mon-dossier/copie.json", mon_dossier.copie, name="copie_du_dossier"),
    path("mon-dossier/accords/<int:cle>/retirer/", mon_dossier.retirer_un_accord, name="retirer_mon_accord"),
]
