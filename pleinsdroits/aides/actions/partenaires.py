"""Un partenaire joint un papier à la demande qu'il a déposée. Il ne le relit pas : le papier est au dossier de la personne."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pleinsdroits.accueil.models import Relais
from pleinsdroits.aides.actions.pieces import recevoir_une_piece
from pleinsdroits.aides.depot_partenaire import dossier_du_relais, piece_a_joindre
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Role
from pleinsdroits.demarches.correspondances import sorte_du_papier
from pleinsdroits.journal.actes import acte
from pleinsdroits.personnes.actions.papiers import ajouter_un_papier
from pleinsdroits.personnes.models import Papier

# Le partenaire n'a pas de périmètre sur le dossier : l'acte a vérifié son relais, la plateforme range pour lui.
RANGE = Acteur.systeme("depot_partenaire")


@acte("aides.joindre_une_piece", roles=(Role.PARTENAIRE,))
def joindre_une_piece(relais: Relais, *, par: Acteur, piece: int, fichier: UploadedFile) -> None:
    """
    Garde le papier au dossier et le note reçu pour la demande déposée depuis ce ``relais``. Lève ``ValidationError`` :
    accord retiré ou fini, papier qui n'est plus attendu, ni PDF ni photo, plus de 10 Mo ; rien n'est alors gardé.
    """
    relu, dossier = dossier_du_relais(relais, par)
    attendue = piece_a_joindre(relu, piece)
    papier = ajouter_un_papier(
        None,
        par=RANGE,
        foyer=dossier,
        personne=relu.personne,
        fichier=fichier,
        sorte=sorte_du_papier(attendue.libelle) or Papier.Sorte.AUTRE,
        precision=attendue.libelle[:120],
        finalite=_("Demande d’aide %(numero)s") % {"numero": attendue.demande.reference},
        donne_par=str(relu.institution)[:60],
    )
    recevoir_une_piece(attendue.demande, par=RANGE, piece=attendue, papier=papier)
