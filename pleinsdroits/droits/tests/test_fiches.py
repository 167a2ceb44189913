"""Les fiches publiées : complètes, datées, sans remplissage, sans jargon et sans chiffre venu d'ailleurs."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openfisca_france import FranceTaxBenefitSystem
from pydantic import BaseModel

from pleinsdroits.droits.catalogue import FICHES, lire_catalogue
from pleinsdroits.droits.fiche import Certitude, Fiche

IVRY = Path(__file__).parents[3] / "villes" / "ivry" / "droits"
RELEVE_DES_SOURCES = date(2026, 11, 23)

# Chaque droit de notre relevé, avec la certitude de ses textes puis celle de ses recours.
CERTITUDES = dict(
    paire.split(":")
    for paire in """
rsa:AA ppa:AA aah:AA mva:AB aeeh:AA pch:AA cmi:AB rqth:AB aspa:AB asi:AB ass:AB are:AB ada:AB prime_noel:BB
aide_urgence_vvc:AC af:AA cf:AA asf:AA aripa:AB paje_naissance:AA paje_base:AA prepare:AA cmg:AA ars:AA ajpp:AB
ajpa:AB aide_logement:AA fsl_acces:AB fsl_maintien:AB fsl_energie:AB dalo:AB daho:AB logement_social:AA
hebergement_urgence:AA visale:BC locapass:BC prime_demenagement:AB css:AA puma:AC ame:AC pension_invalidite:AB
ij_maladie:AB apa_domicile:AB apa_etablissement:AB ash:AB aide_menagere:AB reversion:AB amethyste:CC
cheque_energie:AB aide_sociale_telephone:BC tst_gratuite:AC tst_75:AC bourse_college:AB bourse_lycee:AB
bourse_sup:AB cej:AC faj:AB pass_sport:BC pass_culture:BC surendettement:AB droit_compte:AB aj:AB
domiciliation:AB local_energie:AA local_alimentaire:AA local_hygiene:AA local_telephone:AA local_secours:AA
local_avance:AA local_epicerie:AB local_cantine:AB local_avp:AC registre_isoles:AA
""".split()
)
DROITS = list(CERTITUDES)

LIEUX = {
    "ccas", "emad", "caf", "cpam", "mission_locale", "france_travail", "eds", "mdph", "pmi", "maison_de_justice",
    "banque_de_france", "prefecture",
}  # fmt: skip

SITES = {
    "accueil.banque-france.fr", "mdphenligne.cnsa.fr", "passculture.app", "www.1jeune1solution.gouv.fr",
    "www.actionlogement.fr", "www.aidejuridictionnelle.justice.fr", "www.ameli.fr", "www.caf.fr",
    "www.chequeenergie.gouv.fr", "www.complementaire-sante-solidaire.gouv.fr",
    "www.demande-logement-social.gouv.fr", "www.education.gouv.fr", "www.francetravail.fr",
    "www.info-retraite.fr", "www.ivry94.fr", "www.lassuranceretraite.fr", "www.legifrance.gouv.fr",
    "www.messervices.etudiant.gouv.fr", "www.ofii.fr", "www.pass.sports.gouv.fr",
    "www.pension-alimentaire.caf.fr", "www.pour-les-personnes-agees.gouv.fr", "www.samusocial.paris",
    "www.service-public.fr", "www.solidaritetransport.fr", "www.valdemarne.fr", "www.visale.fr",
}  # fmt: skip

MOTS_INTERDITS = re.compile(
    r"éligib|bénéficiaire|\busagers?\b|malheureusement|il suffit|\bsimplement\b|\bassistés?\b|·|lorem|à venir|TODO",
    re.I,
)
NUMERO_LONG = re.compile(
    r"(?<![\d,.])0\d(?:[ .\u00a0\u202f]?\d{2}){4}(?!\d)|(?<!\d)0[ \u00a0\u202f]?\d{3}(?:[ \u00a0\u202f]\d{3}){2}"
)
NUMERO_COURT = re.compile(r"(?:appel\w*|au|le|numéro)[ \u00a0](1\d{2}|3\d{3})\b(?![ \u00a0]*(?:€|%))", re.I)
NUMEROS_CONNUS = {"112", "114", "115", "119", "3919", "3114", "0800948999", "0805204805"}
NUMEROS_FICTIFS = re.compile(r"0199\d{6}|063998\d{4}")
MOTS_PAR_PHRASE = 22
VIDES = {"-", "?", "n/a", "néant", "sans objet", "inconnu", "non renseigné"}


@cache
def catalogue() -> dict[str, Fiche]:
    return lire_catalogue(FICHES, IVRY)


def fiches():
    return list(catalogue().values())


def textes(valeur):
    """Toutes les chaînes d'une fiche que lit une personne, avec leur chemin."""

    def descendre(chemin, v):
        if isinstance(v, BaseModel):
            for nom in type(v).model_fields:
                yield from descendre(f"{chemin}.{nom}", getattr(v, nom))
        elif isinstance(v, list | tuple):
            for rang, element in enumerate(v):
                yield from descendre(f"{chemin}.{rang}", element)
        elif isinstance(v, dict):
            for cle, element in v.items():
                yield from descendre(f"{chemin}.{cle}", element)
        elif type(v) is str:
            yield chemin, v

    return list(descendre(valeur.id, valeur))


