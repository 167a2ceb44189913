"""Déposer une demande d'aide : sur le site, au guichet, par téléphone, au solibus, par un partenaire."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.perimetre import dossier_a_tenir
from pleinsdroits.aides.accuser import accuser, prevenir
from pleinsdroits.aides.catalogue import aide_a_demander
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.depot_partenaire import dire_le_depot, dossier_du_relais
from pleinsdroits.aides.horloge import regler_l_horloge
from pleinsdroits.aides.models import Demande, EtatDemande, Passage, PieceDemandee
from pleinsdroits.aides.roles import DEPOSENT
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.demarches.correspondances import sorte_du_papier
from pleinsdroits.droits.reglement.modele import Aide
from pleinsdroits.echeances.calendrier import ajouter_mois
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.contacts import toucher
from pleinsdroits.personnes.models import Foyer, Personne
from pleinsdroits.personnes.papiers_lus import papiers_connus
from pleinsdroits.personnes.perimetre import verifier_la_personne
from pleinsdroits.socle.templatetags.socle import euros

MAXIMUM = Decimal("20000")
MOTS = 2000
RAISON_AU_MOINS = 5


@acte("aides.deposer", roles=DEPOSENT)
def deposer(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne,
    aide: str,
    canal: str,
    mots: str = "",
    montant: Decimal | None = None,
    payer_a: str = "",
    urgente: bool = False,
    besoin: Besoin | None = None,
    deposee_par: Institution | None = None,
    recue_le: dt.datetime | None = None,
    relais: Relais | None = None,
    raison_urgente: str = "",
) -> Demande:
    """
    La demande de ``personne`` pour ``aide`` (un identifiant du règlement), ``montant`` en euros si elle le sait. Les pièces
    du règlement que le dossier a déjà, valables, ne sont pas redemandées. Le délai du silence part de ``recue_le``
    (CRPA L231-4 3°). Déposée sur le site, elle est accusée aussitôt (CRPA L112-3).

    Un partenaire (compte ou lien) dépose depuis un ``relais`` que l'accord de la personne fonde, et dit pourquoi c'est
    urgent (``raison_urgente``) ; la personne est prévenue, et son interlocuteur le lit dans le relais.

    Lève ``PermissionDenied`` hors du périmètre ; ``ValidationError``, par champ : aide inconnue ou arrêtée, la même aide
    déjà demandée et pas encore décidée, montant absurde, date impossible, partenaire absent, accord retiré.
    """
    relais, dossier, deposee_par = _d_ou(relais, par, foyer, personne, deposee_par)
    recue = _date_de_reception(recue_le)
    jour = timezone.localtime(recue).date()
    regle = aide_a_demander(aide, jour)
    _verifier_le_canal(canal, deposee_par, par)
    _verifier_le_montant(montant)
    _verifier_le_paiement(regle, payer_a)
    _pas_deux_fois(dossier, aide, par)
    demande = Demande(
        foyer=dossier,
        personne=personne,
        besoin=_besoin_du(dossier, besoin),
        aide=aide,
        canal=canal,
        mots=_mots(mots, raison_urgente, urgente, par),
        montant_demande=montant,
        payer_a=payer_a.strip(),
        urgente=urgente,
        deposee_par=deposee_par,
        relais=relais,
        recue_le=recue,
        silence_le=ajouter_mois(jour, delai("silence").mois),
    )
    _enregistrer(demande, regle, par)
    return demande


def _d_ou(
    relais: Relais | None, par: Acteur, foyer: Foyer, personne: Personne, deposee_par: Institution | None
) -> tuple[Relais | None, Foyer, Institution | None]:
    """Le dossier verrouillé, et le partenaire qui dépose. Un partenaire n'atteint un dossier que par son relais."""
    if relais is None:
        verifier_la_personne(personne, foyer, par)
        return None, dossier_a_tenir(foyer, par), deposee_par
    sien, dossier = dossier_du_relais(relais, par)
    if (sien.foyer_id, sien.personne_id) != (foyer.pk, personne.pk):
        raise PermissionDenied("Cette personne n'est pas celle du relais.")
    return sien, dossier, sien.institution


def _enregistrer(demande: Demande, regle: Aide, par: Acteur) -> None:
    demande.full_clean(exclude={"etat"})
    demande.save()
    _lister_les_pieces(demande, regle)
    agent = Agent.objects.filter(pk=par.identifiant).first() if par.genre == Genre.AGENT else None
    Passage.objects.create(demande=demande, etat=EtatDemande.RECUE, le=demande.recue_le, agent=agent)
    if demande.canal == Demande.Canal.WEB:
        accuser(demande)
    elif demande.relais:
        dire_le_depot(demande.relais, demande, par)
        # L'accusé compte s'il atteint la personne ; sinon l'agent le remet ou l'envoie (CRPA L112-3).
        if prevenir(demande):
            demande.accusee_le = timezone.now()
            demande.save()
    regler_l_horloge(demande)
    if demande.foyer:
        toucher(demande.foyer)


