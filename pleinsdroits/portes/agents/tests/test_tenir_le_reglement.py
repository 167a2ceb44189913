"""Les pages du règlement : lire, écrire un brouillon, le voir sur un cas, l'essayer, noter le vote."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pleinsdroits.aides.actions.reglement import ouvrir_un_brouillon
from pleinsdroits.aides.essai_du_reglement import cle_de_l_essai, ou_en_est
from pleinsdroits.aides.fabriques import DemandeFabrique, EditionFabrique
from pleinsdroits.aides.models import Demande, EditionDuReglement
from pleinsdroits.aides.taches import essayer_un_brouillon
from pleinsdroits.aides.tests.test_essayer_le_reglement import brouillon_au_seuil, entree
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.socle import avancement

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(dedans):
    cache.clear()
    dedans(role=Role.PRESIDENCE)
    return ouvrir_un_brouillon(
        None, par=Acteur.systeme("essai"), depuis=EditionFabrique(), libelle="2027", effet=dt.date(2027, 1, 1)
    )


def adresse(nom: str, *args) -> str:
    return reverse(f"agents:{nom}", args=args)


def texte(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def champs_de(client, brouillon, aide: str = "local_energie") -> dict:
    """Ce qu'enverrait le formulaire tel qu'il s'affiche."""
    form = client.get(adresse("reglement_aide", brouillon.pk, aide)).context["form"]
    donnees = {nom: form[nom].value() for nom in form.fields}
    return {nom: "" if valeur is None else valeur for nom, valeur in donnees.items()}


def test_la_page_montre_l_edition_en_vigueur_et_les_brouillons(client, brouillon):
    page = texte(client.get(adresse("reglement")))
    assert "exemple-1" in page and "depuis le 1 janvier 2024" in page and "Essayer « 2027 »" in page


def test_sans_reglement_la_page_dit_quoi_faire(client, dedans):
    dedans(role=Role.INSTRUCTEUR)
    assert "charger_reglement" in texte(client.get(adresse("reglement")))


def test_une_edition_se_lit_article_par_article_et_dit_ce_qui_est_suppose(client, brouillon):
    page = texte(client.get(adresse("reglement_edition", brouillon.issue_de_id)))
    assert "Reste à vivre sous le seuil d’exemple (moins de 9 €) : un montant choisi par la commission." in page
    assert "points sont marqués « supposé » : le texte voté ne les dit pas" in page and "(supposé)" in page
    assert "Décide : la présidence, par délégation, jusqu’à 150 €." in page


def test_ouvrir_un_brouillon_deux_fois_n_en_ouvre_qu_un(client, brouillon):
    page = client.get(adresse("reglement_nouveau"))
    jeton = page.content.decode().split('name="jeton_unique" value="')[1].split('"')[0]
    envoi = {"depuis": brouillon.issue_de_id, "libelle": "2028", "effet": "2028-01-01", "jeton_unique": jeton}
    for _fois in range(2):
        assert client.post(adresse("reglement_nouveau"), envoi).status_code == 302
    assert EditionDuReglement.objects.filter(libelle="2028").count() == 1


def test_enregistrer_le_formulaire_sans_rien_changer_ne_change_rien(client, brouillon):
    for aide in brouillon.lu().aides:
        donnees = champs_de(client, brouillon, aide.id)
        assert client.post(adresse("reglement_aide", brouillon.pk, aide.id), donnees).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.lu() == EditionDuReglement.objects.get(pk=brouillon.pk).lu()
    assert brouillon.lu().aides == brouillon.issue_de.lu().aides
    assert brouillon.lu().comptes == brouillon.issue_de.lu().comptes


