"""La décision part : une lettre claire, motivée, avec les recours ; un mot qui ne dit rien ; une seule fois."""

import io
import json
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pleinsdroits.aides.actions.notifier import notifier, preparer_la_lettre
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique
from pleinsdroits.aides.lettres.decision import decision_en_pdf, lettre_de_decision
from pleinsdroits.aides.lettres.suite import adresse_de
from pleinsdroits.aides.tests.seances import messages, secretariat
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.personnes.models import Moyen
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return secretariat()


def decision(**champs):
    return DecisionFabrique(demande=DemandeFabrique(accordee=True, foyer__demandeur__nom="Ferrand"), **champs)


def refus(**champs):
    demande = DemandeFabrique(refusee=True, foyer__demandeur__nom="Ferrand")
    return DecisionFabrique(
        demande=demande, sens="refus", montant=None, forme="", ligne=None, raisons="Au-dessus du seuil.", **champs
    )


def ecrite(objet) -> str:
    return " ".join(lettre_de_decision(objet).paragraphes).replace("\u00a0", " ")


def test_la_lettre_dit_le_fait_puis_la_raison_puis_le_recours():
    lue = ecrite(refus())
    fait, raison, recours = (lue.index(m) for m in ("a refusé votre demande", "Au-dessus du seuil", "recours gracieux"))
    assert fait < raison < recours
    for mention in ("CJA R421-1", "CRPA L411-2", "tribunal administratif de Melun", "2 mois", "nouvelle demande"):
        assert mention in lue
    assert not [m for m in ("malheureusement", "usager", "bénéficiaire") if m in lue.lower()]


def test_un_accord_dit_combien_et_comment():
    lue = ecrite(decision(forme="fournisseur"))
    assert "a accordé 250,00 €" in lue and "Le CCAS paie directement" in lue and ", article 4." in lue


def test_un_accord_en_partie_dit_ce_qui_etait_demande():
    assert "Vous demandiez 285,00 €" in ecrite(decision(sens="accord_partiel"))


def test_le_calcul_automatique_est_dit_quand_il_a_servi():
    demande = DemandeFabrique(accordee=True, calcul=json.dumps({"evaluation": {}}))
    assert "L311-3-1" in ecrite(DecisionFabrique(demande=demande))
    assert "L311-3-1" not in ecrite(decision())


def test_une_decision_par_delegation_le_dit():
    assert "par délégation du conseil d’administration" in ecrite(decision(decideur="presidence", par_delegation=True))


def test_la_lettre_relue_garde_les_recours(ines):
    objet = decision()
    preparer_la_lettre(objet, par=ines, texte="Bonjour,\n\nVotre aide est acceptée.")
    objet.refresh_from_db()
    lue = ecrite(objet)
    assert "Votre aide est acceptée." in lue and "recours gracieux" in lue and "Pourquoi" not in lue


def test_notifier_fige_la_lettre_et_previent_sans_rien_dire(ines):
    objet = decision()
    personne = objet.demande.personne
    Moyen.objects.filter(personne=personne).delete()
    Moyen.objects.create(
        personne=personne, genre="telephone", valeur="06 39 98 11 22", normal="+33639981122", message_permis=True
    )
    personne.canal = "sms"
    personne.save()
    notifier(objet, par=ines)
    objet.refresh_from_db()
    assert objet.demande.etat == "notifiee" and objet.notifiee_le and "250,00" in objet.lettre
    envoi = Envoi.objects.get()
    assert not [m for m in ("Ferrand", "250", "aide", "accord", "énergie") if m in envoi.texte]
    for faire in (notifier, preparer_la_lettre):
        with pytest.raises(ValidationError) as leve:
            faire(objet, par=ines)
        assert "déjà partie" in messages(leve)


def test_un_contact_protege_ne_recoit_rien_et_sa_lettre_se_remet_en_main_propre(ines):
    objet = decision()
    personne = objet.demande.personne
    personne.contact_protege = True
    personne.save()
    Moyen.objects.filter(personne=personne).update(partage=True)
    notifier(objet, par=ines)
    assert not Envoi.objects.exists()
    assert "remise en main propre" in adresse_de(personne)


def test_sans_raison_la_lettre_ne_part_pas(ines):
    objet = refus()
    type(objet).objects.filter(pk=objet.pk).update(raisons=" ")
    with pytest.raises(ValidationError, match="raison écrite"):
        notifier(objet, par=ines)


def test_l_accueil_n_envoie_pas_de_decision():
    with pytest.raises(PermissionDenied):
        notifier(decision(), par=AgentFabrique(role=Role.ACCUEIL).acteur)


def test_le_pdf_est_balise_et_ne_nomme_personne_dans_ses_metadonnees():
    pdf = decision_en_pdf(decision(montant=Decimal("183.27")))
    with pikepdf.open(io.BytesIO(pdf)) as lu:
        assert "/StructTreeRoot" in lu.Root and "/MarkInfo" in lu.Root
        entier = str(lu.docinfo) + str(lu.open_metadata())
    assert "Ferrand" not in entier and "183" not in entier
