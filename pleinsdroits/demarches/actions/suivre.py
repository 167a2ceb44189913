"""De la préparation à l'argent reçu, ou au recours : un acte par étape, ses dates vérifiées, l'horloge réglée."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.demarches.actions.trouver import TIENNENT_LES_DEMARCHES
from pleinsdroits.demarches.avancer import franchir
from pleinsdroits.demarches.calendriers import a_un_prealable, fiche_de, regler_l_horloge
from pleinsdroits.demarches.correspondances import sorte_du_papier
from pleinsdroits.demarches.models import Demarche, PapierAttendu
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.models import Papier
from pleinsdroits.personnes.papiers_lus import papiers_connus

E = Demarche.Etat
AVANT_LE_DEPOT = (E.DETECTEE, E.EXPLIQUEE, E.PREPAREE)
EN_ATTENTE = (E.DEPOSEE, E.COMPLETE)


@acte("demarches.preparer", roles=TIENNENT_LES_DEMARCHES)
def preparer(demarche: Demarche, *, par: Acteur, lue: int | None = None) -> None:
    """Dresse la liste des papiers de la fiche ; ceux que la ville a déjà, encore valables, y sont joints d'office."""
    demarche.changer(lue)
    demarche.preparee_le = demarche.preparee_le or timezone.localdate()
    demarche.expliquee_le = demarche.expliquee_le or demarche.preparee_le
    franchir(demarche, E.PREPAREE, par, depuis=AVANT_LE_DEPOT)
    fiche, jour = fiche_de(demarche), timezone.localdate()
    deja = papiers_connus(demarche.foyer, jour, demarche.personne) if demarche.foyer else {}
    connus = set(demarche.papiers_attendus.values_list("libelle", flat=True))
    for libelle in (fiche.pieces.connu or []) if fiche else []:
        if libelle not in connus:
            papier = deja.get(sorte_du_papier(libelle))
            PapierAttendu.objects.create(demarche=demarche, libelle=libelle[:200], papier=papier, joint=bool(papier))
    regler_l_horloge(demarche)


@acte("demarches.joindre_un_papier", roles=TIENNENT_LES_DEMARCHES)
def joindre_un_papier(demarche: Demarche, *, par: Acteur, attendu: PapierAttendu, papier: Papier | None = None) -> None:
    """Le papier est là : celui du dossier, ou apporté et gardé par la personne. Lève ``ValidationError`` s'il est d'ailleurs."""
    if papier and papier.foyer_id != demarche.foyer_id:
        raise ValidationError(_("Ce papier est d’un autre dossier."))
    demarche.papiers_attendus.filter(pk=attendu.pk).update(joint=True, papier=papier)
    regler_l_horloge(demarche)


@acte("demarches.demander_les_papiers", roles=TIENNENT_LES_DEMARCHES)
def demander_les_papiers(demarche: Demarche, *, par: Acteur) -> int:
    """Demande à la personne, une fois, tout ce qui manque ; rend combien."""
    manquent = demarche.papiers_attendus.filter(joint=False, demande_le__isnull=True)
    nombre = manquent.update(demande_le=timezone.localdate())
    regler_l_horloge(demarche)
    return nombre


@acte("demarches.deposer", roles=TIENNENT_LES_DEMARCHES)
def deposer(
    demarche: Demarche,
    *,
    par: Acteur,
    le: dt.date,
    preuve: str = Demarche.Preuve.AUCUNE,
    montant: Decimal | None = None,
    lue: int | None = None,
) -> None:
    """
    La demande est partie le jour ``le``. ``preuve`` : sans elle, le délai de recours ne court pas (CRPA L112-6).
    ``montant`` : ce que l'on demande, à défaut ce que l'on a trouvé. Lève ``ValidationError``.
    """
    _pas_dans_le_futur("le", le)
    _verifier_le_montant(montant)
    demarche.changer(lue)
    demarche.deposee_le, demarche.preuve = le, preuve
    demarche.preparee_le = min(demarche.preparee_le or le, le)
    demarche.montant_demande = demarche.montant_detecte if montant is None else montant
    franchir(demarche, E.DEPOSEE, par, depuis=AVANT_LE_DEPOT)


