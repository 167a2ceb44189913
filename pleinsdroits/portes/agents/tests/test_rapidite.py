"""La rapidité et l'équité, lues par le conseil : la phrase d'abord, les retards sans identité, l'objectif noté."""

import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique, il_y_a
from pleinsdroits.aides.models import Demande, DureeEtape, ObjectifDeDelai
from pleinsdroits.aides.regles.mesure import douze_mois
from pleinsdroits.aides.tests.decisions import decidees
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.papier.tests import lire_pdf
from pleinsdroits.personnes.fabriques import FoyerFabrique

pytestmark = pytest.mark.django_db
LECTEURS = [Role.COMMISSION, Role.PRESIDENCE, Role.COORDINATION, Role.INTERLOCUTEUR, Role.INSTRUCTEUR]
PAGES = ("rapidite", "rapidite_tableur", "rapidite_retards", "rapidite_retards_tableur", "equite", "equite_tableur")


def lire(client, nom, **choix):
    reponse = client.get(reverse(f"agents:{nom}"), choix)
    assert reponse.status_code == 200, reponse.status_code
    return reponse.content.decode().replace("\u00a0", " ")


def durees(*jours, etape="repondre", aide="local_energie", recul=0):
    depart, mois = DureeEtape.objects.count(), douze_mois(timezone.localdate())[-1 - recul]
    DureeEtape.objects.bulk_create(
        DureeEtape(demande=depart + rang, aide=aide, etape=etape, mois=mois, jours=j) for rang, j in enumerate(jours)
    )


def une_demande_en_retard(**champs):
    foyer = FoyerFabrique(demandeur__nom="Secretferrand")
    ines = AgentFabrique(role=Role.INSTRUCTEUR, first_name="Ines", last_name="Agentsecrete")
    champs = {"etat": Demande.Etat.COMPLETE, "recue_le": il_y_a(40), "complete_le": il_y_a(30)} | champs
    return DemandeFabrique(foyer=foyer, instructeur=ines, mots="Motssecrets", **champs)


def test_la_commission_lit_en_une_phrase_ce_qui_attend_et_depasse(client, dedans):
    dedans(role=Role.COMMISSION)
    durees(*range(1, 11))
    durees(*[12] * 6, *[40] * 4, etape="decider")
    for etape, jours in (("repondre", 30), ("decider", 15)):
        ObjectifDeDelai.objects.create(etape=etape, jours=jours)
    une_demande_en_retard()
    page = lire(client, "rapidite")
    assert "La moitié des demandes reçoivent une réponse en 5 jours. Une sur dix attend plus de 9 jours." in page
    assert "Objectif du conseil : 30 jours." in page and "Dépasse l’objectif : décider (60 % dans l’objectif)." in page
    assert "Là où l’on attend le plus : « étudier ». 1 demande en retard : la main est à la ville." in page
    assert "depuis 30 jours" in page and "Voir 1 demande en retard" in page and "Noter un objectif" not in page


@pytest.mark.parametrize("role", LECTEURS)
def test_seul_qui_etudie_lit_un_numero_et_un_agent(client, dedans, role):
    demande = une_demande_en_retard()
    dedans(role=role)
    textes = [lire(client, nom) for nom in PAGES]
    liste = lire(client, "rapidite_retards")
    assert "30 jours" in liste and "40 jours" in liste and "la ville" in liste
    assert all("Secretferrand" not in t and "Motssecrets" not in t for t in textes)
    assert any(demande.reference in t for t in textes) == (role == Role.INSTRUCTEUR)
    assert any("Agentsecrete" in t for t in textes) == (role == Role.INSTRUCTEUR)


def noms(page: str) -> list[str]:
    """Les étapes du premier tableau, dans l'ordre montré."""
    tableau = page.split('id="t-etapes-tableau"')[1].split("</table>")[0]
    return [bout.split("</th>")[0] for bout in tableau.split('<th scope="row">')[1:]]