def test_changer_un_seuil_un_plafond_et_une_tranche(client, brouillon):
    donnees = champs_de(client, brouillon) | {
        "t0_moins_de": "10,5", "t1_au_moins": "10,5", "t0_forme": "jusqu_a", "t0_somme": "300", "t0_article": "4",
        "plafond": "600", "plafond_article": "7", "fois": "1", "fois_par": "semestre", "delegation": "120",
    }  # fmt: skip
    reponse = client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), donnees)
    assert reponse.status_code == 302, reponse.context["form"].errors
    brouillon.refresh_from_db()
    aide = brouillon.lu().aide("local_energie")
    tranche = aide.baremes[0].tranches[0]
    assert (tranche.moins_de, tranche.article, tranche.montant.plafond) == (Decimal("10.5"), "4", 300)
    assert (aide.plafond.montant, aide.plafond.periode) == (600, "annee")
    assert (aide.frequence.nombre, aide.frequence.par, aide.frequence.hypothese) == (1, "semestre", True)
    assert [(d.qui, d.jusqu_a) for d in aide.decide] == [("presidence", 120), ("commission_permanente", None)]
    page = texte(client.get(adresse("reglement_edition", brouillon.pk)))
    assert "600 € par an et par foyer au plus." in page and "Au plus une fois par semestre." in page
    assert "le nombre de fois se compte par semestre, le maximum par an" in page
    assert "Ce qui change depuis « exemple-1 »" in page


def test_voir_sur_un_cas_calcule_et_n_enregistre_rien(client, brouillon):
    donnees = champs_de(client, brouillon) | {"t0_forme": "jusqu_a", "t0_somme": "300", "apercu": "1"}
    page = texte(client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), donnees))
    # (982 + 250 − 600 − 80) ÷ 30 ÷ 3 = 6,13 €
    assert "Accord possible, jusqu’à 285,00 €." in page and "6,13 € par jour et par personne" in page
    brouillon.refresh_from_db()
    assert brouillon.version == 1


@pytest.mark.parametrize(
    ("donnees", "dit"),
    [
        ({"plafond": "-5"}, "Écrivez une somme qui n’est pas négative."),
        ({"plafond": "2000000"}, "C’est trop grand pour une aide"),
        ({"fois": "0"}, "fois"),
        ({"fois": "1", "fois_par": "siecle"}, "fois_par"),
        ({"formes": []}, "Cochez au moins une forme."),
        ({"t0_forme": "jusqu_a", "t0_somme": ""}, "Écrivez la somme, en euros."),
        ({"t0_au_moins": "12", "t0_moins_de": "9"}, "tranche vide"),
        ({"loyer": "net"}, "elle compterait deux fois"),
        ({"nom": ""}, "Donnez un nom."),
    ],
)
def test_une_saisie_absurde_est_reprise_en_clair(client, brouillon, donnees, dit):
    envoi = champs_de(client, brouillon) | donnees
    reponse = client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), envoi)
    assert reponse.status_code == 422 and dit in texte(reponse).replace("&#x27;", "'")
    brouillon.refresh_from_db()
    assert brouillon.version == 1


def test_deux_personnes_ecrivent_la_seconde_compare_puis_choisit(client, brouillon):
    donnees = champs_de(client, brouillon) | {"nom": "Aide énergie"}
    client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), donnees)
    reponse = client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), donnees | {"nom": "Autre"})
    assert reponse.status_code == 422 and "pendant que vous écriviez" in texte(reponse)
    repris = reponse.context["form"]["version"].value()
    assert repris == "2"
    envoi = donnees | {"nom": "Autre", "version": repris}
    assert client.post(adresse("reglement_aide", brouillon.pk, "local_energie"), envoi).status_code == 302


def test_le_texte_entier_se_change_et_une_faute_nomme_le_champ(client, brouillon):
    form = client.get(adresse("reglement_texte", brouillon.pk)).context["form"]
    donnees = {nom: form[nom].value() for nom in form.fields} | {"effet": "2027-02-01"}
    assert client.post(adresse("reglement_texte", brouillon.pk), donnees).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.lu().effet == dt.date(2027, 2, 1)
    donnees["version"] = brouillon.version
    faux = donnees | {"texte": donnees["texte"].replace("periodicite: une_fois", "periodicite: parfois", 1)}
    reponse = client.post(adresse("reglement_texte", brouillon.pk), faux)
    assert reponse.status_code == 422 and "periodicite (reçu : parfois)" in texte(reponse)
    illisible = client.post(adresse("reglement_texte", brouillon.pk), donnees | {"texte": "a: [1\nb: 2"})
    assert illisible.status_code == 422 and "Le texte ne se lit pas" in texte(illisible)


