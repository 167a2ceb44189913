"""Les lignes qui peuvent partir pour une personne, une institution, un sujet : lues dans son dossier, jugées par les règles."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError as Illisible

from pleinsdroits.accueil.models import FichePartenaire, Relais
from pleinsdroits.accueil.partage_situation import de_la_situation
from pleinsdroits.accueil.regles.partage import (
    Element,
    LigneDePartage,
    Nature,
    sans_nom,
    selon_l_accord,
    selon_la_loi,
)
from pleinsdroits.comptes.acteur import Acteur
from pleinsdroits.comptes.models import Institution
from pleinsdroits.droits.situation.modele import Situation
from pleinsdroits.personnes.models import (
    SUJETS,
    Accord,
    Foyer,
    Identifiant,
    Membre,
    Moyen,
    Papier,
    Personne,
    SituationDatee,
)
from pleinsdroits.socle.templatetags.socle import jour as en_lettres

NOMS_DES_SUJETS = {valeur: str(nom) for valeur, nom in SUJETS}
FAMILLE, ARGENT, LOGEMENT, SANTE = "famille", "difficultes-financieres", "logement-hebergement", "sante"
SUJET_D_UN_PAPIER = {
    Papier.Sorte.RESSOURCES: ARGENT,
    Papier.Sorte.IMPOTS: ARGENT,
    Papier.Sorte.CAF: ARGENT,
    Papier.Sorte.FACTURE: ARGENT,
    Papier.Sorte.BANQUE: ARGENT,
    Papier.Sorte.LOGEMENT: LOGEMENT,
    Papier.Sorte.SANTE: SANTE,
    Papier.Sorte.SECURITE_SOCIALE: SANTE,
    Papier.Sorte.LIVRET: FAMILLE,
    Papier.Sorte.SCOLARITE: FAMILLE,
    Papier.Sorte.JUGEMENT: "difficultes-administratives-ou-juridiques",
}


def accords_de(personne: Personne, institution: Institution, jour: dt.date) -> dict[str, dt.date]:
    """Les sujets que la personne permet de partager avec l'institution au ``jour``, et depuis quand."""
    actifs = Accord.objects.actifs(jour).filter(personne=personne, institution=institution)
    return {a["sujet"]: a["depuis"] for a in actifs.order_by().values("sujet").annotate(depuis=Max("du"))}


def lignes_de(
    personne: Personne, foyer: Foyer, institution: Institution, sujet: str, fondement: str, *, par: Acteur
) -> list[LigneDePartage]:
    """
    Toutes les lignes connues de cette personne, chacune permise ou non pour ce partenaire et ce ``sujet``, selon le
    ``fondement`` (``Relais.Fondement``). Rien d'un autre adulte ; ``par`` ne voit que ce que son périmètre montre.
    """
    elements = list(elements_de(personne, foyer, institution, par=par))
    if fondement == Relais.Fondement.LOI:
        return selon_la_loi(elements, sujet=sujet)
    if fondement == Relais.Fondement.SANS_NOM:
        return sans_nom(elements, sujet=sujet)
    accords = accords_de(personne, institution, timezone.localdate())
    return selon_l_accord(elements, sujet=sujet, accords=accords, noms=NOMS_DES_SUJETS)


def elements_de(personne: Personne, foyer: Foyer, institution: Institution, *, par: Acteur) -> Iterator[Element]:
    """Ce que le dossier sait de cette personne et qu'un partenaire peut demander."""
    yield from _identite(personne)
    yield from _moyens(personne)
    yield from _adresse(personne, foyer)
    yield from _composition(foyer)
    yield from _numeros(personne, institution)
    situation = _situation(personne, foyer, par)
    if situation:
        yield from de_la_situation(situation)
    yield from _papiers(personne, foyer, par)


def _identite(personne: Personne) -> Iterator[Element]:
    yield Element("nom", _("Prénom et nom"), str(personne), Nature.IDENTITE)
    if personne.naissance:
        yield Element("naissance", _("Date de naissance"), en_lettres(personne.naissance), Nature.IDENTITE)
    yield Element("langue", _("Langue"), personne.get_langue_display())


