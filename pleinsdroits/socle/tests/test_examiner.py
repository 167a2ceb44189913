"""Un fichier reçu est reconnu à son contenu ; le reste est refusé avec une phrase claire."""

import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from pleinsdroits.socle.fichiers import examiner
from pleinsdroits.socle.televersement import LECTURE_MAXIMALE, TAILLE_MAXIMALE


def image(format_: str, taille=(60, 40), **options) -> bytes:
    tampon = BytesIO()
    Image.linear_gradient("L").resize(taille).convert("RGB").save(tampon, format_, **options)
    return tampon.getvalue()


def heic() -> bytes:
    """La même suite de boîtes qu'une photo HEIC : un AVIF (même norme) dont on change la marque."""
    return image("AVIF").replace(b"ftypavif", b"ftypheic", 1)


def pdf(*, compresse: bool = False, script: bool = False, joint: bool = False) -> bytes:
    document, tampon = pikepdf.new(), BytesIO()
    document.add_blank_page(page_size=(595, 842))
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = document.make_indirect(action)
    if joint:
        document.attachments["virus.exe"] = b"MZ"
    mode = pikepdf.ObjectStreamMode.generate if compresse else pikepdf.ObjectStreamMode.disable
    document.save(tampon, object_stream_mode=mode)
    return tampon.getvalue()


def archive() -> bytes:
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w") as zippe:
        zippe.writestr("programme.js", "alert(1)")
    return tampon.getvalue()


def recu(octets: bytes, nom: str = "papier.bin", annonce: str = "application/octet-stream"):
    return examiner(SimpleUploadedFile(nom, octets, annonce))


def refus(octets: bytes, nom: str = "papier.pdf", annonce: str = "application/pdf") -> str:
    with pytest.raises(ValidationError) as erreur:
        recu(octets, nom, annonce)
    return erreur.value.messages[0]


@pytest.mark.parametrize(
    ("octets", "genre", "extension"),
    [
        (pdf(), "application/pdf", "pdf"),
        (pdf(compresse=True), "application/pdf", "pdf"),
        (image("JPEG"), "image/jpeg", "jpg"),
        (image("PNG"), "image/png", "png"),
        (image("TIFF", compression="tiff_lzw"), "image/tiff", "tif"),
        (heic(), "image/heic", "heic"),
    ],
    ids=["pdf", "pdf compressé", "jpeg", "png", "tiff", "heic"],
)
def test_un_papier_est_reconnu_quels_que_soient_son_nom_et_son_type_annonce(octets, genre, extension):
    vu = recu(octets, "photo.exe", "text/html")
    assert (vu.genre, vu.extension, vu.taille, vu.octets) == (genre, extension, len(octets), octets)
    assert repr(vu).count("b'") == 0


def test_un_tiff_de_plusieurs_pages_est_garde_entier():
    pages = [Image.new("1", (80, 60)) for _ in range(3)]
    tampon = BytesIO()
    pages[0].save(tampon, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert recu(tampon.getvalue()).genre == "image/tiff"


def test_une_photo_de_telephone_de_48_megapixels_passe():
    assert recu(image("JPEG", (8000, 6000), quality=30)).genre == "image/jpeg"


@pytest.mark.parametrize(
    "octets",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + pdf(),
        b"<!doctype html>" + pdf(),
        archive(),
        image("JPEG") + archive(),
        image("PNG") + b"<script>alert(1)</script>",
        pdf() + archive(),
        b"GIF89a" + b"\0" * 50,
        image("WEBP"),
        image("AVIF"),
        b"bonjour",
    ],
    ids="html exe+pdf html+pdf zip jpeg+zip png+script pdf+zip gif webp avif texte".split(),
)
def test_autre_chose_qu_un_papier_est_refuse_meme_bien_nomme(octets):
    assert refus(octets) == "Ce fichier n’est ni un PDF ni une photo."


@pytest.mark.parametrize(
    "octets",
    [
        image("JPEG")[:400],
        image("PNG")[:-30],
        image("TIFF")[:300],
        heic()[:-10],
        heic()[:60],
        pdf()[:200],
        b"\xff\xd8\xff" + b"x" * 500,
        b"%PDF-1.7\n" + b"x" * 500,
    ],
)
def test_un_fichier_coupe_ou_contrefait_est_refuse(octets):
    assert "abîmé" in refus(octets)


@pytest.mark.parametrize(
    "octets",
    [
        pdf(script=True),
        pdf(script=True, compresse=True),
        pdf(script=True).replace(b"/JavaScript", b"/J#61v#61Script"),
        pdf(joint=True),
        pdf(joint=True, compresse=True),
        pdf().replace(b"/Type /Catalog", b"/Type /Catalog /AA << /O << /S /Rendition /JS (x) >> >>"),
        pdf().replace(b"/Type /Catalog", b"/Type /Catalog /A << /S /Launch /F (x) >>"),
    ],
    ids=["script", "script compressé", "script déguisé", "joint", "joint compressé", "js court", "lancement"],
)
def test_un_pdf_qui_porte_un_programme_ou_un_fichier_est_refuse(octets):
    assert "programme ou un fichier caché" in refus(octets)