def test_noter_le_vote_puis_le_brouillon_ne_s_ecrit_plus(client, brouillon):
    vote = {"deliberation": "2026-12, n° 7", "deliberee_le": timezone.localdate().isoformat(), "version": 1}
    assert client.post(adresse("reglement_adopter", brouillon.pk), vote).status_code == 302
    assert "Délibération : 2026-12, n° 7." in texte(client.get(adresse("reglement_edition", brouillon.pk)))
    assert client.get(adresse("reglement_aide", brouillon.pk, "local_energie")).status_code == 404
    assert client.get(adresse("reglement_texte", brouillon.pk)).status_code == 404


def test_un_vote_a_venir_est_refuse_pres_du_champ(client, brouillon):
    vote = {"deliberation": "2026-12", "deliberee_le": "2099-01-01", "version": 1}
    reponse = client.post(adresse("reglement_adopter", brouillon.pk), vote)
    assert reponse.status_code == 422 and "deliberee_le" in reponse.context["form"].errors


def test_abandonner_passe_par_un_envoi(client, brouillon):
    assert client.get(adresse("reglement_abandonner", brouillon.pk)).status_code == 405
    client.post(adresse("reglement_abandonner", brouillon.pk))
    brouillon.refresh_from_db()
    assert brouillon.etat == "abandonnee"


def essayees(salaires: list[float]) -> None:
    gens = DemandeFabrique(etudiee=True)
    modele = {c: getattr(gens, c) for c in ("foyer", "personne", "aide", "canal", "silence_le", "edition")}
    gens.delete()
    Demande.objects.bulk_create(
        Demande(
            **modele, recue_le=timezone.now() - dt.timedelta(days=30), instruite_le=timezone.now(), composition="seul",
            montant_demande=Decimal(250), entree=json.dumps(entree(salaire)),
        )
        for salaire in salaires
    )  # fmt: skip


def test_l_essai_dit_qui_gagne_et_s_emporte(client, dedans):
    cache.clear()
    dedans(role=Role.INSTRUCTEUR)
    essayees([100] * 6 + [280] * 7)
    edition = brouillon_au_seuil(10)
    page = texte(client.get(adresse("reglement_essai", edition.pk)))
    assert "Sur 13 demandes, 7 y gagnent et aucune n’y perd." in page
    assert "soit 1 750,00 € de plus" in page and 'class="essai-gagnent"' in page
    tableur = texte(client.get(adresse("reglement_essai_tableur", edition.pk)))
    assert "Ensemble;toutes les demandes;13;7;7;0;0;6;0" in tableur


def test_l_essai_ne_coute_pas_une_requete_de_plus_par_demande(client, dedans, django_assert_max_num_queries):
    dedans(role=Role.INSTRUCTEUR)
    essayees([280] * 40)
    edition = brouillon_au_seuil(10)
    client.get(adresse("reglement"))
    cache.clear()
    with django_assert_max_num_queries(18):
        client.get(adresse("reglement_essai", edition.pk))


@pytest.fixture
def longue(client, dedans, monkeypatch):
    """Un essai assez long pour se faire en fond ; rend l'adresse et l'édition. Les tâches ne partent pas."""
    monkeypatch.setattr("pleinsdroits.portes.agents.views.essai_du_reglement.ATTENDRE", 3)
    lancees = []
    monkeypatch.setattr(
        "pleinsdroits.portes.agents.views.essai_du_reglement.essayer_un_brouillon", lambda *a: lancees.append(a)
    )
    cache.clear()
    dedans(role=Role.INSTRUCTEUR)
    essayees([280] * 6)
    edition = brouillon_au_seuil(10)
    return edition, lancees


