"""Les phrases de la courbe : justes, sans reproche, et sans silence sur ce qu'elle suppose."""

from decimal import Decimal

from pleinsdroits.droits.moteur.essais import dire_la_courbe as dire
from pleinsdroits.droits.moteur.essais.courbe import Courbe, Point
from pleinsdroits.droits.moteur.essais.paliers import IMPOT, baisses, etendues, paliers
from pleinsdroits.droits.moteur.essais.tests.test_faire_durer import NOMS, seul
from pleinsdroits.droits.moteur.inconnues import inconnues
from pleinsdroits.droits.moteur.tests.exemples_regles import JOUR, situation
from pleinsdroits.droits.situation.listes import TypeRevenu
from pleinsdroits.droits.textes import INSECABLE, insecables

REPROCHES = ("perdre", "perdez", "devriez", "malheureusement", "éligible", "seulement")


def courbe(*restes: int, droits: list[dict[str, int]] | None = None, actuel: int = 0, **champs) -> Courbe:
    """Un point tous les 100 €, avec ces restes."""
    des_droits = droits or [{} for _ in restes]
    points = tuple(
        Point(Decimal(100 * n), {d: Decimal(m) for d, m in siens.items()}, {}, {}, Decimal(0), Decimal(reste))
        for n, (reste, siens) in enumerate(zip(restes, des_droits, strict=True))
    )
    return Courbe(JOUR, "1", "moi", Decimal(actuel), Decimal(0), points, **champs)


def test_une_courbe_qui_monte_toujours_n_a_ni_palier_ni_baisse():
    montante = courbe(600, 660, 720)
    assert (baisses(montante), paliers(montante)) == ([], [])
    assert str(dire.resume(montante)).startswith(
        f"De 0{INSECABLE}€ à 200{INSECABLE}€ de salaire, ce qui reste passe de"
    )
    assert f"laissent 60{INSECABLE}€ de plus" in str(dire.resume(montante))


def test_une_baisse_dit_sa_cause_et_ou_l_on_retrouve_son_compte():
    (baisse,) = baisses(courbe(600, 570, 590, 640, droits=[{"rsa": 100}, {}, {}, {}]))
    assert (baisse.de, baisse.a, baisse.ecart, baisse.retour) == (0, 100, -30, 300)
    texte = str(dire.dire_la_baisse(baisse, NOMS))
    assert insecables(": « Revenu de solidarité active (RSA) » s’arrête.") in texte
    assert f"À partir de 300{INSECABLE}€" in texte


def test_une_baisse_sans_retour_ne_promet_rien():
    (baisse,) = baisses(courbe(600, 500, 550))
    assert baisse.retour is None
    assert "À partir" not in str(dire.dire_la_baisse(baisse, NOMS))


def test_quelques_euros_de_moins_ne_se_disent_pas():
    assert baisses(courbe(600, 595, 650)) == []


def test_un_palier_reunit_les_centaines_qui_se_suivent():
    (palier,) = paliers(courbe(600, 660, 665, 668, 740))
    assert (palier.de, palier.a, palier.ecart) == (100, 300, 8)
    assert f"200{INSECABLE}€ gagnés laissent 8{INSECABLE}€ de plus" in str(dire.dire_le_palier(palier, NOMS))


def test_un_palier_deja_dit_par_une_baisse_ne_se_redit_pas():
    creuse = courbe(600, 570, 575, 640)
    assert len(baisses(creuse)) == 1
    assert paliers(creuse) == []


def test_l_impot_est_une_cause_comme_une_autre():
    points = courbe(600, 610).points
    avec_impot = courbe(600, 610)
    fin = Point(points[1].salaire, {}, {}, {}, Decimal(90), points[1].reste)
    (palier,) = paliers(Courbe(JOUR, "1", "moi", Decimal(0), Decimal(0), (avec_impot.points[0], fin)))
    assert [c.quoi for c in palier.causes] == [IMPOT]
    assert "l’impôt augmente" in str(dire.dire_le_palier(palier, NOMS))


def test_chaque_aide_a_son_etendue():
    (etendue,) = etendues(courbe(600, 650, 700, droits=[{}, {"ppa": 40}, {"ppa": 70}]))
    assert (etendue.droit, etendue.de, etendue.a, etendue.maximum) == ("ppa", 100, 200, 70)


def test_le_salaire_d_aujourd_hui_et_cent_euros_de_plus():
    assert f"il resterait 60{INSECABLE}€ de plus" in str(dire.aujourd_hui(courbe(600, 660, actuel=0)))
    assert "Sans salaire, comme aujourd’hui" in str(dire.aujourd_hui(courbe(600, 660, actuel=0)))
    assert f"il resterait 10{INSECABLE}€ de moins" in str(dire.aujourd_hui(courbe(600, 660, 650, actuel=100)))


def test_hors_de_la_courbe_rien_n_est_dit_d_aujourd_hui():
    assert dire.aujourd_hui(courbe(600, 660, actuel=5000)) is None


def test_les_reserves_disent_ce_que_l_on_suppose():
    inconnu = situation(logement={"loyer": None})
    manques = tuple(i.manque for i in inconnues(inconnu, JOUR))
    dites = " ".join(
        str(r)
        for r in dire.reserves(
            courbe(1, 2, retires=(TypeRevenu.CHOMAGE,), gardees=("pch",), manques=manques), inconnu, NOMS
        )
    )
    for attendu in (
        "qui dure",
        "Le chômage n’est pas compté",
        "Prestation de compensation",
        insecables("Combien payez-vous de loyer, sans les charges ?"),
    ):
        assert attendu in dites


def test_aucun_reproche():
    tout = [dire.resume(courbe(1, 2)), *dire.reserves(courbe(1, 2), seul(0), NOMS), *map(str, dire.RETIRES.values())]
    baisse = courbe(600, 500, 650, 655)
    tout += [dire.dire_la_baisse(baisses(baisse)[0], NOMS), dire.dire_le_palier(paliers(baisse)[0], NOMS)]
    assert not [mot for texte in tout for mot in REPROCHES if mot in str(texte).lower()]
