"""Une séance, de la convocation au procès-verbal signé ; et tout ce qui l'empêche de se tenir de travers."""

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pleinsdroits.aides.actions.seances import (
    annuler_la_seance,
    convoquer,
    creer_une_seance,
    inscrire,
    publier,
    retirer_de_l_ordre_du_jour,
)
from pleinsdroits.aides.actions.sieger import cloturer, ouvrir, pointer, signer, verifier_le_quorum
from pleinsdroits.aides.actions.votes import arreter_le_vote, voter
from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.fabriques import (
    DecisionFabrique,
    DemandeFabrique,
    InscriptionFabrique,
    LigneBudgetaireFabrique,
    MembreFabrique,
    SeanceFabrique,
)
from pleinsdroits.aides.models import Decision, EtatSeance, Inscription, Instance, Presence, Seance
from pleinsdroits.aides.papiers.seance import proces_verbal_en_pdf
from pleinsdroits.aides.tests.etudes import edition
from pleinsdroits.aides.tests.seances import SYSTEME, messages, ouverte, secretariat, siegent
from pleinsdroits.socle.conflit import Conflit
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
PERMANENTE = Instance.COMMISSION_PERMANENTE


def dans(jours):
    return timezone.now() + dt.timedelta(days=jours)


@pytest.fixture
def ines():
    return secretariat()


def test_de_la_convocation_au_proces_verbal_signe(ines):
    """Tout le chemin, par les actes seuls."""
    membres = [MembreFabrique(preside=True), *MembreFabrique.create_batch(4)]
    demande = DemandeFabrique(instruite=True, foyer__demandeur__nom="Secretferrand")
    edition()
    LigneBudgetaireFabrique()
    seance = creer_une_seance(None, par=ines, instance=PERMANENTE, prevue_le=dans(10), lieu="Salle du conseil")
    inscription = inscrire(seance, par=ines, demande=demande)
    publier(inscription, par=ines, expose="Première demande de ce foyer.")
    convoquer(seance, par=ines)
    lettres = list(Envoi.objects.values_list("destinataire", "texte"))
    assert len(lettres) == 5 and all("Secretferrand" not in t and "A0" not in t for _d, t in lettres)
    assert all("donner par écrit pouvoir à un autre membre" in t for _d, t in lettres)
    with time_machine.travel(dans(10) + dt.timedelta(minutes=5)):
        for membre in membres[:4]:
            pointer(seance, par=ines, membre=membre, etat="present")
        pointer(seance, par=ines, membre=membres[4], etat="excuse")
        verifier_le_quorum(seance, par=ines)
        ouvrir(seance, par=ines)
        for membre in membres[:4]:
            voter(inscription, par=membre.agent.acteur, choix="pour")
        decision = arreter_le_vote(inscription, par=ines)
        cloturer(seance, par=ines)
        signer(seance, par=ines)
    demande.refresh_from_db()
    seance.refresh_from_db()
    assert (demande.etat, demande.resultat, demande.montant_accorde) == ("decidee", "accord_partiel", Decimal(250))
    assert decision.decideur == PERMANENTE and decision.inscription == inscription
    assert seance.etat == EtatSeance.PV_SIGNE and seance.presidee_par == membres[0]
    public, nominatif = (seance.proces_verbaux.get(tome=t) for t in ("communicable", "nominatif"))
    assert "Secretferrand" not in public.contenu and "Secretferrand" in nominatif.contenu
    assert json.loads(public.contenu)["affaires"][0]["voix"] == ["pour : 4"]
    assert str(membres[1].agent) in nominatif.contenu
    assert all(proces_verbal_en_pdf(pv).startswith(b"%PDF") for pv in (public, nominatif))


def test_une_seance_se_fixe_dans_le_futur_et_une_fois(ines):
    quand = dans(10)
    creer_une_seance(None, par=ines, instance=PERMANENTE, prevue_le=quand, lieu="Salle 2")
    for faute, champs in {
        "à cette heure": {},
        "passée": {"prevue_le": dans(-1)},
        "Choisissez le conseil": {"instance": "autre"},
        "obligatoire": {"prevue_le": dans(11), "lieu": "  "},
    }.items():
        with pytest.raises(ValidationError) as leve:
            creer_une_seance(
                None, par=ines, **{"instance": PERMANENTE, "prevue_le": quand, "lieu": "Salle 2", **champs}
            )
        assert faute in messages(leve) or "vide" in messages(leve)
    assert Seance.objects.count() == 1


def test_un_membre_de_la_commission_ne_tient_pas_la_seance():
    membre = MembreFabrique()
    with pytest.raises(PermissionDenied):
        creer_une_seance(None, par=membre.agent.acteur, instance=PERMANENTE, prevue_le=dans(9), lieu="Salle")


