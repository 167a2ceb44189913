"""Confier un besoin à un partenaire, répondre, préciser, renvoyer, clore : un acte par verbe."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.accueil import horloge_relais
from pleinsdroits.accueil.courriers import annoncer_le_relais
from pleinsdroits.accueil.models import Besoin, Relais
from pleinsdroits.accueil.partage import NOMS_DES_SUJETS, accords_de, lignes_de
from pleinsdroits.accueil.regles.partage import LigneDePartage, choisies
from pleinsdroits.accueil.regles.relais import (
    CLOS,
    ETAT_D_UNE_REPONSE,
    FINS,
    Fond,
    Reponse,
    a_reprendre,
    manques,
    verifier_la_reponse,
)
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Agent, Institution, Role
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Foyer, Membre, Personne

SUIVENT = (Role.INTERLOCUTEUR, Role.INSTRUCTEUR)
REPONDENT = (Role.PARTENAIRE,)
Cochees = Collection[str] | Mapping[int, Collection[str]]


@acte("accueil.envoyer_des_relais", roles=SUIVENT)
def envoyer(
    objet: None,
    *,
    par: Acteur,
    foyer: Foyer,
    personne: Personne,
    institutions: Iterable[Institution],
    sujet: str,
    demande: str,
    attendu: str,
    lignes: Cochees,
    fondement: str,
    motif_legal: str = "",
    explication: str = "",
    confirmees: Collection[str] = (),
    besoin: Besoin | None = None,
    precedent: Relais | None = None,
) -> list[Relais]:
    """
    Envoie un relais à chaque institution, tous ou aucun ; rend les relais. ``lignes`` : les clés cochées, pour tous ou
    par clé d'institution ; ce qui n'est pas permis est ignoré. ``confirmees`` : les clés confirmées une seconde fois.

    Lève ``ValidationError`` par champ : destinataire absent ou injoignable, phrase absente, accord absent, cas de la loi
    non choisi ou non expliqué, nom cité dans un relais sans nom, relais déjà ouvert ; ``PermissionDenied`` hors périmètre.
    Texte : CASF L121-6-2 ; RGPD art. 5 et 6.
    """
    suivi = _dans_le_perimetre(foyer, personne, besoin, par)
    fond = Fond(fondement, motif_legal, explication)
    destinataires = list(dict.fromkeys(institutions))
    fautes = manques(demande, attendu, fond, (personne.prenom, personne.nom, personne.nom_de_naissance))
    fautes |= _refus_des_destinataires(destinataires, besoin, precedent)
    if besoin and besoin.personne_id not in (None, personne.pk):
        fautes["personne"] = _("Ce besoin est celui de quelqu’un d’autre du foyer\u00a0: ses mots ne partent pas.")
    fautes |= _accords_absents(personne, destinataires, sujet, fond)
    if fautes:
        raise ValidationError(fautes)
    commun = {"foyer": suivi, "personne": personne, "sujet": sujet, "besoin": besoin, "precedent": precedent}
    commun |= {"demande": demande.strip(), "attendu": attendu.strip(), "fondement": fondement}
    if fondement == Relais.Fondement.LOI:
        commun |= {"motif_legal": motif_legal, "explication": explication.strip()}
    partis = []
    for institution in destinataires:
        possibles = lignes_de(personne, suivi, institution, sujet, fondement, par=par)
        parties = choisies(possibles, _cochees(lignes, institution), confirmees)
        partis.append(_adresser(None, par=par, institution=institution, lignes=parties, **commun))
    _mettre_en_cours(besoin)
    return partis


@acte("accueil.adresser_un_relais", roles=SUIVENT)
def _adresser(objet: None, *, par: Acteur, lignes: list[LigneDePartage], **champs: Any) -> Relais:
    """Un relais et un seul : la copie exacte de ce qui part, son lien, son horloge, son courriel."""
    agent = Agent.objects.get(pk=par.identifiant)
    relais = Relais.objects.create(donnees=_copie(lignes), envoye_par=agent, **champs)
    relais.ouvrir_le_lien()
    relais.save(update_fields=["jeton", "jeton_expire_le"])
    horloge_relais.attendre_la_reponse(relais)
    annoncer_le_relais(relais)
    return relais


@acte("accueil.repondre_a_un_relais", roles=REPONDENT)
def repondre(relais: Relais, *, par: Acteur, reponse: str, changer: bool = False) -> None:
    """
    La réponse du partenaire (``Reponse``). Une seule compte : la même, redonnée, ne change rien ; une autre n'est prise
    que dans les 24 heures et si ``changer`` le demande. Lève ``ValidationError`` sinon, ou si l'accord est retiré.
    """
    if reponse not in list(Reponse):
        raise ValidationError(_("«\u00a0%(reponse)s\u00a0» n’est pas une réponse.") % {"reponse": reponse})
    _encore_fonde(relais)
    etat, moment = ETAT_D_UNE_REPONSE[Reponse(reponse)], timezone.now()
    if not verifier_la_reponse(relais, etat, moment, changer=changer):
        return
    relais.etat, relais.repondu_le = etat, moment
    relais.clos_le = moment if etat in FINS else None
    relais.changer(None)
    relais.save()
    horloge_relais.suivre_la_reponse(relais)


@acte("accueil.renvoyer_un_relais", roles=SUIVENT)
def renvoyer(
    relais: Relais,
    *,
    par: Acteur,
    institution: Institution,
    lignes: Cochees | None = None,
    demande: str = "",
    attendu: str = "",
    fondement: str = "",
    motif_legal: str = "",
    explication: str = "",
    confirmees: Collection[str] = (),
) -> Relais:
    """
    Confie à une autre institution ce qui ne trouve pas de réponse ici ; rend le nouveau relais, dont ``precedent`` est
    celui-ci : c'est un renvoi, et il se compte (CRPA L114-2). Ce qui n'est pas donné est repris du premier ; les lignes
    sont jugées à nouveau, pour la nouvelle institution. Lève ``ValidationError`` comme ``envoyer``, ou s'il est clos sans que la
    personne s'en plaigne.
    """
    if (relais.clos_le and not a_reprendre(relais)) or relais.etat == Relais.Etat.PRIS_EN_CHARGE:
        raise ValidationError(_("Ce relais est pris en charge ou clos\u00a0: faites-en un nouveau."))
    if institution.pk == relais.institution_id:
        raise ValidationError({"institutions": _("Choisissez un autre partenaire que le premier.")})
    if relais.foyer is None or relais.personne is None:
        raise ValidationError(_("Le dossier de ce relais est effacé."))
    parties = [ligne["cle"] for ligne in relais.lignes()]
    nouveaux = envoyer(
        None,
        par=par,
        foyer=relais.foyer,
        personne=relais.personne,
        institutions=[institution],
        sujet=relais.sujet,
        demande=demande or relais.demande,
        attendu=attendu or relais.attendu,
        lignes=parties if lignes is None else lignes,
        fondement=fondement or relais.fondement,
        motif_legal=motif_legal or relais.motif_legal,
        explication=explication or relais.explication,
        confirmees=confirmees,
        besoin=relais.besoin,
        precedent=relais,
    )
    if relais.clos_le is None:
        clore(relais, par=par, etat=Relais.Etat.SANS_SUITE)
    else:
        horloge_relais.finir(relais)
    return nouveaux[0]


@acte("accueil.clore_un_relais", roles=(*SUIVENT, *REPONDENT))
def clore(relais: Relais, *, par: Acteur, etat: str) -> None:
    """
    Clôt le relais : abouti, aidé autrement ou sans suite. Le partenaire ne clôt que ce qu'il a pris en charge. Un relais
    « pas pour eux » garde ce mot. Déjà clos de la même façon : rien ne change. Lève ``ValidationError`` sinon.
    """
    if etat not in FINS:
        raise ValidationError({"etat": _("Choisissez\u00a0: abouti, aidé autrement ou sans suite.")})
    if relais.clos_le or relais.etat in CLOS:
        if relais.etat == etat:
            return
        raise ValidationError(
            _("Ce relais est déjà clos\u00a0: «\u00a0%(etat)s\u00a0».") % {"etat": relais.get_etat_display()}
        )
    if par.role in REPONDENT and relais.etat != Relais.Etat.PRIS_EN_CHARGE:
        raise ValidationError(_("Répondez d’abord à ce relais."))
    relais.etat = relais.etat if relais.etat == Relais.Etat.PAS_POUR_NOUS else etat
    relais.clos_le = timezone.now()
    relais.changer(None)
    relais.save()
    horloge_relais.finir(relais)


@acte("accueil.arreter_un_relais")
def arreter_a_la_demande(relais: Relais, *, par: Acteur) -> None:
    """
    L'accord qui fonde ce relais est retiré ou fini : ce qui était parti est effacé, l'horloge s'arrête. Un relais déjà
    clos garde son issue. Déjà arrêté, ou encore fondé : rien ne change (RGPD art. 7).
    """
    if relais.fonde() or relais.etat == Relais.Etat.ARRETE:
        return
    relais.donnees = ""
    if relais.clos_le is None:
        relais.etat, relais.clos_le = Relais.Etat.ARRETE, timezone.now()
    relais.changer(None)
    relais.save()
    horloge_relais.annuler(relais)


def _dans_le_perimetre(foyer: Foyer, personne: Personne, besoin: Besoin | None, par: Acteur) -> Foyer:
    """Le foyer relu et verrouillé : deux envois du même besoin au même partenaire se suivent, ils ne se croisent pas."""
    suivi = Foyer.objects.suivis_par(par).select_for_update(of=("self",)).filter(pk=foyer.pk).first()
    membre = Membre.objects.actuels().filter(foyer=foyer, personne=personne).exists()
    if suivi is None or not membre or (besoin and besoin.foyer_id != foyer.pk):
        raise PermissionDenied("Ce foyer n'est pas suivi par cet agent, ou la personne n'y vit pas.")
    return suivi


def _refus_des_destinataires(
    institutions: list[Institution], besoin: Besoin | None, precedent: Relais | None
) -> dict[str, str]:
    if not institutions:
        return {"institutions": _("Choisissez au moins un destinataire.")}
    for institution in institutions:
        if institution.sorte != Institution.Sorte.PARTENAIRE or not institution.courriel:
            refus = _("%(nom)s n’a pas de courriel connu\u00a0: un relais ne lui parviendrait pas.")
            return {"institutions": refus % {"nom": institution.nom}}
    ouverts = Relais.objects.ouverts().filter(besoin=besoin, institution__in=institutions)
    ouvert = ouverts.exclude(pk=precedent.pk if precedent else 0).first() if besoin else None
    if ouvert:
        return {"institutions": _("%(nom)s a déjà un relais ouvert pour ce besoin.") % {"nom": ouvert.institution}}
    return {}


def _accords_absents(personne: Personne, institutions: list[Institution], sujet: str, fond: Fond) -> dict[str, str]:
    if sujet not in NOMS_DES_SUJETS:
        return {"sujet": _("Choisissez un sujet.")}
    if fond.fondement not in Relais.Fondement.values:
        return {"fondement": _("Choisissez sur quoi repose ce partage.")}
    if fond.fondement != Relais.Fondement.ACCORD:
        return {}
    sans = [i.nom for i in institutions if sujet not in accords_de(personne, i, timezone.localdate())]
    phrase = _("%(personne)s n’a pas autorisé de partager «\u00a0%(sujet)s\u00a0» avec %(qui)s.")
    mots = {"personne": personne, "sujet": NOMS_DES_SUJETS[sujet].lower(), "qui": ", ".join(sans)}
    return {"fondement": phrase % mots} if sans else {}


def _cochees(lignes: Cochees, institution: Institution) -> Collection[str]:
    return lignes.get(institution.pk, ()) if isinstance(lignes, Mapping) else lignes


def _copie(lignes: list[LigneDePartage]) -> str:
    gardes = ("cle", "libelle", "valeur", "fondement", "nature")
    copies = [{g: str(getattr(ligne, g)) for g in gardes} | {"sujet": ligne.sujet_requis} for ligne in lignes]
    return json.dumps(copies, ensure_ascii=False)


def _mettre_en_cours(besoin: Besoin | None) -> None:
    if besoin and besoin.etat == Besoin.Etat.EXPRIME:
        Besoin.objects.filter(pk=besoin.pk, etat=Besoin.Etat.EXPRIME).update(
            etat=Besoin.Etat.EN_COURS, version=F("version") + 1
        )


def _encore_fonde(relais: Relais) -> None:
    if not relais.fonde():
        raise ValidationError(_("Ce relais est arrêté\u00a0: la personne a retiré son accord, ou il a pris fin."))
