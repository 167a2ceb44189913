"""Les lettres d'avant la décision : ce qui est reçu, ce qui manque, à qui c'est transmis. Langage simple, articles cités."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pleinsdroits.aides.catalogue import nom_de_l_aide
from pleinsdroits.aides.delais import delai
from pleinsdroits.aides.models import Demande, PieceDemandee
from pleinsdroits.aides.pieces_lues import peuvent_suivre
from pleinsdroits.annuaire.models import Lieu
from pleinsdroits.demarches.lettres.papier import en_pdf
from pleinsdroits.droits.textes import jour_long
from pleinsdroits.personnes.models import Adresse, Personne
from pleinsdroits.socle.ville import ville

ACCUSE, PIECES, TRANSMISSION = "accuse", "pieces", "transmission"


@dataclass(frozen=True)
class LettreDuCcas:
    """Une lettre prête : ``paragraphes`` dans l'ordre, ``listees`` les pièces qu'elle demande."""

    objet: str
    paragraphes: tuple[str, ...]
    listees: tuple[str, ...] = ()


def lettre(demande: Demande, sorte: str) -> LettreDuCcas:
    """La lettre ``sorte`` (« accuse », « pieces », « transmission »). Lève ``KeyError`` pour une autre sorte."""
    return {ACCUSE: _accuse, PIECES: _pieces, TRANSMISSION: _transmission}[sorte](demande)


def lettres_de(demande: Demande) -> list[str]:
    """Les sortes de lettres que l'on peut imprimer aujourd'hui, d'après ce qui s'est passé."""
    faites = ((ACCUSE, demande.accusee_le), (PIECES, demande.pieces_demandees_le), (TRANSMISSION, demande.transmise_a))
    return [sorte for sorte, fait in faites if fait]


def lettre_en_pdf(demande: Demande, sorte: str, *, grand: bool = False) -> bytes:
    """Le PDF (PDF/UA-1) à remettre ou à poster. Lève ``KeyError`` si la sorte n'existe pas."""
    ecrite = lettre(demande, sorte)
    return en_pdf(
        "\n\n".join(ecrite.paragraphes),
        objet=ecrite.objet,
        expediteur=adresse_du_ccas(),
        destinataire=adresse_de(demande.personne),
        lieu=ville(settings.VILLE).nom,
        jour=timezone.localdate(),
        reference=demande.reference,
        pieces=ecrite.listees,
        grand=grand,
    )


def adresse_du_ccas() -> list[str]:
    """Le service qui répond, son adresse, son téléphone (CRPA R112-5 2°), tels que l'annuaire les dit."""
    lieu = Lieu.objects.filter(cle="ccas").first()
    commune = ville(settings.VILLE)
    if lieu is None:
        return [f"CCAS, {commune.nom}", commune.telephone]
    return [lieu.nom, lieu.adresse, f"{lieu.code_postal} {lieu.commune}", lieu.telephone or commune.telephone]


def adresse_de(personne: Personne | None) -> list[str]:
    """Le nom, puis l'adresse où l'on peut écrire ; le nom seul si la personne est protégée ou sans adresse : on remet en main."""
    if personne is None:
        return [_("La personne concernée")]
    adresse = None if personne.contact_protege else _adresse(personne)
    if adresse is None or not adresse.ligne:
        return [str(personne), _("remise en main propre")]
    return [str(personne), adresse.ligne, adresse.complement, f"{adresse.code_postal} {adresse.commune}".strip()]


def _adresse(personne: Personne) -> Adresse | None:
    foyers = personne.appartenances.actuels().values("foyer")
    return Adresse.objects.filter(foyer__in=foyers, au__isnull=True).first()


def _accuse(demande: Demande) -> LettreDuCcas:
    aide = _aide(demande)
    lignes = [
        _("Bonjour,"),
        _("Nous avons bien reçu votre demande le %(jour)s : %(aide)s. Son numéro est %(numero)s.")
        % {"jour": _jour(demande.recue_le), "aide": aide, "numero": demande.reference},
        _service(),
        *_silence(demande),
    ]
    return LettreDuCcas(_("Nous avons reçu votre demande d’aide"), tuple(lignes))