def _lister_les_pieces(demande: Demande, regle: Aide) -> None:
    """Chaque pièce du règlement ; celle que la ville a déjà, valable aujourd'hui, est resservie (CRPA L114-8)."""
    deja = papiers_connus(demande.foyer, timezone.localdate(), demande.personne) if demande.foyer else {}
    for libelle in dict.fromkeys(p.nom for p in regle.pieces):
        papier = deja.get(sorte_du_papier(libelle))
        PieceDemandee.objects.create(
            demande=demande,
            libelle=libelle[:200],
            papier=papier,
            etat=PieceDemandee.Etat.RECUE if papier else PieceDemandee.Etat.A_DEMANDER,
            recue_le=papier.ajoute_le if papier else None,
        )


def _date_de_reception(recue_le: dt.datetime | None) -> dt.datetime:
    maintenant = timezone.now()
    if recue_le is None:
        return maintenant
    limite = delai("depot").jours_en_arriere
    if recue_le > maintenant:
        raise ValidationError(
            {"recue_le": _("Cette date est dans le futur : donnez le jour où la demande est arrivée.")}
        )
    if recue_le < maintenant - dt.timedelta(days=limite + 1):
        texte = _("Cette date est trop ancienne : une demande se saisit dans les %(n)d jours. Vérifiez l’année.")
        raise ValidationError({"recue_le": texte % {"n": limite}})
    return recue_le


def _verifier_le_canal(canal: str, deposee_par: Institution | None, par: Acteur) -> None:
    if canal not in Demande.Canal.values:
        raise ValidationError({"canal": _("Dites par où la demande est arrivée.")})
    if par.role == Role.PARTENAIRE and canal != Demande.Canal.PARTENAIRE:
        raise ValidationError({"canal": _("Cette demande est déposée par un partenaire.")})
    if par.genre == Genre.PERSONNE and canal != Demande.Canal.WEB:
        raise ValidationError({"canal": _("Votre demande arrive par le site.")})
    if canal == Demande.Canal.PARTENAIRE and deposee_par is None:
        raise ValidationError({"deposee_par": _("Dites quel partenaire a déposé cette demande.")})
    if canal != Demande.Canal.PARTENAIRE and deposee_par is not None:
        raise ValidationError({"deposee_par": _("Un partenaire ne se note que si la demande vient de lui.")})


def _verifier_le_montant(montant: Decimal | None) -> None:
    if montant is not None and not 0 < montant <= MAXIMUM:
        mots = {"montant": euros(montant), "maxi": euros(MAXIMUM)}
        raise ValidationError(
            {"montant": _("%(montant)s n’est pas possible : plus de zéro, et au plus %(maxi)s.") % mots}
        )


def _verifier_le_paiement(regle: Aide, payer_a: str) -> None:
    if payer_a.strip() and "fournisseur" not in regle.paiement.formes:
        raise ValidationError({"payer_a": _("Cette aide ne se verse pas à un fournisseur : laissez ce champ vide.")})


def _mots(mots: str, raison: str, urgente: bool, par: Acteur) -> str:
    """Ce qui se passe ; et, du partenaire, pourquoi c'est urgent."""
    if par.role == Role.PARTENAIRE and urgente and len(raison.strip()) < RAISON_AU_MOINS:
        raise ValidationError({"raison_urgente": _("Dites en quelques mots pourquoi c’est urgent.")})
    pourquoi = _("Urgent : %(raison)s") % {"raison": raison.strip()} if urgente and raison.strip() else ""
    return "\n".join(filter(None, (pourquoi, mots.strip())))[:MOTS]


def _pas_deux_fois(foyer: Foyer, aide: str, par: Acteur) -> None:
    """
    Le dossier est verrouillé : deux envois à la même seconde ne déposent qu'une demande. Un partenaire n'apprend ni le
    numéro ni la date de celle qui court ; un autre adulte du foyer n'apprend pas qu'elle existe.
    """
    deja = foyer.demandes_d_aide.filter(aide=aide, etat__in=Demande.AVANT_LA_DECISION).first()
    if deja and par.role == Role.PARTENAIRE:
        raise ValidationError({"aide": _("Cette aide est déjà demandée : la réponse n’est pas encore donnée.")})
    if deja and par.genre == Genre.PERSONNE and str(deja.personne_id) != par.identifiant:
        raise ValidationError({"aide": _("Cette demande ne se fait pas en ligne aujourd’hui : appelez-nous.")})
    if deja:
        texte = _("Cette aide est déjà demandée, sous le numéro %(n)s : la réponse n’est pas encore donnée.")
        raise ValidationError({"aide": texte % {"n": deja.reference}})


def _besoin_du(foyer: Foyer, besoin: Besoin | None) -> Besoin | None:
    if besoin is not None and besoin.foyer_id != foyer.pk:
        raise ValidationError({"besoin": _("Ce besoin est d’un autre dossier.")})
    return besoin
