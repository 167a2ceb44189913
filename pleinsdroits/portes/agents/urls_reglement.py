"""Le règlement des aides : ses éditions, ses brouillons, leur essai."""

from django.urls import path

from pleinsdroits.portes.agents.views import aide_du_reglement, essai_de_population, essai_du_reglement, reglement

urlpatterns = [
    path("reglement/", reglement.reglement, name="reglement"),
    path("reglement/nouveau/", reglement.nouveau, name="reglement_nouveau"),
    path("reglement/<int:pk>/", reglement.edition, name="reglement_edition"),
    path("reglement/<int:pk>/texte/", reglement.texte, name="reglement_texte"),
    path("reglement/<int:pk>/adopter/", reglement.adopter_, name="reglement_adopter"),
    path("reglement/<int:pk>/abandonner/", reglement.abandonner_, name="reglement_abandonner"),
    path("reglement/<int:pk>/aides/<slug:aide>/", aide_du_reglement.aide, name="reglement_aide"),
    path("reglement/<int:pk>/essai/", essai_du_reglement.essai, name="reglement_essai"),
    path("reglement/<int:pk>/essai/avancement/", essai_du_reglement.ou_en_est_l_essai, name="reglement_avancement"),
    path("reglement/<int:pk>/essai/population/", essai_de_population.population, name="reglement_population"),
    path("reglement/<int:pk>/essai/population/modele/", essai_de_population.modele, name="reglement_population_modele"),
    path("reglement/<int:pk>/essai/tableur/", essai_du_reglement.tableur, name="reglement_essai_tableur"),
]