@acte("demarches.accuser_reception", roles=TIENNENT_LES_DEMARCHES)
def accuser_reception(
    demarche: Demarche, *, par: Acteur, le: dt.date, voies_dites: bool | None = None, lue: int | None = None
) -> None:
    """
    L'accusé de réception est arrivé, daté du jour ``le`` (CRPA L112-3). ``voies_dites`` : il dit comment contester un
    refus silencieux ; sinon ce délai-là ne court pas (L112-6).
    """
    _verifier_le_jour(demarche, "le", le, _("L’accusé de réception ne peut pas être daté avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.preuve, demarche.accuse_le = Demarche.Preuve.ACCUSE, le
    demarche.accuse_voies_dites = voies_dites
    franchir(demarche, demarche.etat, par, depuis=EN_ATTENTE)


@acte("demarches.noter_incomplete", roles=TIENNENT_LES_DEMARCHES)
def noter_incomplete(
    demarche: Demarche, *, par: Acteur, le: dt.date, avant_le: dt.date | None = None, lue: int | None = None
) -> None:
    """L'organisme demande des papiers, à donner ``avant_le`` s'il l'a dit (CRPA L114-5) : la main est à la personne."""
    _verifier_le_jour(demarche, "le", le, _("La demande de papiers ne peut pas être datée avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.incomplete_le, demarche.papiers_attendus_le, demarche.completee_le = le, avant_le, None
    franchir(demarche, E.DEPOSEE, par, depuis=EN_ATTENTE)


@acte("demarches.completer", roles=TIENNENT_LES_DEMARCHES)
def completer(demarche: Demarche, *, par: Acteur, le: dt.date, lue: int | None = None) -> None:
    """Le dossier est complet depuis le jour ``le``."""
    _verifier_le_jour(demarche, "le", le, _("Le dossier ne peut pas être complet avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.completee_le = le
    franchir(demarche, E.COMPLETE, par, depuis=EN_ATTENTE)


@acte("demarches.noter_la_reponse", roles=TIENNENT_LES_DEMARCHES)
def noter_la_reponse(
    demarche: Demarche,
    *,
    par: Acteur,
    reponse: str,
    le: dt.date,
    notifiee_le: dt.date | None = None,
    montant: Decimal | None = None,
    voies_dites: bool = True,
    lue: int | None = None,
) -> None:
    """
    La réponse, « accordee » ou « refusee », datée du jour ``le`` et reçue le ``notifiee_le``. ``montant`` accordé : à
    défaut, le montant demandé. Lève ``ValidationError`` : réponse inconnue, dates impossibles, montant négatif.
    """
    if reponse not in Demarche.Reponse.values:
        raise ValidationError({"reponse": _("Choisissez « accordée » ou « refusée ».")})
    _verifier_le_montant(montant)
    _verifier_le_jour(demarche, "le", le, _("La réponse ne peut pas être datée avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    if demarche.etat == E.CONTESTEE:
        demarche.recours_reponse, demarche.recours_repondu_le = reponse, le
    else:
        demarche.reponse, demarche.repondue_le = reponse, le
        demarche.notifiee_le, demarche.voies_dites = notifiee_le or le, voies_dites
    if reponse == E.ACCORDEE:
        demande = demarche.montant_demande if demarche.montant_demande is not None else demarche.montant_detecte
        demarche.montant_accorde = demande if montant is None else montant
    franchir(demarche, reponse, par, depuis=(*EN_ATTENTE, E.CONTESTEE))


@acte("demarches.noter_le_paiement", roles=TIENNENT_LES_DEMARCHES)
def noter_le_paiement(demarche: Demarche, *, par: Acteur, le: dt.date, lue: int | None = None) -> None:
    """Le premier paiement est arrivé : la boucle est fermée."""
    _verifier_le_jour(demarche, "le", le, _("Le paiement ne peut pas être daté avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.payee_le = le
    franchir(demarche, E.PAYEE, par, depuis=(E.ACCORDEE,))


@acte("demarches.demander_les_motifs", roles=TIENNENT_LES_DEMARCHES)
def demander_les_motifs(demarche: Demarche, *, par: Acteur, le: dt.date, lue: int | None = None) -> None:
    """Les raisons d'un refus silencieux sont demandées (CRPA L232-4) : un mois pour les donner."""
    _verifier_le_jour(demarche, "le", le, _("La demande de raisons ne peut pas être datée avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.motifs_demandes_le, demarche.motifs_recus_le = le, None
    franchir(demarche, demarche.etat, par, depuis=(*EN_ATTENTE, E.REFUSEE))


@acte("demarches.noter_les_motifs", roles=TIENNENT_LES_DEMARCHES)
def noter_les_motifs(demarche: Demarche, *, par: Acteur, le: dt.date, lue: int | None = None) -> None:
    """Les raisons du refus sont arrivées."""
    _verifier_le_jour(demarche, "le", le, _("Les raisons ne peuvent pas arriver avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    demarche.motifs_recus_le = le
    franchir(demarche, demarche.etat, par, depuis=(*EN_ATTENTE, E.REFUSEE))


@acte("demarches.contester", roles=TIENNENT_LES_DEMARCHES)
def contester(
    demarche: Demarche, *, par: Acteur, le: dt.date, devant: str = "organisme", lue: int | None = None
) -> None:
    """
    Le recours est parti le jour ``le``, contre un refus écrit ou contre le silence. ``devant`` : « organisme » (recours
    préalable ou amiable) ou « juge ». Lève ``ValidationError`` si un préalable obligatoire manque, ou si la date ne va pas.
    """
    _verifier_le_jour(demarche, "le", le, _("Le recours ne peut pas être daté avant le dépôt (%(jour)s)."))
    demarche.changer(lue)
    if devant == "juge":
        if a_un_prealable(demarche) and demarche.contestee_le is None:
            raise ValidationError({"devant": _("Pour ce droit, il faut d’abord un recours devant l’organisme.")})
        demarche.juge_saisi_le = le
    elif demarche.contestee_le is not None:
        raise ValidationError({"devant": _("Ce recours a déjà été fait. Il reste le juge.")})
    else:
        demarche.contestee_le = le
    franchir(demarche, E.CONTESTEE, par, depuis=(*EN_ATTENTE, E.REFUSEE))


@acte("demarches.constater_le_silence", roles=("systeme",))
def constater_le_silence(demarche: Demarche, *, par: Acteur) -> None:
    """La date est passée sans réponse et cela vaut refus : la main revient à la ville, pour contester."""
    regler_l_horloge(demarche)


@acte("demarches.clore", roles=TIENNENT_LES_DEMARCHES)
def clore(demarche: Demarche, *, par: Acteur, raison: str, lue: int | None = None) -> None:
    """On s'arrête là, avec la raison. Lève ``ValidationError`` si elle manque ou si la démarche est déjà finie."""
    if not raison.strip():
        raise ValidationError({"raison": _("Dites pourquoi l’on s’arrête : la personne le lira.")})
    demarche.changer(lue)
    demarche.precision = raison.strip()
    franchir(demarche, E.CLOSE, par, depuis=tuple(e for e in E if e not in Demarche.FINIES))


def _pas_dans_le_futur(champ: str, le: dt.date) -> None:
    if le > timezone.localdate():
        raise ValidationError({champ: _("Cette date est dans le futur : notez ce qui est déjà fait.")})


def _verifier_le_jour(demarche: Demarche, champ: str, le: dt.date, refus: str) -> None:
    """Ni dans le futur, ni avant le dépôt : ``refus`` dit laquelle des deux dates est à corriger."""
    _pas_dans_le_futur(champ, le)
    if demarche.deposee_le and le < demarche.deposee_le:
        raise ValidationError({champ: refus % {"jour": date_format(demarche.deposee_le, "j F")}})


def _verifier_le_montant(montant: Decimal | None) -> None:
    if montant is not None and montant < 0:
        raise ValidationError({"montant": _("Le montant ne peut pas être négatif.")})
