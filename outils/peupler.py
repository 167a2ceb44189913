"""
``make population`` : charge une ville entière de personnes fictives (12 000 personnes, 30 000 contacts, 10 000 échéances
ouvertes) pour regarder et mesurer les écrans à la taille d'une vraie ville. Tiré au sort, toujours pareil ; refuse une base
qui contient déjà des dossiers.
"""

import datetime as dt
import os
import random
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pleinsdroits.reglages")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from faker import Faker  # noqa: E402

from pleinsdroits.accueil.models import Besoin, CanalDeContact, Contact, FicheInterlocuteur, Relais, RendezVous  # noqa: E402
from pleinsdroits.comptes.models import Agent, Institution, Role  # noqa: E402
from pleinsdroits.demarches.models import Demarche  # noqa: E402
from pleinsdroits.droits.catalogue import catalogue  # noqa: E402
from pleinsdroits.echeances.models import Echeance  # noqa: E402
from pleinsdroits.personnes.index import ENSEMBLE  # noqa: E402
from pleinsdroits.personnes.models import SUJETS, Accord, Foyer, Membre, Moyen, Personne, Recueil  # noqa: E402
from pleinsdroits.personnes.textes import texte_de  # noqa: E402
from pleinsdroits.socle.recherche import indexer, mots_de_nom  # noqa: E402

PERSONNES, CONTACTS, ECHEANCES_OUVERTES, ECHEANCES_CLOSES = 12_000, 30_000, 10_000, 20_000
BESOINS, RELAIS, DEMARCHES, RENDEZ_VOUS = 9_000, 4_000, 14_000, 3_000
INTERLOCUTEURS, ACCUEIL, PARTENAIRES = 40, 6, 8
SANS_TELEPHONE, PROTEGEES = 0.15, 0.02
MOTS = (
    "Je n’arrive plus à payer l’électricité", "Ma demande n’avance pas", "Je cherche un logement plus grand",
    "Je ne comprends pas ce courrier", "Je voudrais de l’aide pour manger", "Ma fille a besoin d’une place en crèche",
)  # fmt: skip
hasard = random.Random(94041)


def peupler() -> dict[str, int]:
    """Charge tout en une transaction ; rend combien de lignes de chaque sorte. Lève ``SystemExit`` si la base est habitée."""
    if Foyer.objects.exists():
        sys.exit("Cette base contient déjà des dossiers : rien n’a été ajouté. Prenez une base vide.")
    with transaction.atomic():
        agents = _agents()
        partenaires = _partenaires()
        foyers = _foyers(agents)
        besoins = _besoins(foyers)
        _contacts(foyers, agents)
        relais = _relais(foyers, besoins, partenaires)
        demarches = _demarches(foyers)
        _rendez_vous(foyers)
        _accords(foyers, partenaires)
        _echeances(foyers, relais, demarches, partenaires)
    return {
        m._meta.verbose_name_plural: m._default_manager.count()
        for m in (Personne, Foyer, Contact, Besoin, Relais, Demarche, RendezVous, Accord, Echeance)
    }


def _agents() -> list[Agent]:
    """Des interlocuteurs et des agents d'accueil, sans mot de passe : on ne s'y connecte pas."""
    ccas = Institution.objects.filter(sorte=Institution.Sorte.CCAS).first() or Institution.objects.create(
        nom="Centre communal d’action sociale (population)", sorte=Institution.Sorte.CCAS, exemple=True
    )
    faux = Faker("fr_FR")
    faux.seed_instance(94041)
    tous = [
        Agent(
            email=f"population{n}@exemple.invalid",
            first_name=faux.first_name(),
            last_name=faux.last_name(),
            role=Role.INTERLOCUTEUR if n < INTERLOCUTEURS else Role.ACCUEIL,
            institution=ccas,
            password="!",
        )
        for n in range(INTERLOCUTEURS + ACCUEIL)
    ]
    Agent.objects.bulk_create(tous)
    suivent = tous[:INTERLOCUTEURS]
    FicheInterlocuteur.objects.bulk_create(
        FicheInterlocuteur(agent=a, telephone="01 99 00 12 34", heures="9 h à 17 h", langues=["fr"]) for a in suivent
    )
    return tous