def test_un_pdf_protege_qu_on_ne_peut_pas_regarder_est_refuse():
    document, tampon = pikepdf.open(BytesIO(pdf(script=True))), BytesIO()
    document.save(
        tampon,
        encryption=pikepdf.Encryption(owner="a", user=""),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    assert "Ce PDF est protégé" in refus(tampon.getvalue())


def test_des_objets_compresses_qui_explosent_sont_refuses_sans_remplir_la_memoire():
    bombe = zlib.compress(b"\0" * 300_000_000)
    corps = b"%PDF-1.7\n1 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + bombe + b"\nendstream endobj\n"
    tracemalloc.start()
    assert "abîmé" in refus(corps + b"startxref\n9\n%%EOF\n")
    assert tracemalloc.get_traced_memory()[1] < 150_000_000
    tracemalloc.stop()


def test_une_image_demesuree_est_refusee_avant_d_etre_decodee():
    geante = bytearray(image("PNG"))
    entete = b"IHDR" + (40_000).to_bytes(4) * 2 + geante[24:29]
    geante[12:33] = entete + zlib.crc32(entete).to_bytes(4)
    tracemalloc.start()
    assert "trop grande" in refus(bytes(geante))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_un_fichier_vide_est_refuse():
    assert refus(b"") == "Ce fichier est vide. Choisissez-en un autre."


@given(st.binary(max_size=400), st.sampled_from([pdf(), image("JPEG"), image("PNG"), heic(), image("TIFF")]), st.data())
@example(b"\xff\xd8\xff", b"", None)
@settings(max_examples=150, deadline=None)
def test_aucun_contenu_ne_fait_tomber_l_examen(ajout, modele, data):
    ou = data.draw(st.integers(0, len(modele))) if data else 0
    try:
        recu(modele[:ou] + ajout + modele[ou + len(ajout) :])
    except ValidationError as erreur:
        assert erreur.messages[0].endswith(".")


class PapierForm(forms.Form):
    piece = forms.FileField()
    note = forms.CharField()

    def clean_piece(self):
        return examiner(self.cleaned_data["piece"])


class Envoi:
    """Un envoi de formulaire produit à mesure qu'on le lit : rien n'est gardé de notre côté."""

    def __init__(self, taille: int) -> None:
        tete = b'--b\r\nContent-Disposition: form-data; name="piece"; filename="a.pdf"\r\n\r\n'
        fin = b'\r\n--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nbonjour\r\n--b--\r\n'
        self.morceaux = [(tete, 1), (b"%PDF" * 16384, taille // 65536), (fin, 1)]
        self.longueur = sum(len(m) * n for m, n in self.morceaux)
        self.tampon, self.lus = b"", 0
        self.suite = (m for m, n in self.morceaux for _ in range(n))

    def read(self, combien: int = -1) -> bytes:
        while len(self.tampon) < combien and (morceau := next(self.suite, b"")):
            self.tampon += morceau
        rendu, self.tampon = self.tampon[:combien], self.tampon[combien:]
        self.lus += len(rendu)
        return rendu

    readline = read


def requete(corps: Envoi) -> WSGIRequest:
    entetes = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=b", "wsgi.input": corps}
    return WSGIRequest({**entetes, "CONTENT_LENGTH": str(corps.longueur), "SERVER_NAME": "x", "SERVER_PORT": "80"})


def test_trente_mega_octets_sont_refuses_par_une_phrase_sans_etre_gardes():
    envoi = requete(Envoi(30 * 1024**2))
    tracemalloc.start()
    formulaire = PapierForm(envoi.POST, envoi.FILES)
    assert tracemalloc.get_traced_memory()[1] < 25 * 1024**2
    tracemalloc.stop()
    assert formulaire.errors["piece"] == [
        "Ce fichier pèse 30 Mo. Le maximum est 10 Mo. Vous pouvez aussi l’apporter ou l’envoyer par la poste."
    ]
    assert formulaire.cleaned_data["note"] == "bonjour"
    assert envoi.FILES["piece"].read() == b""


def test_un_fichier_sous_la_limite_arrive_entier_et_reste_en_memoire():
    envoi = requete(Envoi(9 * 1024**2))
    piece = envoi.FILES["piece"]
    assert piece.size == len(piece.read()) == 9 * 1024**2
    assert not hasattr(piece, "temporary_file_path")


def test_au_dela_de_cent_mega_octets_on_cesse_de_lire():
    corps = Envoi(150 * 1024**2)
    envoi = requete(corps)
    assert not envoi.FILES
    assert corps.lus < LECTURE_MAXIMALE + 1024**2


def test_un_octet_de_trop_ne_se_dit_pas_dix_mega_octets():
    assert refus(b"%PDF" + b" " * TAILLE_MAXIMALE).startswith("Ce fichier pèse 10,1 Mo. Le maximum est 10 Mo.")