def test_un_titre_trie_les_tableaux_et_le_dit_a_qui_ne_voit_pas(client, dedans):
    dedans(role=Role.COMMISSION)
    durees(*[9] * 6, etape="completer")
    durees(*[2] * 6, etape="decider")
    durees(*[5] * 6, etape="payer")
    maison = lire(client, "rapidite")
    assert noms(maison)[0] == "Compléter" and "aria-sort" not in maison and 'href="?tri=mediane#t-etapes"' in maison
    montant = lire(client, "rapidite", tri="mediane")
    assert noms(montant)[:3] == ["Décider", "Payer", "Compléter"]
    assert montant.count('aria-sort="ascending"') >= 1 and 'href="?tri=-mediane#t-etapes"' in montant
    descendant = lire(client, "rapidite", tri="-mediane")
    assert noms(descendant)[:3] == ["Compléter", "Payer", "Décider"] and 'aria-sort="descending"' in descendant
    assert noms(descendant)[-1].startswith("Répondre"), "la somme reste en bas"
    assert noms(lire(client, "rapidite", tri="nimporte")) == noms(maison)


def test_la_liste_des_retards_se_trie_par_l_adresse(client, dedans):
    une_demande_en_retard()
    dedans(role=Role.COMMISSION)
    liste = lire(client, "rapidite_retards", tri="-depot")
    assert 'aria-sort="descending"' in liste and "?tri=depot" in liste


def test_le_papier_du_conseil_porte_les_memes_chiffres_et_aucun_nom(client, dedans):
    demande = une_demande_en_retard()
    EditionFabrique()
    dedans(role=Role.PRESIDENCE)
    durees(*range(1, 11))
    durees(*[4] * 2, etape="payer")
    reponse = client.get(reverse("agents:rapidite_pdf"), {"tri": "-mediane"})
    assert reponse["Content-Type"] == "application/pdf" and "rapidite-" in reponse["Content-Disposition"]
    papier = " ".join(lire_pdf.texte(reponse.content).replace("\u00a0", " ").split())
    assert "La moitié des demandes reçoivent une réponse en 5 jours." in papier
    assert "moins de 5, ou masqué" in papier and "la ville : 1" in papier
    assert not any(mot in papier for mot in ("Secretferrand", "Agentsecrete", demande.reference))
    with pikepdf.open(io.BytesIO(reponse.content)) as lu:
        assert bool(lu.Root.MarkInfo.Marked) and lu.open_metadata()["pdfuaid:part"] == "1"


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.TECHNIQUE, Role.VOLONTAIRE, Role.PARTENAIRE])
def test_les_autres_roles_n_y_entrent_pas(client, dedans, role):
    dedans(role=role)
    assert {client.get(reverse(f"agents:{nom}")).status_code for nom in (*PAGES, "rapidite_pdf")} == {404}


def test_la_liste_dit_ce_que_chaque_demande_depasse_et_pas_plus(client, dedans):
    une_demande_en_retard(recue_le=il_y_a(80))
    une_demande_en_retard(complete_le=il_y_a(1), recue_le=il_y_a(80))
    dedans(role=Role.COMMISSION)
    liste = lire(client, "rapidite_retards", tri="debut")
    assert "2 demandes en retard" in liste
    assert "l’étape, le délai de la loi" in liste and ">le délai de la loi<" in liste
    page = lire(client, "rapidite")
    assert "2 demandes attendent depuis plus que le délai de la loi" in page and "Voir les 2 demandes" in page


def test_le_filtre_par_aide_vaut_pour_tout_et_un_choix_inconnu_ne_retire_rien(client, dedans):
    dedans(role=Role.COMMISSION)
    EditionFabrique()
    durees(*[3] * 10)
    durees(*[30] * 10, aide="local_alimentaire")
    une_demande_en_retard()
    une_demande_en_retard(aide="local_alimentaire")
    assert "réponse en 30 jours" in lire(client, "rapidite", aide="local_alimentaire")
    assert "1 demande en retard" in lire(client, "rapidite_retards", aide="local_alimentaire")
    assert "2 demandes en retard" in lire(client, "rapidite_retards", aide="rien", etape="rien")