def test_un_long_essai_se_fait_en_fond_une_seule_fois_et_se_compte(client, longue):
    edition, lancees = longue
    page = texte(client.get(adresse("reglement_essai", edition.pk)))
    client.get(adresse("reglement_essai", edition.pk))
    assert "Le calcul commence." in page and lancees == [(edition.pk, timezone.localdate().isoformat())]
    for _rang in avancement.suivre(cle_de_l_essai(edition, timezone.localdate()), 24_560, range(12_280)):
        pass
    ou = texte(client.get(adresse("reglement_avancement", edition.pk)))
    assert "12 280 demandes relues sur 24 560 (50 %)." in ou and 'value="50"' in ou and 'hx-trigger="every 1s"' in ou
    essayer_un_brouillon.call_local(edition.pk, timezone.localdate().isoformat())
    fini = client.get(adresse("reglement_avancement", edition.pk))
    assert fini["HX-Redirect"] == adresse("reglement_essai", edition.pk)
    assert "6 y gagnent" in texte(client.get(adresse("reglement_essai", edition.pk)))
    assert ou_en_est(edition, timezone.localdate()) is None


def test_un_calcul_en_fond_qui_echoue_le_dit_et_recommence(client, longue, monkeypatch):
    edition, lancees = longue
    client.get(adresse("reglement_essai", edition.pk))
    monkeypatch.setattr("pleinsdroits.aides.essai_du_reglement.comparer", lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        essayer_un_brouillon.call_local(edition.pk, timezone.localdate().isoformat())
    assert "s’est arrêté sur une erreur" in texte(client.get(adresse("reglement_avancement", edition.pk)))
    assert "Le calcul commence." in texte(client.get(adresse("reglement_essai", edition.pk))) and len(lancees) == 2


def test_sans_tache_de_fond_on_peut_calculer_dans_la_page(client, longue):
    edition, _lancees = longue
    assert "?suite=1" in texte(client.get(adresse("reglement_essai", edition.pk)))
    assert "6 y gagnent" in texte(client.get(adresse("reglement_essai", edition.pk) + "?suite=1"))


def charger(client, edition, contenu: str, nom="foyers.csv"):
    fichier = SimpleUploadedFile(nom, contenu.encode())
    return client.post(adresse("reglement_population", edition.pk), {"fichier": fichier})


def test_des_foyers_charges_disent_qui_gagne_et_ne_sont_pas_gardes(client, dedans):
    cache.clear()
    dedans(role=Role.PRESIDENCE)
    edition = brouillon_au_seuil(10)
    lignes = ["local_energie;250;280"] * 6 + ["local_energie;250;900"] * 7
    reponse = charger(client, edition, "aide;montant;ressources\n" + "\n".join(lignes))
    assert reponse.status_code == 302
    page = texte(client.get(reponse["Location"]))
    assert "Sur 13 demandes, 6 y gagnent et aucune n’y perd." in page and "ne sont pas gardés" in page
    assert "Coût : 1 500,00 € au lieu de 0,00 €" in page and "douze mois" not in page
    assert "Ensemble;toutes les demandes;13;6;6" in texte(client.get(reponse["Location"] + "&tableur=1"))
    cache.clear()
    assert "Ce résultat n’est plus gardé" in texte(client.get(reponse["Location"]))


def test_une_ligne_fausse_est_nommee_et_rien_n_est_calcule(client, dedans):
    dedans(role=Role.PRESIDENCE)
    edition = brouillon_au_seuil(10)
    reponse = charger(client, edition, "aide;ressources\nlocal_energie;280\nlocal_energie;beaucoup\n")
    page = texte(reponse)
    assert reponse.status_code == 422 and "1 ligne est à corriger" in page
    assert "ressources" in page and "beaucoup" in page and "une somme en euros, de 0 à 50000" in page
    assert "Choisissez un fichier." in texte(client.post(adresse("reglement_population", edition.pk)))


def test_le_fichier_modele_se_charge_tel_quel(client, dedans):
    cache.clear()
    dedans(role=Role.PRESIDENCE)
    edition = brouillon_au_seuil(10)
    modele = client.get(adresse("reglement_population_modele", edition.pk)).content.decode()
    assert charger(client, edition, modele).status_code == 302


def test_une_aide_inconnue_n_a_pas_de_page(client, brouillon):
    assert client.get(adresse("reglement_aide", brouillon.pk, "inconnue")).status_code == 404


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.COMMISSION, Role.COORDINATION])
def test_les_autres_roles_n_entrent_pas(client, dedans, role):
    dedans(role=role)
    assert client.get(adresse("reglement")).status_code in (403, 404)