def phrases_dites(fiche: Fiche):
    """Les textes de la fiche dits à la personne : ni les clés techniques, ni les mots de recherche."""
    cachees = re.compile(r"\.(id|mots|famille|calcul\.(openfisca|regle)|references|aide_locale|traductions)\b")
    return [(c, t) for c, t in textes(fiche) if not cachees.search(c)]


def numeros(texte: str) -> set[str]:
    """Les numéros de téléphone d'un texte, chiffres seuls."""
    longs = {re.sub(r"\D", "", n) for n in NUMERO_LONG.findall(texte)}
    return longs | set(NUMERO_COURT.findall(texte))


def liens(fiche: Fiche):
    des_etapes = [e.lien for e in fiche.etapes]
    return [lien for lien in (fiche.demande, *des_etapes) if lien]


def test_tous_les_droits_ont_leur_fiche():
    assert len(DROITS) == 73
    assert set(DROITS) - set(catalogue()) == set()


def test_les_droits_de_la_ville_sont_dans_la_ville_et_les_autres_partout():
    assert not [i for i in lire_catalogue(FICHES) if i.startswith(("local_", "registre_"))]
    assert all(i.startswith(("local_", "registre_")) for i in lire_catalogue(IVRY))


def test_deux_droits_ne_portent_pas_le_meme_nom():
    noms = [f.nom.casefold() for f in fiches()]
    assert len(noms) == len(set(noms))


def test_une_fiche_a_des_etapes_ou_dit_pourquoi_une_seule():
    assert not [f.id for f in fiches() if len(f.etapes) < 2 and not f.une_etape]


def test_une_fiche_n_est_ni_plus_ni_moins_sure_que_nos_sources():
    lues = {f.id: f.certitude.references + f.certitude.recours for f in fiches()}
    assert {i: lues[i] for i in CERTITUDES} == CERTITUDES


def test_ce_qui_n_est_pas_sur_est_dit():
    muettes = [
        f.id for f in fiches() if Certitude.C in (f.certitude.references, f.certitude.recours) and not f.a_confirmer
    ]
    assert not muettes
    assert any(f.incertaine for f in fiches())


def test_une_fiche_n_est_pas_verifiee_apres_la_date_de_nos_sources():
    assert not [f.id for f in fiches() if f.verifie_le > RELEVE_DES_SOURCES]


def test_une_fiche_se_relit_dans_l_annee():
    assert not [f.id for f in fiches() if f.a_reverifier_avant > date(2027, 11, 1)]
    assert not [f.id for f in fiches() if f.perimee(RELEVE_DES_SOURCES)]


@pytest.mark.parametrize("point", ["pieces", "delai", "silence", "recours"])
def test_pieces_delai_silence_recours_disent_toujours_quelque_chose(point):
    for fiche in fiches():
        su = getattr(fiche, point)
        if su.connu is None:
            reponse = su.sans_objet or su.inconnu
            assert len(reponse.split()) >= 4, f"{fiche.id}.{point} : {reponse}"
            assert reponse.casefold().strip(" .") not in VIDES, f"{fiche.id}.{point}"


@pytest.mark.parametrize("point", ["pieces", "delai", "silence", "recours"])
def test_ce_qu_on_ignore_dit_a_qui_le_demander(point):
    def dit_a_qui(texte):
        return re.search(r"demande[rz]|appelez|écrivez|adressez|faites-vous aider|voyez|renseigne", texte, re.I)

    vagues = [f.id for f in fiches() if (i := getattr(f, point).inconnu) and not dit_a_qui(i)]
    assert not vagues


def test_un_silence_connu_se_dit_comme_il_se_compte():
    for fiche in fiches():
        regle = fiche.silence.connu
        if regle:
            nombre, unite = (regle.apres_mois, "mois") if regle.apres_mois else (regle.apres_semaines, "semaines")
            assert re.search(rf"\b{nombre}[ \u00a0]{unite}", regle.texte), fiche.id
            assert ("refus" in regle.texte) == (regle.sens == "refus"), fiche.id


def test_un_delai_de_recours_se_dit_comme_il_se_compte():
    for fiche in fiches():
        for voie in fiche.recours.connu or []:
            if voie.delai_mois:
                assert re.search(rf"\b{voie.delai_mois}[ \u00a0]mois", voie.texte), f"{fiche.id} : {voie.texte}"
            if voie.delai_jours:
                assert re.search(rf"\b{voie.delai_jours}[ \u00a0]jours", voie.texte), f"{fiche.id} : {voie.texte}"