def test_le_nombre_de_requetes_ne_grandit_pas(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    une_demande_en_retard()
    pages = ("rapidite", "rapidite_retards", "equite")

    def compter(nom):
        with CaptureQueriesContext(connection) as prises:
            lire(client, nom)
        return len(prises)

    for nom in pages:
        lire(client, nom)
    avant = [compter(nom) for nom in pages]
    for rang in range(30):
        une_demande_en_retard()
        durees(*range(rang), recul=rang % 12)
    assert [compter(nom) for nom in pages] == avant and max(avant) <= 16
    assert "Page 2 sur 2" in lire(client, "rapidite_retards", page=2)


def test_sans_rien_les_pages_le_disent(client, dedans):
    dedans(role=Role.PRESIDENCE)
    page = lire(client, "rapidite")
    assert "Pas encore de réponse envoyée" in page and "Pas encore de demande sur cette période." in page
    assert "Rien en retard." in lire(client, "rapidite_retards")
    assert "Pas encore de décision cette année." in lire(client, "equite")


def test_la_presidence_note_un_objectif_une_seule_fois(client, dedans):
    dedans(role=Role.PRESIDENCE)
    adresse = reverse("agents:objectif_de_delai")
    envoi = {"etape": "repondre", "jours": "30", "fixe_le": timezone.localdate(), "deliberation": "2026-114"}
    envoi["jeton_unique"] = "un-jeton"
    for _fois in range(2):
        assert client.post(adresse, envoi).url == reverse("agents:rapidite")
    assert ObjectifDeDelai.objects.count() == 1
    assert "2026-114" in lire(client, "objectif_de_delai")


def test_un_objectif_au_dela_de_la_loi_est_refuse_pres_du_champ(client, dedans):
    dedans(role=Role.PRESIDENCE)
    envoi = {"etape": "repondre", "jours": "90", "fixe_le": timezone.localdate(), "deliberation": "2026-114"}
    reponse = client.post(reverse("agents:objectif_de_delai"), envoi)
    assert reponse.status_code == 422 and "plus que la loi" in reponse.content.decode()
    assert not ObjectifDeDelai.objects.exists()


def test_l_equite_dit_les_taux_et_tait_les_petits_groupes(client, dedans):
    dedans(role=Role.COMMISSION)
    decidees(30, quartier="Centre")
    decidees(10, quartier="Centre", resultat="refus")
    decidees(20, quartier="Port")
    decidees(2, quartier="Plateau")
    page, tableur = lire(client, "equite"), lire(client, "equite_tableur")
    assert "62 décisions, 84 % d’accords." in page and "100,00" in page
    for texte in (page, tableur):
        assert texte.count("moins de 5, ou masqué") == 2
    assert ";Centre;40;30;75;100.00" in tableur and ";20;" not in tableur and ";22;" not in tableur


def test_les_tableurs_taisent_et_disent_comme_la_page(client, dedans):
    dedans(role=Role.COORDINATION)
    durees(*range(1, 21))
    durees(*[9] * 3, etape="payer")
    tableur = lire(client, "rapidite_tableur")
    assert "répondre (du dépôt à la lettre);20;10;18" in tableur
    assert "payer;moins de 5, ou masqué;;" in tableur


def test_une_aide_tue_a_cause_d_une_autre_n_est_pas_dite_rare(client, dedans):
    dedans(role=Role.COMMISSION)
    EditionFabrique()
    durees(*[3] * 20)
    durees(*[3] * 2, aide="local_telephone")
    page = lire(client, "rapidite", aide="local_energie")
    assert "ou un nombre que les autres feraient deviner : on n’en dit rien." in page and ">20<" not in page
