"""Retirer une clé : allauth ne vérifie pas qu'il reste un autre second facteur, la maison si."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect


class RetirerCleView(RemoveWebAuthnView):
    """La dernière clé de qui n'a pas d'application reste : sans elle, le compte n'aurait plus de second facteur."""

    def form_valid(self, form: Form) -> HttpResponse:
        adaptateur = get_adapter()
        if adaptateur.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adaptateur.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


retirer_cle = RetirerCleView.as_view()