def _partenaires() -> list[Institution]:
    noms = [f"Partenaire de population {n}" for n in range(1, PARTENAIRES + 1)]
    return Institution.objects.bulk_create(
        Institution(nom=n, courriel=f"relais{i}@exemple.invalid", exemple=True) for i, n in enumerate(noms)
    )


def _foyers(agents: list[Agent]) -> list[tuple[Foyer, Personne]]:
    """Des foyers d'une à cinq personnes, leurs téléphones, leur index ; rend chaque foyer et sa personne suivie."""
    faux = Faker("fr_FR")
    faux.seed_instance(94200)
    aujourd_hui, suivent = timezone.localdate(), agents[:INTERLOCUTEURS]
    foyers, gens, tailles = [], [], []
    while len(gens) < PERSONNES:
        taille = min(hasard.choices((1, 2, 3, 4, 5), (45, 20, 15, 12, 8))[0], PERSONNES - len(gens))
        premier, second = hasard.sample(suivent, 2)
        foyers.append(
            Foyer(
                numero=f"{hasard.choice((2024, 2025))}-{len(foyers) + 1:04d}",
                interlocuteur=premier,
                remplacant=second,
                dernier_contact_le=aujourd_hui - dt.timedelta(days=hasard.randrange(500)),
                exemple=True,
            )
        )
        nom = faux.last_name()
        gens += [_personne(faux, nom, rang, aujourd_hui) for rang in range(taille)]
        tailles.append(taille)
    Foyer.objects.bulk_create(foyers, batch_size=500)
    Personne.objects.bulk_create(gens, batch_size=500)
    suivies, membres, debut = [], [], 0
    for foyer, taille in zip(foyers, tailles, strict=True):
        for rang, personne in enumerate(gens[debut : debut + taille]):
            lien = (
                ("demandeur", "conjoint")[rang] if rang < 2 and taille != 2 else ("demandeur" if not rang else "enfant")
            )
            membres.append(
                Membre(foyer=foyer, personne=personne, lien=lien, du=foyer.ouvert_le - dt.timedelta(days=400))
            )
        suivies.append((foyer, gens[debut]))
        debut += taille
    Membre.objects.bulk_create(membres, batch_size=500)
    _moyens([p for _foyer, p in suivies])
    numeros = {m.personne_id: m.foyer.numero for m in membres}
    indexer(
        ENSEMBLE,
        {str(p.pk): [(p.nom, 3), (p.prenom, 2), (numeros[p.pk], 4)] for p in gens},
        decouper=mots_de_nom,
    )
    return suivies


def _personne(faux: Faker, nom: str, rang: int, jour: dt.date) -> Personne:
    ans = hasard.randrange(19, 90) if rang < 2 else hasard.randrange(0, 18)
    protegee = rang == 0 and hasard.random() < PROTEGEES
    return Personne(
        prenom=faux.first_name(),
        nom=nom,
        naissance=jour - dt.timedelta(days=int(ans * 365.25) + hasard.randrange(365)),
        contact_protege=protegee,
        consigne="Appeler entre 9 h et 11 h, sans laisser de message." if protegee else "",
    )


def _moyens(personnes: list[Personne]) -> None:
    """Les numéros vont de 06 39 98 00 00 à 06 39 98 99 99, réservés à la fiction : ils se partagent donc."""
    numeros = [(p, f"{hasard.randrange(10_000):04d}") for p in personnes if hasard.random() > SANS_TELEPHONE]
    Moyen.objects.bulk_create(
        (
            Moyen(personne=p, valeur=f"06 39 98 {n[:2]} {n[2:]}", normal=f"+3363998{n}", partage=hasard.random() < 0.1)
            for p, n in numeros
        ),
        batch_size=500,
    )


def _instant(jours: int) -> dt.datetime:
    """Un moment au hasard dans les ``jours`` passés."""
    return timezone.now() - dt.timedelta(minutes=hasard.randrange(jours * 24 * 60))