@pytest.mark.parametrize("trait", ["complete", "inscrite", "accordee"])
def test_seule_une_demande_etudiee_va_a_l_ordre_du_jour(ines, trait):
    seance = SeanceFabrique()
    with pytest.raises(ValidationError, match="déjà"):
        inscrire(seance, par=ines, demande=DemandeFabrique(**{trait: True}))
    assert not Inscription.objects.exists()


def test_une_demande_n_est_qu_a_une_seance_a_la_fois(ines):
    demande = DemandeFabrique(instruite=True)
    inscrire(SeanceFabrique(), par=ines, demande=demande)
    with pytest.raises(ValidationError, match="déjà à l’ordre du jour"):
        inscrire(SeanceFabrique(prevue_le=dans(20)), par=ines, demande=demande)


def test_le_reglement_dit_quelle_instance_decide(ines):
    ed = edition(local_energie={"decide": [{"qui": "commission_permanente", "jusqu_a": 200, "article": "9"}]})
    demande = DemandeFabrique(instruite=True, edition=ed)
    with pytest.raises(ValidationError) as leve:
        inscrire(SeanceFabrique(), par=ines, demande=demande)
    assert "dépasse ce que le règlement confie à la commission permanente (200 €)" in messages(leve)
    inscrire(SeanceFabrique(du_conseil=True), par=ines, demande=demande)


def test_l_ordre_du_jour_se_complete_jusqu_a_la_fin_du_delai(ines):
    a_temps = SeanceFabrique(convoquee=True, prevue_le=dans(10))
    inscrire(a_temps, par=ines, demande=DemandeFabrique(instruite=True))
    trop_tard = SeanceFabrique(convoquee=True, prevue_le=dans(2))
    with pytest.raises(ValidationError, match="Trop tard"):
        inscrire(trop_tard, par=ines, demande=DemandeFabrique(instruite=True))
    commencee = SeanceFabrique(en_seance=True)
    with pytest.raises(ValidationError, match="ne change plus"):
        inscrire(commencee, par=ines, demande=DemandeFabrique(instruite=True))


def test_convoquer_trop_tard_est_refuse_avec_la_date_possible(ines):
    MembreFabrique()
    seance = SeanceFabrique(prevue_le=dans(3))
    InscriptionFabrique(seance=seance, publiee=True)
    with pytest.raises(ValidationError) as leve:
        convoquer(seance, par=ines)
    assert "3 jours pleins" in messages(leve) and "R123-16" in messages(leve)
    seance.refresh_from_db()
    assert seance.etat == EtatSeance.CREEE and not Presence.objects.exists() and not Envoi.objects.exists()


def test_on_ne_convoque_ni_sans_membre_ni_a_vide_ni_sans_les_pieces(ines):
    seance = SeanceFabrique()
    with pytest.raises(ValidationError, match="aucun membre"):
        convoquer(seance, par=ines)
    MembreFabrique()
    with pytest.raises(ValidationError, match="vide"):
        convoquer(seance, par=ines)
    InscriptionFabrique(seance=seance, rang=3)
    with pytest.raises(ValidationError, match="demandes 3"):
        convoquer(seance, par=ines)


def test_publier_fige_la_piece_et_refuse_ce_qui_designe_quelqu_un(ines):
    seance = SeanceFabrique()
    demande = DemandeFabrique(instruite=True, foyer__demandeur__nom="Ferrandeau")
    inscription = inscrire(seance, par=ines, demande=demande)
    with pytest.raises(ValidationError) as leve:
        publier(inscription, par=ines, expose="madame ferrandeau vit seule, 462,15 € par mois.")
    assert "ferrandeau" in messages(leve) and "somme exacte" in messages(leve)
    publier(inscription, par=ines, expose="Vit seule depuis peu.", lue=1)
    inscription.refresh_from_db()
    demande.refresh_from_db()
    assert inscription.etat == "publiee" and inscription.version_lue == demande.version
    assert inscription.piece["expose"] == "Vit seule depuis peu."
    with pytest.raises(Conflit):
        publier(inscription, par=ines, expose="Autre.", lue=1)


def test_une_derogation_s_explique_dans_l_expose(ines):
    inscription = InscriptionFabrique(demande=DemandeFabrique(inscrite=True, derogation="Un cas à part"))
    with pytest.raises(ValidationError, match="hors barème"):
        publier(inscription, par=ines)


def test_republier_annule_les_voix_donnees_sur_l_ancienne_piece(ines):
    seance, [inscription] = ouverte()
    voter(inscription, par=siegent(seance)[1].agent.acteur, choix="pour")
    publier(inscription, par=ines)
    assert not inscription.votes.exists()


