"""Du montant décidé à l'ordre donné au comptable : préparer, annuler, mettre en ordre, noter que c'est réglé."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.avancer import franchir
from pleinsdroits.aides.bornes import borne
from pleinsdroits.aides.decider import SANS_ARGENT
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.models import Cheque, Decision, Demande, EtatDemande, Mensualite, Ordre, Paiement
from pleinsdroits.aides.montants import montant_juste
from pleinsdroits.aides.pieces_lues import attendues_pour_donner
from pleinsdroits.aides.regles.echeancier import echeancier
from pleinsdroits.aides.regles.iban import iban_juste
from pleinsdroits.aides.roles import PAIENT
from pleinsdroits.aides.verser import numero_de_l_ordre, refuser_sauf, reste_a_preparer, verser
from pleinsdroits.comptes.acteur import Acteur, Genre
from pleinsdroits.journal.actes import acte
from pleinsdroits.socle.templatetags.socle import euros, jour

Etat, Forme = Paiement.Etat, Decision.Forme
# Remis en main par la régie : l'argent lui-même. Un chèque ou un fournisseur passe par un autre chemin.
PAR_LA_REGIE = (Forme.VIREMENT, Forme.AVANCE)


@acte("aides.preparer_le_paiement", roles=PAIENT)
def preparer_le_paiement(
    decision: Decision,
    *,
    par: Acteur,
    montant: Decimal | None = None,
    beneficiaire: str = "",
    coordonnees: str = "",
    par_la_regie: bool = False,
    mensualites: int | None = None,
    premiere_le: dt.date | None = None,
) -> Paiement:
    """
    Un paiement de la décision : ``montant`` euros (à défaut, tout ce qui reste), à ``beneficiaire`` (à défaut, le
    fournisseur dit dans la demande, sinon la personne), sur ``coordonnees`` (un IBAN) si le comptable paie. Une avance a
    ses ``mensualites``, la première le ``premiere_le``. Lève ``ValidationError``, par champ : décision qui n'accorde pas
    d'argent, lettre pas encore partie, déjà préparée en entier, montant, IBAN ou échéancier impossible.
    """
    demande = Demande.objects.select_for_update(of=("self",)).select_related("personne").get(pk=decision.demande_id)
    _verifier_la_decision(decision, demande)
    a_qui = beneficiaire.strip() or _a_qui(decision, demande)
    paiement = Paiement(decision=decision, forme=decision.forme, par_la_regie=par_la_regie, beneficiaire=a_qui)
    paiement.montant = _montant(decision, montant)
    paiement.coordonnees = _coordonnees(paiement, coordonnees)
    paiement.rang = decision.paiements.count() + 1
    prevues = _prevues(paiement, mensualites, premiere_le)
    paiement.full_clean()
    paiement.save()
    Mensualite.objects.bulk_create(Mensualite(paiement=paiement, **champs) for champs in prevues)
    if demande.etat == EtatDemande.NOTIFIEE:
        franchir(demande, "mettre_en_paiement", par)
    return paiement


@acte("aides.annuler_le_paiement", roles=PAIENT)
def annuler_le_paiement(paiement: Paiement, *, par: Acteur, lue: int | None = None) -> None:
    """
    Un paiement mal préparé, pas encore parti : ses chèques non remis s'annulent, la somme se prépare de nouveau. Lève
    ``ValidationError`` : déjà chez le comptable, payé, ou des chèques déjà remis ; conflit.
    """
    refuser_sauf(paiement, Etat.A_PAYER)
    paiement.changer(lue)
    if paiement.cheques.filter(remis_le__isnull=False).exists():
        dit = _("Des chèques de ce paiement ont déjà été remis : émettez ce qui manque, ou rendez le reste au budget.")
        raise ValidationError(dit)
    paiement.cheques.update(etat=Cheque.Etat.ANNULE)
    paiement.etat = Etat.ANNULE
    paiement.save()


@acte("aides.emettre_un_ordre", roles=PAIENT)
def emettre_un_ordre(_objet: None, *, par: Acteur, paiements: Sequence[Paiement]) -> Ordre:
    """
    Un ordre numéroté pour le comptable public, figé : ces ``paiements``, et leur total. Lève ``ValidationError`` si la liste
    est vide, si l'un est déjà parti, ou ne passe pas par le comptable ; aucun n'est alors mis en ordre.
    """
    cles = sorted({p.pk for p in paiements})
    verrouilles = Paiement.objects.visibles_par(par).filter(pk__in=cles).order_by("pk").select_for_update(of=("self",))
    lus = list(verrouilles)
    if not lus or len(lus) != len(cles):
        raise ValidationError({"paiements": _("Choisissez au moins un paiement à mettre dans l’ordre.")})
    _verifier_a_ordonner(lus)
    annee = timezone.localdate().year
    ordre = Ordre.objects.create(
        exercice=annee,
        numero=numero_de_l_ordre(annee),
        total=sum((p.montant for p in lus), Decimal(0)),
        emis_par_id=int(par.identifiant) if par.genre == Genre.AGENT else None,
    )
    for paiement in lus:
        paiement.etat, paiement.ordre = Etat.ORDONNE, ordre
        paiement.version += 1
        paiement.save()
    return ordre


@acte("aides.regler_l_ordre", roles=PAIENT)
def regler_l_ordre(ordre: Ordre, *, par: Acteur) -> None:
    """
    Le comptable a payé tout l'ordre : chaque paiement passe de l'engagé au payé. Lève ``ValidationError`` s'il est déjà
    réglé ; rien n'est alors payé une seconde fois.
    """
    if ordre.etat != Ordre.Etat.EMIS:
        le = jour(timezone.localtime(ordre.regle_le).date()) if ordre.regle_le else ""
        raise ValidationError(_("Cet ordre est déjà réglé depuis le %(jour)s.") % {"jour": le})
    # Dans l'ordre des lignes du budget : deux ordres réglés au même instant les verrouillent dans le même sens.
    lignes = ordre.paiements.filter(etat=Etat.ORDONNE).select_related("decision").order_by("decision__ligne", "pk")
    for paiement in lignes.select_for_update(of=("self",)):
        verser(paiement, par)
    ordre.etat, ordre.regle_le = Ordre.Etat.REGLE, timezone.now()
    ordre.save()


def _verifier_la_decision(decision: Decision, demande: Demande) -> None:
    if decision.annulee_le or not decision.accorde or not decision.montant or decision.forme in SANS_ARGENT:
        raise ValidationError(_("Cette décision n’accorde pas d’argent : il n’y a rien à payer."))
    # « payée » aussi : un virement rejeté se prépare de nouveau, si la décision n'est pas déjà toute versée.
    if demande.etat not in (EtatDemande.NOTIFIEE, EtatDemande.EN_PAIEMENT, EtatDemande.PAYEE):
        dit = _("Cette demande est « %(etat)s » : on paie quand la lettre est partie.")
        raise ValidationError(dit % {"etat": demande.get_etat_display()})
    if attendues := attendues_pour_donner(demande):
        dit = _(
            "L’aide se verse une fois reçu : %(pieces)s (%(article)s). Notez-le reçu, ou dites pourquoi on s’en passe."
        )
        mots = {"pieces": ", ".join(attendues), "article": delai("piece_non_indispensable").reference}
        raise ValidationError(dit % mots)


def _montant(decision: Decision, montant: Decimal | None) -> Decimal:
    reste = reste_a_preparer(decision)
    if reste <= 0:
        raise ValidationError({"montant": _("Tout ce que cette décision accorde est déjà en paiement ou payé.")})
    trop = _("%(montant)s : il ne reste que %(maxi)s à payer pour cette décision.")
    return reste if montant is None else montant_juste("montant", montant, maxi=reste, trop=trop)


def _a_qui(decision: Decision, demande: Demande) -> str:
    """À qui l'on paie ; un fournisseur se nomme toujours."""
    if decision.forme == Forme.FOURNISSEUR:
        dit = demande.payer_a.strip()
        faute = _("Écrivez le nom du fournisseur à payer : la demande ne le dit pas.")
    else:
        dit = str(demande.personne) if demande.personne else ""
        faute = _("Écrivez à qui l’argent est donné.")
    if not dit:
        raise ValidationError({"beneficiaire": faute})
    return dit


