"""Un relais ne part que sur ce que la personne a permis, ou sur la loi, écrite ; et rien n'y est de trop."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from pleinsdroits.accueil.actions.relais import envoyer
from pleinsdroits.accueil.fabriques_relais import (
    ARGENT,
    LOGEMENT,
    FichePartenaireFabrique,
    PartenaireFabrique,
    accorder,
    foyer_de,
    un_foyer,
)
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.regles.partage import Element, Nature, choisies, sans_nom, selon_l_accord, selon_la_loi
from pleinsdroits.comptes.fabriques import AgentFabrique
from pleinsdroits.comptes.models import Role
from pleinsdroits.droits.situation.listes import Lien
from pleinsdroits.droits.situation.modele import Logement, Revenu, Situation
from pleinsdroits.droits.situation.modele import Personne as Dite
from pleinsdroits.journal.models import Entree
from pleinsdroits.personnes.models import Adresse, Foyer, Identifiant, Membre, Moyen, Personne, SituationDatee
from pleinsdroits.socle.models import Envoi

TOUT = ("nom", "naissance", "telephone", "adresse", "numero-caf", "loyer", "revenu-salaire-0", "composition")


@pytest.fixture
def agent(db):
    return AgentFabrique(role=Role.INTERLOCUTEUR, first_name="Claire", last_name="Dubosc")


@pytest.fixture
def caf(db):
    return FichePartenaireFabrique(institution=PartenaireFabrique(nom="CAF d’exemple")).institution


@pytest.fixture
def nadia(agent):
    personne = un_foyer(agent, numero="2026-00001")
    foyer = foyer_de(personne)
    Moyen.objects.create(personne=personne, valeur="06 99 00 11 22", normal="0699001122")
    Adresse.objects.create(foyer=foyer, ligne="1 rue de l’Exemple", commune="Ivry", du=dt.date(2026, 1, 1))
    Identifiant.objects.create(personne=personne, genre="caf", valeur="1234512")
    Identifiant.objects.create(personne=personne, genre="fiscal", valeur="9988776655")
    dite = Dite(
        id="moi", lien=Lien.DEMANDEUR, naissance=personne.naissance, revenus=[Revenu(type="salaire", montant=987)]
    )
    situation = Situation(personnes=[dite], logement=Logement(commune="94041", statut="locataire_hlm", loyer=432))
    SituationDatee.objects.create(
        foyer=foyer, personne=personne, source="entretien", situation=situation.model_dump_json()
    )
    return personne


@pytest.fixture
def confier(agent, nadia, caf):
    def faire(**champs):
        donnees = {
            "par": agent.acteur,
            "foyer": foyer_de(nadia),
            "personne": nadia,
            "institutions": [caf],
            "sujet": LOGEMENT,
            "demande": "Vérifier pourquoi l’aide est suspendue",
            "attendu": "Un rappel à la personne",
            "lignes": TOUT,
            "fondement": "accord",
        }
        return envoyer(None, **(donnees | champs))

    return faire


def cles(relais: Relais) -> set[str]:
    return {ligne["cle"] for ligne in relais.lignes()}


def test_un_relais_part_avec_ce_que_l_accord_permet_et_rien_de_plus(
    confier, nadia, caf, django_capture_on_commit_callbacks
):
    accorder(nadia, caf, LOGEMENT)
    with django_capture_on_commit_callbacks(execute=True):
        (relais,) = confier()
    assert cles(relais) == {"nom", "naissance", "telephone", "adresse", "numero-caf", "loyer"}
    assert relais.lignes()[0]["fondement"].startswith("accord du")
    assert Relais.objects.du_jeton(relais.lien()) == relais
    (courriel,) = mail.outbox
    assert courriel.subject == "Un relais attend votre réponse" and relais.lien() in courriel.body
    dit = courriel.body.replace(relais.lien(), "")
    assert not any(secret in dit for secret in ("Nadia", "Ferrand", "suspendue", "1234512", "432"))


def test_chaque_relais_a_sa_ligne_au_journal_sans_aucune_valeur(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    (relais,) = confier()
    (entree,) = Entree.objects.sur(relais)
    assert entree.verbe == "accueil.adresser_un_relais" and "Ferrand" not in str(vars(entree))


def test_sans_accord_le_relais_ne_part_pas_et_la_phrase_dit_quoi_demander(confier, nadia, caf):
    accorder(nadia, caf, ARGENT)
    with pytest.raises(ValidationError) as refus:
        confier()
    phrase = refus.value.message_dict["fondement"][0]
    assert (
        phrase.replace("\u00a0", " ")
        == "Nadia Ferrand n’a pas autorisé de partager « logement et hébergement » avec CAF d’exemple."
    )
    assert not Relais.objects.exists() and not mail.outbox


def test_tous_partent_ou_aucun(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    with pytest.raises(ValidationError):
        confier(institutions=[caf, PartenaireFabrique()])
    assert not Relais.objects.exists()


def test_le_meme_besoin_ne_part_pas_deux_fois_au_meme_partenaire(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    besoin = Besoin.objects.create(foyer=foyer_de(nadia), personne=nadia, sujet=LOGEMENT, canal="guichet")
    confier(besoin=besoin)
    besoin.refresh_from_db()
    assert besoin.etat == Besoin.Etat.EN_COURS
    with pytest.raises(ValidationError, match="déjà un relais ouvert"):
        confier(besoin=besoin)


def test_les_mots_d_un_autre_adulte_ne_partent_pas(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    karim = Personne.objects.create(prenom="Karim", nom="Secret")
    besoin = Besoin.objects.create(
        foyer=foyer_de(nadia), personne=karim, sujet=LOGEMENT, canal="guichet", mots="Secret"
    )
    with pytest.raises(ValidationError, match="quelqu’un d’autre du foyer"):
        confier(besoin=besoin, demande=besoin.mots)


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({"institutions": []}, "Choisissez au moins un destinataire."),
        ({"attendu": " "}, "Écrivez ce que vous attendez du partenaire."),
        ({"demande": ""}, "Écrivez en une phrase ce que vous demandez."),
        ({"fondement": "loi", "explication": "court"}, "Expliquez pourquoi en 20 caractères au moins."),
        ({"fondement": "sans_nom", "demande": "Loger Nadia vite"}, "retirez « Nadia »"),
    ],
)
def test_ce_qui_manque_est_dit_en_une_phrase(confier, nadia, caf, champs, faute):
    accorder(nadia, caf, LOGEMENT)
    with pytest.raises(ValidationError) as refus:
        confier(**champs)
    dites = [m.replace("\u00a0", " ") for liste in refus.value.message_dict.values() for m in liste]
    assert any(faute in dite for dite in dites)


def test_la_loi_choisie_et_expliquee_permet_ce_que_l_agent_coche(confier):
    explication = "Expulsion prévue demain, la personne ne répond plus."
    (relais,) = confier(fondement="loi", motif_legal="continuite", explication=explication, lignes=("nom", "telephone"))
    assert cles(relais) == {"nom", "telephone"} and relais.explication == explication
    assert {ligne["fondement"] for ligne in relais.lignes()} == {"CASF L121-6-2"}


def test_un_relais_sans_nom_ne_dit_pas_de_qui_il_s_agit(confier):
    (relais,) = confier(fondement="sans_nom", lignes=(*TOUT, "courriel"))
    assert cles(relais) == {"loyer", "revenu-salaire-0", "composition"}
    assert not any(secret in relais.donnees for secret in ("Nadia", "Ferrand", "0699", "1992", "Exemple"))


def test_un_contact_protege_ne_donne_ni_adresse_ni_telephone_sans_double_confirmation(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    Personne.objects.filter(pk=nadia.pk).update(contact_protege=True)
    nadia.refresh_from_db()
    (relais,) = confier()
    assert not cles(relais) & {"adresse", "telephone"}
    (confirme,) = confier(confirmees=("telephone",))
    assert cles(confirme) & {"adresse", "telephone"} == {"telephone"}


def test_rien_d_un_autre_adulte_ne_part(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT, ARGENT, "famille", "sante")
    foyer = foyer_de(nadia)
    autre = Personne.objects.create(prenom="Karim", nom="Secret", naissance=dt.date(1980, 5, 6), contact_protege=True)
    Membre.objects.create(foyer=foyer, personne=autre, lien="conjoint", du=dt.date(2026, 1, 1))
    moi = Dite(id="moi", lien=Lien.DEMANDEUR, naissance=autre.naissance, revenus=[Revenu(type="salaire", montant=4321)])
    situation = Situation(personnes=[moi], logement=Logement(commune="94041", statut="heberge"))
    SituationDatee.objects.create(foyer=foyer, personne=autre, source="visite", situation=situation.model_dump_json())
    (relais,) = confier()
    assert "987" in relais.donnees and "2 adultes" in relais.donnees
    assert not any(secret in relais.donnees for secret in ("Karim", "Secret", "4321", "1980", "46 ans"))


def test_une_situation_qui_parle_de_quelqu_un_d_autre_ne_part_pas(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT, ARGENT)
    Personne.objects.filter(pk=nadia.pk).update(naissance=dt.date(1991, 1, 1))
    nadia.refresh_from_db()
    (relais,) = confier()
    assert not cles(relais) & {"loyer", "revenu-salaire-0"}


def test_seul_qui_suit_le_dossier_envoie(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    for role in (Role.INTERLOCUTEUR, Role.ACCUEIL, Role.COORDINATION, Role.PARTENAIRE):
        with pytest.raises(PermissionDenied):
            confier(par=AgentFabrique(role=role).acteur)
    ailleurs = Foyer.objects.create(numero="2026-99999", interlocuteur=foyer_de(nadia).interlocuteur)
    with pytest.raises(PermissionDenied):
        confier(foyer=ailleurs)


@pytest.mark.base
@pytest.mark.django_db(transaction=True)
def test_deux_envois_du_meme_besoin_au_meme_instant_n_en_font_qu_un(confier, nadia, caf):
    accorder(nadia, caf, LOGEMENT)
    besoin = Besoin.objects.create(foyer=foyer_de(nadia), personne=nadia, sujet=LOGEMENT, canal="guichet")
    issues = []

    def tenter() -> None:
        try:
            issues.append(len(confier(besoin=besoin)))
        except ValidationError:
            issues.append(0)
        finally:
            connection.close()

    fils = [threading.Thread(target=tenter) for _fois in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(issues) == [0, 1] and Relais.objects.count() == 1


SUJETS_VUS = ["logement-hebergement", "difficultes-financieres", "sante", "famille"]
ELEMENTS = st.lists(
    st.builds(
        Element,
        cle=st.sampled_from(["a", "b", "c", "d", "e"]),
        libelle=st.just("x"),
        valeur=st.just("y"),
        nature=st.sampled_from(Nature),
        sujet=st.sampled_from(["", *SUJETS_VUS]),
        danger=st.booleans(),
    ),
    unique_by=lambda e: e.cle,
)


@given(
    ELEMENTS,
    st.sampled_from(SUJETS_VUS),
    st.dictionaries(st.sampled_from(SUJETS_VUS), st.just(dt.date(2026, 11, 9))),
    st.sets(st.sampled_from("abcdefgh")),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_ce_qui_part_est_toujours_dans_ce_qui_est_permis(elements, sujet, accords, cochees, confirmees):
    noms = {s: s for s in SUJETS_VUS}
    selon = {
        "accord": selon_l_accord(elements, sujet=sujet, accords=accords, noms=noms),
        "loi": selon_la_loi(elements, sujet=sujet),
        "sans_nom": sans_nom(elements, sujet=sujet),
    }
    for fondement, lignes in selon.items():
        parties = choisies(lignes, cochees, confirmees)
        assert {p.cle for p in parties} <= {ligne.cle for ligne in lignes if ligne.permise} & cochees
        for partie in parties:
            assert not partie.a_confirmer or partie.cle in confirmees
            assert fondement != "accord" or {sujet, partie.sujet_requis} <= accords.keys()
            assert fondement != "loi" or partie.nature != Nature.SANTE
            assert fondement != "sans_nom" or partie.nature == Nature.FAIT


def test_le_courriel_en_panne_ne_perd_ni_le_relais_ni_le_message(
    confier, nadia, caf, settings, django_capture_on_commit_callbacks
):
    accorder(nadia, caf, LOGEMENT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        (relais,) = confier()
    (envoi,) = Envoi.objects.filter(type_objet="accueil.relais", cle_objet=str(relais.pk))
    assert envoi.etat == Envoi.Etat.EN_ATTENTE and envoi.derniere_faute and relais.lien() in envoi.texte