def _besoins(foyers: list[tuple[Foyer, Personne]]) -> list[Besoin]:
    etats = hasard.choices(list(Besoin.Etat), (30, 30, 3, 25, 5, 4, 3), k=BESOINS)
    besoins = []
    for etat in etats:
        foyer, personne = hasard.choice(foyers)
        besoins.append(
            Besoin(
                foyer=foyer,
                personne=personne,
                mots=hasard.choice(MOTS),
                sujet=hasard.choice(SUJETS)[0],
                etat=etat,
                canal=hasard.choice(list(CanalDeContact)),
                dit_le=_instant(400),
            )
        )
    return Besoin.objects.bulk_create(besoins, batch_size=500)


def _contacts(foyers: list[tuple[Foyer, Personne]], agents: list[Agent]) -> None:
    contacts = []
    for _rang in range(CONTACTS):
        foyer, personne = hasard.choice(foyers)
        anonyme = hasard.random() < 0.1
        promis = not anonyme and hasard.random() < 0.03
        le = _instant(5 if promis else 500)
        contacts.append(
            Contact(
                canal=hasard.choice(list(CanalDeContact)),
                foyer=None if anonyme else foyer,
                personne=None if anonyme else personne,
                anonyme=anonyme,
                agent=hasard.choice(agents),
                le=le,
                mots=hasard.choice(MOTS),
                sujets=[hasard.choice(SUJETS)[0]],
                suite=Contact.Suite.RAPPEL if promis else Contact.Suite.REPONDU,
                etat=Contact.Etat.RAPPEL_PROMIS if promis else Contact.Etat.CLOS,
                rappel_avant=le + dt.timedelta(days=2) if promis else None,
                rappel_par=foyer.interlocuteur if promis else None,
            )
        )
    Contact.objects.bulk_create(contacts, batch_size=500)


def _relais(foyers: list, besoins: list[Besoin], partenaires: list[Institution]) -> list[Relais]:
    choisis = hasard.sample(besoins, RELAIS)
    etats = hasard.choices(list(Relais.Etat), (20, 20, 5, 3, 35, 10, 5, 2), k=RELAIS)
    relais = [
        Relais(
            foyer=b.foyer,
            personne=b.personne,
            besoin=b,
            institution=hasard.choice(partenaires),
            sujet=b.sujet,
            demande="Vérifier où en est la demande",
            attendu="Une réponse à la personne",
            fondement=Relais.Fondement.ACCORD,
            donnees='[{"cle": "nom", "libelle": "Nom", "valeur": "Exemple", "fondement": "accord"}]',
            etat=etat,
            envoye_par=b.foyer.interlocuteur,
            envoye_le=_instant(300),
        )
        for b, etat in zip(choisis, etats, strict=True)
    ]
    return Relais.objects.bulk_create(relais, batch_size=500)


def _demarches(foyers: list[tuple[Foyer, Personne]]) -> list[Demarche]:
    droits = list(catalogue(settings.VILLE))
    vues: set[tuple[int, str]] = set()
    demarches = []
    while len(demarches) < DEMARCHES:
        foyer, personne = hasard.choice(foyers)
        droit = hasard.choice(droits)
        if (foyer.pk, droit) in vues:
            continue
        vues.add((foyer.pk, droit))
        etat = hasard.choices(list(Demarche.Etat), (30, 8, 8, 15, 8, 8, 12, 4, 2, 3, 2))[0]
        montant = round(hasard.uniform(20, 600), 2)
        demarches.append(
            Demarche(
                foyer=foyer,
                personne=personne,
                droit=droit,
                etat=etat,
                periodicite="mensuelle",
                montant_detecte=montant,
                montant_demande=None if etat in ("detectee", "expliquee", "preparee") else montant,
                montant_accorde=montant if etat in ("accordee", "payee") else None,
                detectee_le=timezone.localdate() - dt.timedelta(days=hasard.randrange(300)),
            )
        )
    return Demarche.objects.bulk_create(demarches, batch_size=500)