def _coordonnees(paiement: Paiement, coordonnees: str) -> str:
    if paiement.par_la_regie and paiement.forme not in PAR_LA_REGIE:
        dit = _("La régie ne remet que de l’argent : pas un chèque, ni ce qu’un fournisseur reçoit.")
        raise ValidationError({"par_la_regie": dit})
    if not paiement.par_ordre:
        return ""
    try:
        return iban_juste(coordonnees)
    except ValueError:
        dit = _("« %(iban)s » n’est pas un IBAN juste : relisez-le sur le relevé d’identité bancaire.")
        vide = _("Écrivez l’IBAN : le comptable en a besoin pour payer.")
        mots = {"iban": coordonnees.strip()}
        raise ValidationError({"coordonnees": dit % mots if mots["iban"] else vide}) from None


def _prevues(paiement: Paiement, nombre: int | None, premiere: dt.date | None) -> list[dict]:
    """Les mensualités d'une avance ; rien pour une autre forme."""
    if paiement.forme != Forme.AVANCE:
        return []
    limite = borne("avance_mensualites").au_plus
    if nombre is None or not 1 <= nombre <= limite:
        dit = _("« %(n)s » : écrivez en combien de mensualités l’avance est rendue (de 1 à %(maxi)s).")
        raise ValidationError({"mensualites": dit % {"n": "" if nombre is None else nombre, "maxi": limite}})
    _verifier_la_premiere(premiere)
    try:
        prevues = echeancier(paiement.montant, nombre, premiere or timezone.localdate())
    except ValueError:
        dit = _("%(n)s mensualités : c’est moins d’un centime chacune.") % {"n": nombre}
        raise ValidationError({"mensualites": dit}) from None
    return [{"rang": p.rang, "le": p.le, "montant": p.montant} for p in prevues]


def _verifier_la_premiere(premiere: dt.date | None) -> None:
    aujourd_hui = timezone.localdate()
    limite = aujourd_hui + dt.timedelta(days=borne("avance_premiere").au_plus)
    if premiere is None or not aujourd_hui < premiere <= limite:
        dit = _("La première mensualité est après aujourd’hui, et au plus tard le %(limite)s.")
        raise ValidationError({"premiere_le": dit % {"limite": jour(limite)}})


def _verifier_a_ordonner(paiements: Sequence[Paiement]) -> None:
    for p in paiements:
        mots = {"decision": p.decision.reference, "montant": euros(p.montant), "etat": p.get_etat_display()}
        if p.etat != Etat.A_PAYER:
            dit = _("%(decision)s, %(montant)s : déjà « %(etat)s ». Rechargez la page, puis choisissez de nouveau.")
            raise ValidationError({"paiements": dit % mots})
        if not p.par_ordre:
            dit = _("%(decision)s, %(montant)s : ce paiement se remet en main, il ne passe pas par le comptable.")
            raise ValidationError({"paiements": dit % mots})
