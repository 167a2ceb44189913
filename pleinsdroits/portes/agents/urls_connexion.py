"""
Les adresses de connexion : les pages d'allauth qui existent pour un agent, et elles seules. Ni inscription, ni
gestion du courriel, ni compte d'un tiers. Allauth cherche ces noms sans préfixe : elles ne sont pas dans ``agents:``.
"""

from allauth.account import views as compte
from allauth.mfa.base import views as second_facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from django.urls import path, re_path

from pleinsdroits.portes.agents.views.cles import retirer_cle

urlpatterns = [
    path("connexion/", compte.login, name="account_login"),
    path("connexion/code/", second_facteur.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", cles.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/compte-ferme/", compte.account_inactive, name="account_inactive"),
    path("deconnexion/", compte.logout, name="account_logout"),
    path("confirmer/mot-de-passe/", compte.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", second_facteur.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", cles.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mot-de-passe/changer/", compte.password_change, name="account_change_password"),
    path("mot-de-passe/oublie/", compte.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", compte.password_reset_done, name="account_reset_password_done"),
    path(
        "mot-de-passe/nouveau/fait/", compte.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-facteur/", second_facteur.index, name="mfa_index"),
    path("second-facteur/application/installer/", application.activate_totp, name="mfa_activate_totp"),
    path("second-facteur/application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-facteur/cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("second-facteur/cles/ajouter/", cles.add_webauthn, name="mfa_add_webauthn"),
    path("second-facteur/cles/<int:pk>/renommer/", cles.edit_webauthn, name="mfa_edit_webauthn"),
    path("second-facteur/cles/<int:pk>/retirer/", retirer_cle, name="mfa_remove_webauthn"),
    path("second-facteur/secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-facteur/secours/nouveaux/", secours.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-facteur/secours/telecharger/", secours.download_recovery_codes, name="mfa_download_recovery_codes"),
]
