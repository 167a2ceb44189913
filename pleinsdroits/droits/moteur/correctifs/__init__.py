"""
Nos corrections d'OpenFisca-France, une par défaut constaté, chacune datée, sourcée et débranchable.

Débranchable, parce que c'est la preuve : en retirant une correction à la fois, tout écart entre notre calcul et
OpenFisca nu reçoit le nom de celle qui le cause.
"""

from pleinsdroits.droits.moteur.correctifs import age, css, etrangers, famille, logement, rsa, socle
from pleinsdroits.droits.moteur.correctifs.base import Correctif

# L'ordre compte : le socle déclare les jumelles que les autres lisent.
CORRECTIFS: tuple[Correctif, ...] = (
    *socle.CORRECTIFS,
    *age.CORRECTIFS,
    *rsa.CORRECTIFS,
    *etrangers.CORRECTIFS,
    *css.CORRECTIFS,
    *famille.CORRECTIFS,
    *logement.CORRECTIFS,
)