def test_retiree_de_l_ordre_du_jour_la_demande_revient_a_l_etude(ines):
    inscription = InscriptionFabrique(publiee=True)
    retirer_de_l_ordre_du_jour(inscription, par=ines, raison="Une pièce à revoir")
    inscription.refresh_from_db()
    assert (inscription.etat, inscription.demande.etat) == ("retiree", "instruite")
    with pytest.raises(ValidationError, match="ne change plus"):
        retirer_de_l_ordre_du_jour(inscription, par=ines)
    inscrire(SeanceFabrique(prevue_le=dans(30)), par=ines, demande=inscription.demande)


def test_la_personne_renonce_entre_temps_la_demande_se_retire_et_la_seance_se_termine(ines):
    seance, [inscription] = ouverte(membres=3)
    demande = inscription.demande
    franchir(demande, "laisser", SYSTEME)
    with pytest.raises(ValidationError, match="retirez-la de l’ordre du jour"):
        voter(inscription, par=siegent(seance)[1].agent.acteur, choix="pour")
    retirer_de_l_ordre_du_jour(inscription, par=ines)
    demande.refresh_from_db()
    assert demande.etat == "sans_objet"
    cloturer(seance, par=ines)


def test_annuler_rend_les_demandes_et_les_decisions_a_rapporter(ines):
    seance = SeanceFabrique(du_conseil=True)
    MembreFabrique(instance=Instance.CONSEIL_ADMINISTRATION)
    urgente = DecisionFabrique(par_la_presidence=True)
    inscription = InscriptionFabrique(seance=seance, publiee=True)
    convoquer(seance, par=ines)
    assert not Decision.objects.a_rapporter().exists()
    with pytest.raises(ValidationError, match="pourquoi"):
        annuler_la_seance(seance, par=ines, raison=" ")
    annuler_la_seance(seance, par=ines, raison="Salle fermée")
    inscription.refresh_from_db()
    assert inscription.etat == "retiree" and inscription.demande.etat == "instruite"
    assert list(Decision.objects.a_rapporter()) == [urgente]


def test_les_decisions_par_delegation_sont_rapportees_au_conseil_seul(ines):
    """R123-22 : à chacune des réunions du conseil d'administration ; la commission permanente n'en est pas une."""
    urgente = DecisionFabrique(par_la_presidence=True, demande__foyer__demandeur__nom="Secretferrand")
    MembreFabrique()
    MembreFabrique(instance=Instance.CONSEIL_ADMINISTRATION)
    permanente = SeanceFabrique()
    InscriptionFabrique(seance=permanente, publiee=True)
    convoquer(permanente, par=ines)
    assert Decision.objects.a_rapporter().exists()
    conseil = SeanceFabrique(du_conseil=True)
    convoquer(conseil, par=ines)
    urgente.refresh_from_db()
    assert urgente.rapportee_a == conseil


def test_le_tome_communicable_ne_dit_ni_qui_ni_combien_exactement(ines):
    seance, [inscription] = ouverte(membres=3, foyer__demandeur__nom="Secretferrand", montant_propose=Decimal("183.27"))
    for membre in siegent(seance):
        voter(inscription, par=membre.agent.acteur, choix="pour")
    arreter_le_vote(inscription, par=ines, raisons="Une raison très personnelle.")
    cloturer(seance, par=ines)
    lu = seance.proces_verbaux.get(tome="communicable").contenu
    assert not [s for s in ("Secretferrand", "183,27", "personnelle", inscription.demande.reference) if s in lu]
    assert "environ 185 €" in lu
    with pytest.raises(ValidationError, match="procès-verbal signé|Terminez"):
        signer(seance, par=ines)
        signer(seance, par=ines)


def test_les_membres_apprennent_un_ajout_puis_une_annulation_sans_rien_de_personnel(ines):
    seance = SeanceFabrique(convoquee=True, membres=2)
    inscription = inscrire(
        seance, par=ines, demande=DemandeFabrique(instruite=True, foyer__demandeur__nom="Secretferrand")
    )
    publier(inscription, par=ines)
    assert Envoi.objects.filter(objet="Ordre du jour complété").count() == 2
    publier(inscription, par=ines, expose="Revue.")
    assert Envoi.objects.count() == 2, "une pièce revue ne s’annonce pas deux fois"
    annuler_la_seance(seance, par=ines, raison="Le dossier Secretferrand attend")
    assert Envoi.objects.filter(objet="Séance annulée").count() == 2
    assert not any("Secretferrand" in e.texte for e in Envoi.objects.all())
