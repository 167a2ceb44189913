"""
Trente choses qui désignent quelqu'un sont écrites dans un dossier. Un membre de la commission ouvre tout ce qu'il peut ouvrir,
avant, pendant et après la séance : aucune n'est dans aucun octet, titre, adresse, en-tête, nom de fichier ni métadonnée.
"""

import datetime as dt
import io
import re
from decimal import Decimal
from html import unescape

import pikepdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.accueil.models import Besoin, Contact
from pleinsdroits.aides.actions.instruire import corriger_une_ligne, proposer
from pleinsdroits.aides.actions.notifier import notifier
from pleinsdroits.aides.actions.seances import convoquer, creer_une_seance, inscrire, publier
from pleinsdroits.aides.actions.sieger import cloturer, ouvrir, pointer, signer, verifier_le_quorum
from pleinsdroits.aides.actions.votes import arreter_le_vote, voter
from pleinsdroits.aides.fabriques import DecisionFabrique, DemandeFabrique, MembreFabrique
from pleinsdroits.aides.models import Demande
from pleinsdroits.aides.papiers.rapport import rapport_en_pdf
from pleinsdroits.aides.tests.etudes import BUDGET, CREDIT, demande_ferrand, edition, instruction
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.papier.tests.lire_pdf import texte
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.fabriques import MembreFabrique as MembreDuFoyer
from pleinsdroits.personnes.fabriques import PersonneFabrique
from pleinsdroits.personnes.models import Identifiant, Moyen
from pleinsdroits.socle.models import Envoi

pytestmark = pytest.mark.django_db
# Chacune est plantée dans le dossier ci-dessous ; les sommes, sous toutes les façons de les écrire.
PLANTEES = (
    *("Zélandine", "Ferrandeau", "Quéméneur", "Barnabé", "Lazuline"),  # prénom, nom, nom de naissance, enfant, enfant
    *("Trézéguet", "Okonkwo", "Vandermeer"),  # interlocuteur, remplaçante, qui étudie
    *("Pétroleuses", "Bâtiment Gagarine"),  # rue, complément
    *("Carrefour Villejuif", "Joliot-Curie", "Énergiverte"),  # employeur, école, fournisseur
    *("sclérose", "diabète", "bipolaire"),  # santé
    *("06 39 98 41 17", "zelandine@exemple.fr", "7654321"),  # téléphone, courriel, n° d'allocataire
    *("12/03/1992", "1992-03-12", "12 mars 1992", "34 ans"),  # naissance, âge exact
    *("287,43", "287.43", "981,37", "981.37", "80,85", "80.85", "251,19", "251.19"),  # sommes exactes
    *("461,33", "5,13", "coupure du compteur", "expulsion"),  # reste exact, mots de la personne, écrits d'un contact
)


@pytest.fixture
def planter():
    """Le dossier et sa demande, à l'étude ; une urgence du même foyer, décidée par la présidence."""
    budget = {**BUDGET, "prestations": [{"droit": "aide_logement", "montant": 251.19}]}
    budget["personnes"] = [
        {**BUDGET["personnes"][0], "revenus": [{"type": "salaire", "montant": 981.37}]},
        *BUDGET["personnes"][1:],
    ]
    demande = demande_ferrand(
        budget=budget,
        montant_demande=Decimal("287.43"),
        mots="Je crains la coupure du compteur, Carrefour Villejuif a arrêté mon contrat",
        payer_a="Énergiverte",
    )
    foyer = demande.foyer
    personne = foyer.demandeur()
    personne.prenom, personne.nom, personne.nom_de_naissance = "Zélandine", "Ferrandeau", "Quéméneur"
    personne.save()
    for prenom in ("Barnabé", "Lazuline"):
        MembreDuFoyer(foyer=foyer, lien="enfant", personne=PersonneFabrique(prenom=prenom, nom="Ferrandeau"))
    Moyen.objects.create(personne=personne, valeur="06 39 98 41 17", normal="+33639984117")
    Moyen.objects.create(
        personne=personne, genre="courriel", valeur="zelandine@exemple.fr", normal="zelandine@exemple.fr"
    )
    Identifiant.objects.create(personne=personne, genre="caf", valeur="7654321")
    foyer.adresses.update(ligne="8 rue des Pétroleuses", complement="Bâtiment Gagarine")
    foyer.interlocuteur = AgentFabrique(interlocuteur=True, last_name="Trézéguet")
    foyer.remplacant = AgentFabrique(interlocuteur=True, last_name="Okonkwo")
    foyer.save()
    demande.instructeur = AgentFabrique(role=Role.INSTRUCTEUR, last_name="Vandermeer")
    demande.save()
    demande.pieces.create(libelle="certificat de diabète", etat="dispensee", raison="Suivie pour une sclérose")
    Besoin.objects.create(foyer=foyer, personne=personne, sujet="famille", canal="guichet", mots="École Joliot-Curie")
    Contact.objects.create(
        foyer=foyer, personne=personne, canal="telephone", suite="oriente", mots="Bipolaire, risque d’expulsion"
    )
    urgente = DemandeFabrique(foyer=foyer, personne=personne, urgence=True, accordee=True)
    DecisionFabrique(
        demande=urgente, par_la_presidence=True, montant=Decimal("80.85"), raisons="Ferrandeau, plus rien à manger"
    )
    return demande


def relevees(reponse) -> list[str]:
    """Les chaînes plantées trouvées dans une réponse : octets, texte déchiffré d'un PDF, métadonnées, en-têtes, adresse."""
    octets = b"".join(reponse) if reponse.streaming else reponse.content
    lus = [octets.decode(errors="replace"), str(reponse.headers), reponse.request["PATH_INFO"], str(reponse.cookies)]
    if octets.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(octets)) as pdf:
            lus += [texte(octets), str(pdf.docinfo), str(pdf.open_metadata())]
    return trouvees(" ".join(lus))