def _moyens(personne: Personne) -> Iterator[Element]:
    """Le premier téléphone et le premier courriel sans danger ; les autres ne se proposent même pas."""
    surs = [m for m in personne.moyens.all() if m.sur]
    for genre, libelle in ((Moyen.Genre.TELEPHONE, _("Téléphone")), (Moyen.Genre.COURRIEL, _("Courriel"))):
        moyen = next((m for m in surs if m.genre == genre), None)
        if moyen:
            yield Element(genre, libelle, moyen.valeur, Nature.CONTACT, danger=personne.contact_protege)


def _adresse(personne: Personne, foyer: Foyer) -> Iterator[Element]:
    jour = timezone.localdate()
    actuelles = (a for a in foyer.adresses.all() if a.du <= jour and (a.au is None or a.au >= jour))
    adresse = next((a for a in actuelles if a.ligne), None)
    if adresse:
        une_ligne = adresse.en_une_ligne()
        yield Element("adresse", _("Adresse"), une_ligne, Nature.CONTACT, danger=personne.contact_protege)


def _composition(foyer: Foyer) -> Iterator[Element]:
    """Combien d'adultes, et l'âge des enfants ; jamais l'âge ni le nom d'un autre adulte."""
    jour = timezone.localdate()
    membres = list(Membre.objects.actuels().filter(foyer=foyer).select_related("personne"))
    ages = [(m.lien, m.personne.age(jour)) for m in membres]
    enfants = sorted(age for lien, age in ages if lien == Membre.Lien.ENFANT and age is not None and age < 18)
    adultes = len(membres) - len(enfants)
    texte = ngettext("%(n)d adulte", "%(n)d adultes", adultes) % {"n": adultes}
    if enfants:
        dits = ", ".join(ngettext("%(n)d an", "%(n)d ans", max(age, 1)) % {"n": age} for age in enfants)
        texte += ngettext(" et %(n)d enfant\u00a0: %(ages)s", " et %(n)d enfants\u00a0: %(ages)s", len(enfants)) % {
            "n": len(enfants),
            "ages": dits,
        }
    yield Element("composition", _("Foyer"), texte, sujet=FAMILLE)


def _numeros(personne: Personne, institution: Institution) -> Iterator[Element]:
    """Seulement les numéros que la fiche de ce partenaire demande."""
    fiche = FichePartenaire.objects.filter(institution=institution).first()
    demandes = fiche.identifiants if fiche else []
    for numero in Identifiant.objects.filter(personne=personne, genre__in=demandes):
        libelle = numero.get_genre_display()
        yield Element(f"numero-{numero.genre}", libelle[:1].upper() + libelle[1:], numero.valeur, Nature.NUMERO)


def _situation(personne: Personne, foyer: Foyer, par: Acteur) -> Situation | None:
    """La dernière situation dite par cette personne elle-même, si elle se lit et si c'est bien d'elle qu'elle parle."""
    dites = SituationDatee.objects.visibles_par(par).filter(personne=personne, foyer=foyer)
    derniere = dites.order_by("-jour", "-pk").first()
    if derniere is None:
        return None
    try:
        situation = Situation.model_validate_json(derniere.situation)
    except Illisible:
        return None
    autre = personne.naissance and situation.demandeur.naissance != personne.naissance
    return None if autre else situation


def _papiers(personne: Personne, foyer: Foyer, par: Acteur) -> Iterator[Element]:
    """La liste des papiers de la personne ouverts aux relais : leur sorte et leur fin, jamais leur contenu."""
    valables = Papier.objects.visibles_par(par).valables(timezone.localdate())
    for papier in valables.filter(personne=personne, foyer=foyer, vu_par=Papier.Vue.RELAIS):
        if papier.sorte == Papier.Sorte.ACCORD:
            continue
        fin = papier.valable_jusqu_au
        jusque = _(", valable jusqu’au %(jour)s") % {"jour": en_lettres(fin)} if fin else ""
        nature = Nature.SANTE if papier.sorte == Papier.Sorte.SANTE else Nature.IDENTITE
        sujet = SUJET_D_UN_PAPIER.get(Papier.Sorte(papier.sorte), "")
        yield Element(
            f"papier-{papier.pk}", _("Papier que nous avons"), papier.get_sorte_display() + jusque, nature, sujet
        )
