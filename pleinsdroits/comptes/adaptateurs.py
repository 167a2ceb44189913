"""Les réglages d'allauth propres à la maison."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AdaptateurDeCompte(DefaultAccountAdapter):
    """Personne ne s'inscrit seul : un compte s'ouvre sur invitation."""

    def is_open_for_signup(self, request):
        return False


class AdaptateurDeSecondFacteur(DefaultMFAAdapter):
    pass