def _rendez_vous(foyers: list[tuple[Foyer, Personne]]) -> None:
    rendez_vous = []
    for _rang in range(RENDEZ_VOUS):
        foyer, personne = hasard.choice(foyers)
        quand = timezone.now() + dt.timedelta(minutes=hasard.randrange(-60 * 24 * 90, 60 * 24 * 30))
        rendez_vous.append(
            RendezVous(
                foyer=foyer,
                personne=personne,
                agent=foyer.interlocuteur,
                quand=quand,
                mode=RendezVous.Mode.TELEPHONE,
                objet="Faire le point",
                etat=RendezVous.Etat.PREVU if quand > timezone.now() else RendezVous.Etat.HONORE,
            )
        )
    RendezVous.objects.bulk_create(rendez_vous, batch_size=500)


def _accords(foyers: list[tuple[Foyer, Personne]], partenaires: list[Institution]) -> None:
    texte, jour = texte_de("partage"), timezone.localdate()
    choisis = hasard.sample(foyers, len(foyers) // 2)
    recueils = Recueil.objects.bulk_create(
        (
            Recueil(
                foyer=f,
                personne=p,
                mode=Recueil.Mode.PRESENCE,
                duree="semestre",
                du=jour,
                au=jour + dt.timedelta(days=180),
                texte_version=texte.version,
                texte_empreinte=texte.empreinte,
            )
            for f, p in choisis
        ),
        batch_size=500,
    )
    Accord.objects.bulk_create(
        (
            Accord(recueil=r, foyer=r.foyer, personne=r.personne, institution=i, sujet=s, du=r.du, au=r.au)
            for r in recueils
            for i in hasard.sample(partenaires, 2)
            for s in (hasard.choice(SUJETS)[0],)
        ),
        batch_size=500,
    )


def _echeances(foyers: list, relais: list[Relais], demarches: list[Demarche], partenaires: list[Institution]) -> None:
    """Une échéance par objet : les ouvertes d'abord, un cinquième en retard."""
    objets = [("relais.reponse", r) for r in relais] + [("demarches.silence", d) for d in demarches]
    hasard.shuffle(objets)
    suppl = [("accueil.besoin", b) for b in Besoin.objects.select_related("foyer", "personne")]
    objets += [("demarches.preparer", d) for d in demarches] + suppl
    voulues = ECHEANCES_OUVERTES + ECHEANCES_CLOSES
    lignes = [_echeance(rang < ECHEANCES_OUVERTES, *objet) for rang, objet in enumerate(objets[:voulues])]
    Echeance.objects.bulk_create(lignes, batch_size=500)


def _echeance(ouverte: bool, genre: str, objet: Relais | Demarche | Besoin) -> Echeance:
    debut = _instant(60 if ouverte else 400)
    limite = debut + dt.timedelta(days=hasard.randrange(5, 90))
    chez = objet.institution if isinstance(objet, Relais) else None
    jours = hasard.randrange(1, 60)
    return Echeance(
        genre=genre,
        quoi={"relais.reponse": "Réponse au relais", "accueil.besoin": "Donner des nouvelles"}.get(
            genre, "Réponse attendue"
        ),
        type_objet=objet._meta.label_lower,
        cle_objet=str(objet.pk),
        dossier=objet.foyer_id,
        personne=objet.personne_id,
        main=Echeance.Main.PARTENAIRE if chez else Echeance.Main.VILLE,
        institution=chez,
        responsable=objet.foyer.interlocuteur,
        remplacant=objet.foyer.remplacant,
        sujet=getattr(objet, "sujet", ""),
        debut=debut,
        limite=limite,
        etat=Echeance.Etat.OUVERTE if ouverte else hasard.choice((Echeance.Etat.TENUE, Echeance.Etat.MANQUEE)),
        close_le=None if ouverte else debut + dt.timedelta(days=jours),
        duree_ouvree=None if ouverte else jours * 5 // 7,
    )


if __name__ == "__main__":
    depart = time.perf_counter()
    for nom, combien in peupler().items():
        print(f"  {nom:<24} {combien:>8}")
    print(f"Population chargée en {time.perf_counter() - depart:.0f} s.")
