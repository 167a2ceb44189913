"""Ce que les réponses déjà données disent du foyer : qui y vit, comment nommer chacun."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

Reponses = dict[str, dict[str, object]]
VOUS, CONJOINT = "moi", "conjoint"
PERSONNES_EN_PLUS = 18
AGE_DES_REVENUS, MAJORITE = 16, 18


@dataclass(frozen=True)
class Gens:
    """Une personne du foyer : ``ident`` (celui de la situation), ``lien``, date de naissance, âge, nom à l'écran."""

    ident: str
    lien: str
    naissance: date
    age: int
    nom: str


@dataclass(frozen=True)
class Contexte:
    """Les ``reponses`` (écran → champ → valeur simple) et le ``jour`` où on les lit."""

    reponses: Reponses
    jour: date

    def dit(self, ecran: str, champ: str, defaut: object = None) -> object:
        """La valeur d'un champ, ``defaut`` si l'écran n'a pas eu de réponse."""
        return self.reponses.get(ecran, {}).get(champ, defaut)

    def dit_de(self, gens: "Gens", champ: str, *ecrans: str) -> object:
        """Ce que dit d'une personne le premier de ces ``ecrans`` qui en parle ; ``None`` si aucun n'en parle."""
        dites = (self.dit(ecran, f"{champ}__{gens.ident}") for ecran in ecrans)
        return next((d for d in dites if d is not None), None)

    def coche(self, ecran: str, champ: str, valeur: str) -> bool:
        """Vrai si ``valeur`` est choisie ou cochée."""
        reponse = self.dit(ecran, champ)
        return valeur in reponse if isinstance(reponse, list) else reponse == valeur

    @cached_property
    def gens(self) -> list[Gens]:
        """Vous d'abord, puis votre conjoint, puis les autres dans l'ordre des lignes."""
        liste = [(VOUS, "demandeur", self.dit("vous", "naissance"))]
        if self.en_couple:
            liste.append((CONJOINT, "conjoint", self.dit("foyer", "naissance_conjoint")))
        for rang in range(PERSONNES_EN_PLUS if self.avec_d_autres else 0):
            lien = self.dit("foyer", f"lien_{rang}")
            liste.append((f"p{rang}", str(lien or "autre"), self.dit("foyer", f"naissance_{rang}")))
        connus = [(i, lien, date.fromisoformat(str(ne))) for i, lien, ne in liste if ne]
        return self._nommes(connus)

    def _nommes(self, connus: list[tuple[str, str, date]]) -> list[Gens]:
        vus: dict[str, int] = {}
        gens = []
        for ident, lien, naissance in connus:
            ans = (
                self.jour.year - naissance.year - ((self.jour.month, self.jour.day) < (naissance.month, naissance.day))
            )
            nom = _nom(lien, ans)
            vus[nom] = vus.get(nom, 0) + 1
            suite = f" ({vus[nom]}e)" if vus[nom] > 1 else ""
            gens.append(Gens(ident, lien, naissance, ans, nom + suite))
        return gens

    @property
    def en_couple(self) -> bool:
        return self.dit("vous", "couple") in ("marie", "pacse", "union_libre")

    @property
    def avec_d_autres(self) -> bool:
        """Vrai si d'autres personnes que le couple vivent ici."""
        return self.coche("vous", "autres", "oui")

    @property
    def enfants(self) -> list[Gens]:
        """Les enfants de moins de 25 ans."""
        return [g for g in self.gens if g.lien == "enfant" and g.age < 25]

    @property
    def vous_et_conjoint(self) -> list[Gens]:
        return [g for g in self.gens if g.ident in (VOUS, CONJOINT)]

    @property
    def autres_en_age_de_revenus(self) -> list[Gens]:
        """Les autres personnes de 16 ans et plus : à elles aussi on demande leurs revenus."""
        return [g for g in self.gens if g.ident not in (VOUS, CONJOINT) and g.age >= AGE_DES_REVENUS]

    @property
    def autres_majeurs(self) -> list[Gens]:
        """Les autres personnes de 18 ans et plus : chacune a ses propres droits."""
        return [g for g in self.autres_en_age_de_revenus if g.age >= MAJORITE]

    @property
    def majeurs(self) -> list[Gens]:
        return self.vous_et_conjoint + self.autres_majeurs

    @property
    def adultes(self) -> list[Gens]:
        return self.vous_et_conjoint + self.autres_en_age_de_revenus


def _nom(lien: str, ans: int) -> str:
    if lien == "demandeur":
        return _("Vous")
    if lien == "conjoint":
        return _("Votre conjoint ou conjointe")
    age = _("de moins d’un an") if ans < 1 else _("d’un an") if ans == 1 else _("de {n} ans").format(n=ans)
    if lien == "enfant":
        return _("Votre enfant {age}").format(age=age)
    if lien == "parent":
        return _("Votre parent {age}").format(age=age)
    return _("La personne {age}").format(age=age)
