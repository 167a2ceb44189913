"""Recevoir un fichier sans jamais le poser en clair sur le disque, ni garder ce qui dépasse la limite."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

TAILLE_MAXIMALE = 10 * 1024**2
# Au-delà, ce n'est plus une erreur à expliquer : on raccroche.
LECTURE_MAXIMALE = 100 * 1024**2


class GarderEnMemoire(FileUploadHandler):
    """
    Garde un fichier en mémoire jusqu'à 10 Mo. Dès qu'il dépasse, tout est lâché : la suite est comptée, jamais gardée,
    et le formulaire reçoit un fichier vide qui connaît sa vraie taille, pour la dire. Passé 100 Mo, la lecture s'arrête.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.tampon = BytesIO()
        self.recus = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.recus += len(raw_data)
        if self.recus > LECTURE_MAXIMALE:
            self.tampon = BytesIO()
            raise StopUpload(connection_reset=True)
        if self.recus > TAILLE_MAXIMALE:
            self.tampon = BytesIO()
        else:
            self.tampon.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.tampon.seek(0)
        return InMemoryUploadedFile(
            file=self.tampon,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