def test_un_recours_obligatoire_passe_avant_le_juge():
    for fiche in fiches():
        natures = [v.nature for v in fiche.recours.connu or []]
        if "prealable_obligatoire" in natures and "contentieux" in natures:
            assert natures.index("prealable_obligatoire") < natures.index("contentieux"), fiche.id


def test_aucun_mot_qui_blesse_ou_qui_ferme():
    fautes = [f"{c} : {t}" for f in fiches() for c, t in textes(f) if MOTS_INTERDITS.search(t)]
    assert not fautes


def test_la_typographie_est_francaise_et_sans_adresse_saisie():
    interdit = re.compile(r"""['"]|\.\.\.|https?:| [;?!»]|« """)
    fautes = [f"{c} : {t}" for f in fiches() for c, t in phrases_dites(f) if interdit.search(t)]
    assert not fautes


def test_les_phrases_sont_courtes():
    longues = []
    for fiche in fiches():
        for chemin, texte in phrases_dites(fiche):
            for morceau in re.split(r"(?<=[.!?…])\s+|\s:\s|\s;\s", texte):
                if len(morceau.split()) > MOTS_PAR_PHRASE:
                    longues.append(f"{chemin} ({len(morceau.split())} mots) : {morceau}")
    assert not longues


def test_aucun_numero_de_telephone_qui_ne_soit_donne_ou_fictif():
    fautes = [
        f"{c} : {n}"
        for f in fiches()
        for c, t in phrases_dites(f)
        for n in numeros(t)
        if n not in NUMEROS_CONNUS and not NUMEROS_FICTIFS.fullmatch(n)
    ]
    assert not fautes


@pytest.mark.parametrize(
    ("texte", "trouves"),
    [
        ("Appelez le 115.", {"115"}),
        ("au 3919, jour et nuit", {"3919"}),
        ("au 01 49 60 25 08", {"0149602508"}),
        ("0 800 948 999", {"0800948999"}),
        ("le 100 € de base, 1 043,59 € par mois en 2026", set()),
    ],
)
def test_on_sait_reconnaitre_un_numero(texte, trouves):
    assert numeros(texte) == trouves


def test_tout_lien_mene_a_un_site_de_nos_sources():
    adresses = [(f.id, str(lien.url)) for f in fiches() for lien in liens(f)]
    adresses += [(f.id, adresse) for f in fiches() for r in f.references for _, adresse in r.liens]
    assert not [a for a in adresses if urlsplit(a[1]).hostname not in SITES or urlsplit(a[1]).scheme != "https"]


def test_tout_lien_annonce_le_site_ou_il_mene():
    fautes = [
        f"{f.id} : {lien.site} pour {lien.url}"
        for f in fiches()
        for lien in liens(f)
        if lien.site.casefold() not in (urlsplit(str(lien.url)).hostname or "")
    ]
    assert not fautes


def test_ceux_qui_aident_sont_des_lieux_que_l_annuaire_connait():
    assert not [(f.id, cle) for f in fiches() for cle in f.aide_locale if cle not in LIEUX]


def test_un_article_commence_par_son_numero():
    numero = re.compile(r"[LRDA]?\.? ?\d+(?:[-.]\d+)*\b")
    fautes = [(f.id, a) for f in fiches() for r in f.references for a in r.articles if not numero.match(a)]
    assert not fautes


def test_les_codes_sont_nommes_en_entier():
    sigle = re.compile(r"\b(CSS|CASF|CCH|CRPA|CESEDA|CGCT|CPCE|CMF)\b|\bC\. ")
    assert not [(f.id, r.code) for f in fiches() for r in f.references if sigle.search(r.code)]


def test_on_retrouve_une_fiche_par_plusieurs_mots():
    assert not [f.id for f in fiches() if len(f.mots) < 4]


def test_les_fiches_qui_exposent_une_personne_sont_sensibles():
    assert {"aide_urgence_vvc", "ada", "ame"} <= {f.id for f in fiches() if f.sensible}


def test_une_regle_porte_le_nom_de_sa_fiche():
    assert not [f.id for f in fiches() if f.calcul.regle and f.calcul.regle != f.id]


@pytest.fixture(scope="module")
def variables():
    return FranceTaxBenefitSystem().variables


def test_les_variables_citees_existent_et_vivent_encore(variables):
    citees = [(f.id, nom) for f in fiches() for nom in f.calcul.openfisca or []]
    assert len(citees) > 20
    fin = {(i, n): variables[n].end if n in variables else "absente" for i, n in citees}
    assert not {cle: e for cle, e in fin.items() if e == "absente" or (e and e < RELEVE_DES_SOURCES)}


def test_une_variable_sans_formule_n_est_pas_un_calcul(variables):
    muettes = [(f.id, n) for f in fiches() for n in f.calcul.openfisca or [] if not variables[n].formulas]
    assert not muettes
