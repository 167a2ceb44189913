import hashlib

import pytest
from django.core.management import CommandError, call_command

from pleinsdroits.journal.models import Entree, ajouter
from pleinsdroits.journal.verification import verifier_journal

pytestmark = pytest.mark.base


def test_un_journal_intact_donne_sa_tete(cinq_lignes, capsys):
    call_command("verifier_journal")
    assert f"5 ligne(s). Tête à noter ailleurs : 5:{cinq_lignes[-1].empreinte}" in capsys.readouterr().out


def test_un_journal_vide_est_intact(db):
    assert verifier_journal().fautes == ()


CHANGEMENTS = {
    "motif": "'autre'",
    "verbe": "'essai.ecrire'",
    "acteur_identifiant": "'quelqu''un d''autre'",
    "cle_objet": "'999'",
    "champs": "'[\"nom\"]'",
    "sel": "''",
    "date": "'2001-01-01 00:00:00+00:00'",
    "consultation": "false",
    "contenu": f"'{'0' * 64}'",
    "precedente": f"'{'1' * 64}'",
    "empreinte": f"'{'2' * 64}'",
    "elaguee": "true",
}


@pytest.mark.parametrize(("champ", "valeur"), CHANGEMENTS.items())
def test_chaque_colonne_changee_se_voit(cinq_lignes, sans_scelles, champ, valeur):
    sans_scelles(f"UPDATE journal_entree SET {champ} = {valeur} WHERE numero = 3")
    assert any("ligne 3" in faute for faute in verifier_journal().fautes)


@pytest.mark.parametrize("numero", [1, 3, 5])
def test_une_ligne_otee_se_voit_meme_la_derniere(cinq_lignes, sans_scelles, numero):
    sans_scelles("DELETE FROM journal_entree WHERE numero = %s", numero)
    assert verifier_journal().fautes


def test_deux_lignes_echangees_se_voient(cinq_lignes, sans_scelles):
    for avant, apres in ((2, 99), (3, 2), (99, 3)):
        sans_scelles("UPDATE journal_entree SET numero = %s WHERE numero = %s", apres, avant)
    assert any("ligne 2" in faute for faute in verifier_journal().fautes)


def test_une_ligne_inseree_se_voit(cinq_lignes, sans_scelles):
    ajout = Entree.objects.get(numero=5)
    ajout.numero, ajout.precedente, ajout._state.adding = 6, ajout.empreinte, True
    ajout.empreinte = ajout.empreinte_attendue()
    ajout.save()
    assert verifier_journal().fautes == ("fin du journal : ligne 5 attendue, ligne 6 trouvée",)


def test_une_ligne_changee_et_rehachee_rompt_la_suite(cinq_lignes, sans_scelles):
    ligne = Entree.objects.get(numero=3)
    ligne.motif = "autre"
    ligne.contenu = ligne.empreinte_du_contenu()
    sans_scelles(
        "UPDATE journal_entree SET motif = %s, contenu = %s, empreinte = %s WHERE numero = 3",
        ligne.motif,
        ligne.contenu,
        ligne.empreinte_attendue(),
    )
    assert verifier_journal().fautes == ("ligne 4 : ne suit pas la ligne 3",)


def test_un_journal_refait_en_entier_se_voit_avec_une_tete_notee_ailleurs(cinq_lignes, sans_scelles):
    notee = f"5:{cinq_lignes[-1].empreinte}"
    sans_scelles("DELETE FROM journal_entree")
    sans_scelles("DELETE FROM journal_tete")
    for _ in range(5):
        ajouter(verbe="essai.refaire")
    assert verifier_journal().fautes == ()
    assert verifier_journal(tete_connue=notee).fautes == (f"la tête notée {notee} n'est plus dans le journal",)


def test_la_commande_echoue_et_dit_ou(cinq_lignes, sans_scelles, capsys):
    sans_scelles("UPDATE journal_entree SET motif = 'x' WHERE numero = 2")
    with pytest.raises(CommandError, match="1 faute"):
        call_command("verifier_journal")
    assert "ligne 2 : récit modifié" in capsys.readouterr().err


def test_l_empreinte_depend_du_sel_et_de_chaque_colonne(cinq_lignes):
    assert len({ligne.contenu for ligne in cinq_lignes}) == 5
    assert all(len(ligne.empreinte) == len(hashlib.sha256().hexdigest()) for ligne in cinq_lignes)