def _pieces(demande: Demande) -> LettreDuCcas:
    demandees, suivent = list(demande.pieces.filter(etat=PieceDemandee.Etat.DEMANDEE)), peuvent_suivre(demande)
    plus_tard = [p.libelle for p in demandees if p.libelle in suivent]
    attend = len(plus_tard) < len(demandees)
    manque = _("Nous avons reçu votre demande le %(jour)s : %(aide)s. Il nous manque les papiers de la liste.")
    if attend:
        manque = _(
            "Nous avons reçu votre demande le %(jour)s : %(aide)s. Pour l’étudier, il nous manque les papiers de la liste."
        )
    limite = jour_long(demande.pieces_avant_le) if demande.pieces_avant_le else ""
    lignes = [
        _("Bonjour,"),
        manque % {"jour": _jour(demande.recue_le), "aide": _aide(demande)},
        _("Donnez-les avant le %(limite)s, sur le site, au guichet ou par courrier. Une photo lisible suffit.")
        % {"limite": limite},
        _("Si vous n’avez pas l’un de ces papiers, dites-le-nous : nous chercherons avec vous une autre preuve."),
        _service(),
        *_ce_qui_attend(attend, plus_tard),
        *_silence(demande),
    ]
    return LettreDuCcas(
        _("Il manque des papiers à votre demande d’aide"), tuple(lignes), tuple(p.libelle for p in demandees)
    )


def _ce_qui_attend(attend: bool, plus_tard: list[str]) -> list[str]:
    """Le délai arrêté par ce qui est indispensable ; ce qui peut suivre ne l'arrête pas, et attend le versement."""
    lignes = []
    if attend:
        suite = _(
            "Le délai de réponse s’arrête jusqu’à cette date ; il repart dès que tout est arrivé (article %(article)s)."
        )
        if plus_tard:
            suite = _("Le délai de réponse s’arrête jusqu’à cette date, pour les autres papiers (article %(article)s).")
        lignes.append(suite % {"article": delai("suspension").reference})
    if plus_tard:
        suivent = _(
            "Ce qui peut suivre : %(pieces)s. Nous étudions votre demande sans l’attendre. Si nous vous accordons cette aide, "
            "nous la donnerons une fois ce papier reçu (article %(article)s)."
        )
        mots = {"pieces": ", ".join(plus_tard), "article": delai("piece_non_indispensable").reference}
        lignes.insert(0, suivent % mots)
    return lignes


def _transmission(demande: Demande) -> LettreDuCcas:
    lignes = [
        _("Bonjour,"),
        _(
            "Votre demande reçue le %(jour)s (%(aide)s) ne dépend pas du CCAS. Nous l’avons transmise le %(le)s à : %(a)s."
        )
        % {
            "jour": _jour(demande.recue_le),
            "aide": _aide(demande),
            "le": _jour(demande.close_le or timezone.now()),
            "a": demande.transmise_a,
        },
        _("C’est à cette administration de vous répondre. Vous n’avez rien à refaire (article L114-2 du CRPA)."),
        _service(),
    ]
    return LettreDuCcas(_("Votre demande est transmise"), tuple(lignes))


def _silence(demande: Demande) -> list[str]:
    """Ce que vaut le silence, et comment le contester (CRPA R112-5, L231-4 3° ; CJA R421-2)."""
    return [
        _(
            "Vous aurez une réponse écrite au plus tard le %(jour)s. Sans réponse à cette date, c’est un refus (%(article)s)."
        )
        % {"jour": jour_long(demande.silence_le), "article": delai("silence").reference},
        _(
            "Vous pourrez alors, dans les deux mois, demander au président du CCAS de revoir sa position (recours gracieux), "
            "ou saisir le tribunal administratif. Vous pourrez aussi demander les raisons du refus (CRPA L232-4)."
        ),
    ]


def _service() -> str:
    lieu = Lieu.objects.filter(cle="ccas").first()
    telephone = (lieu.telephone if lieu else "") or ville(settings.VILLE).telephone
    return _("Le service qui s’en occupe : le CCAS de %(ville)s, téléphone %(telephone)s.") % {
        "ville": ville(settings.VILLE).nom,
        "telephone": telephone,
    }


def _aide(demande: Demande) -> str:
    nom = nom_de_l_aide(demande.aide, timezone.localtime(demande.recue_le).date())
    return nom[:1].lower() + nom[1:]


def _jour(instant) -> str:
    return jour_long(timezone.localtime(instant).date())
