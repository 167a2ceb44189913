"""Ce que le journal demande à qui agit. La pièce « comptes » en donne la forme complète."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Acteur(Protocol):
    """Genre (agent, personne, partenaire, systeme), identifiant (texte, jamais un nom) et rôle."""

    @property
    def genre(self) -> str: ...

    @property
    def identifiant(self) -> str: ...

    @property
    def role(self) -> str: ...