def trouvees(texte_lu: str) -> list[str]:
    plat = unescape(texte_lu).replace("\u00a0", " ").casefold()
    return [p for p in PLANTEES if p.casefold() in plat]


def parcourir(client) -> set[str]:
    """Tout ce qui s'atteint de lien en lien dans la porte des agents ; rend les adresses ouvertes. Ne trouve rien de planté."""
    a_voir, vues = [reverse("agents:accueil"), reverse("agents:commission")], set()
    while a_voir:
        adresse = a_voir.pop()
        if adresse in vues or "deconnexion" in adresse:
            continue
        vues.add(adresse)
        reponse = client.get(adresse)
        assert not (fautes := relevees(reponse)), f"{adresse} : {fautes}"
        if reponse["Content-Type"].startswith("text/html"):
            liens = {
                unescape(lien) for lien in re.findall(r'(?:href|action)="(/agents/[^"#]*)', reponse.content.decode())
            }
            a_voir += [lien for lien in liens if "fiches" not in lien and "mon-compte" not in lien]
    return vues


def forcer(client, demande: Demande, inscription) -> None:
    """Les adresses que la tablette ne montre pas, demandées quand même."""
    foyer, rang = demande.foyer, inscription.rang
    for nom, args in (
        ("aide", [demande.pk]),
        ("aides", []),
        ("aides_tableur", []),
        ("lettre_d_aide", [demande.pk, "accuse"]),
        ("aide_etudier", [demande.pk]),
        ("aide_imprimer_le_calcul", [demande.pk]),
        ("dossier", [foyer.numero]),
        ("dossiers", []),
        ("seances", []),
        ("seance", [inscription.seance_id]),
        ("piece_a_publier", [inscription.pk]),
        ("vote_de_la_seance", [inscription.pk]),
        ("proces_verbal", [inscription.seance_id, "nominatif"]),
        ("decision_d_aide", [demande.pk]),
        ("lettre_de_decision", [demande.pk]),
        ("commission_piece", [inscription.seance_id, rang + 7]),
    ):
        reponse = client.get(reverse(f"agents:{nom}", args=args))
        assert reponse.status_code == 404, f"{nom} s’ouvre à un membre"
        assert not relevees(reponse), nom


def test_trente_identites_plantees_ne_sortent_nulle_part(client, arme, planter):
    demande, ines = planter, instruction()
    assert len(PLANTEES) >= 30
    edition()
    corriger_une_ligne(demande, par=ines, cle=CREDIT, comptee=False, raison="Crédit pour sa sclérose")
    demande.refresh_from_db()
    proposer(demande, par=ines, montant=Decimal("251.19"))
    demande.refresh_from_db()
    assert all(trouvees(str(m)) for m in (demande.calcul, demande.mots, demande.payer_a)), "les chaînes sont bien là"
    agent = arme(role=Role.COMMISSION, first_name="Membre", last_name="Sept")
    membre = MembreFabrique(agent=agent, instance="conseil_administration")
    maire = MembreFabrique(preside=True, instance="conseil_administration")
    seance = creer_une_seance(
        None,
        par=ines,
        instance="conseil_administration",
        prevue_le=timezone.now() + dt.timedelta(days=10),
        lieu="Salle",
    )
    inscription = inscrire(seance, par=ines, demande=demande)
    publier(inscription, par=ines, expose="Le contrat de travail s’est arrêté au printemps.")
    convoquer(seance, par=ines)
    rapport = texte(rapport_en_pdf(seance))
    assert "Demande 1" in rapport and not trouvees(rapport), "les copies sur papier"
    assert not trouvees(" ".join(e.objet + e.texte for e in Envoi.objects.all()))
    client.force_login(agent)
    adresse = reverse("agents:commission_piece", args=[seance.pk, 1])
    assert adresse in parcourir(client), "avant la séance"
    forcer(client, demande, inscription)
    with time_machine.travel(seance.prevue_le):
        client.force_login(agent)
        for qui in (membre, maire):
            pointer(seance, par=ines, membre=qui, etat="present")
        verifier_le_quorum(seance, par=ines)
        ouvrir(seance, par=ines)
        assert adresse in parcourir(client), "pendant"
        for fautif in (
            {},
            {"choix": "contre", "raison": "Zel"},
            {"choix": "autre_montant", "raison": "abc", "montant": "9000"},
        ):
            reponse = client.post(adresse, fautif)
            assert reponse.status_code in (302, 422) and not relevees(reponse)
        for mot in ("ferrandeau", "énergiverte", "un mot ordinaire"):
            client.post(adresse, {"choix": "contre", "raison": f"je reconnais {mot}"})
            assert membre.votes.count() == 1, "le refus ne dit pas, mot après mot, de qui il s’agit"
            membre.votes.all().delete()
        voter(inscription, par=agent.acteur, choix="pour")
        voter(inscription, par=maire.agent.acteur, choix="pour")
        decision = arreter_le_vote(inscription, par=ines)
        assert adresse in parcourir(client), "décidée"
        cloturer(seance, par=ines)
        signer(seance, par=ines)
        notifier(decision, par=ines)
        proces_verbal = reverse("agents:commission_proces_verbal", args=[seance.pk])
        vues = parcourir(client)
        assert proces_verbal in vues and adresse not in vues, "le procès-verbal signé se lit, la pièce ne se lit plus"
        forcer(client, demande, inscription)
    lues = Entree.objects.filter(acteur_identifiant=str(agent.pk))
    assert lues.filter(verbe="aides.lire_une_piece").exists()
    assert not trouvees(" ".join(str(vars(e)) for e in lues))
