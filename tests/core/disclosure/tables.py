"""Random tables of persons: municipalities in provinces and in regions across them, by class."""

import random

from pipeline.core.disclosure.cells import Tabel, add_areas, add_rules
from pipeline.core.disclosure.declaration import Regel


def random_table(seed: int, gemeenten: int, klassen: int, provincies: int = 3, regios: int = 5) -> Tabel:
    """Most cells small, as they are in the real ones, and one region in ten municipalities crosses the border of a
    province; the same seed gives the same table.
    """
    dice = random.Random(seed)
    tabel = Tabel()
    areas = []
    for number in range(gemeenten):
        code = f"GM{number:04}"
        regio = dice.randrange(regios) if dice.random() < 0.1 else number * regios // gemeenten
        areas += [
            (code, code),
            (f"PV{number * provincies // gemeenten:02}", code),
            (f"AR{regio:02}", code),
            ("NL", code),
        ]
        for klasse in range(klassen):
            tabel.waarden[f"k.{klasse}", code] = dice.choice((0, 0, 1, 1, 2, 3, 4, 5, dice.randrange(60)))
        tabel.waarden["totaal", code] = sum(tabel.waarden[f"k.{klasse}", code] for klasse in range(klassen))
    tabel.verfijning = dict.fromkeys(tabel.waarden, 0)
    names = {name for name, _ in tabel.waarden}
    add_areas(tabel, names, areas)
    add_rules(tabel, [Regel("som", "totaal", ((1, "k.*"),))])
    return tabel


def changed(tabel: Tabel, seed: int, cells: int) -> tuple[Tabel, set[tuple[str, str]]]:
    """The table of a next edition, in which some municipalities have one person more in a class, and the cells that
    are the same in both.
    """
    dice = random.Random(seed)
    leaves = sorted(cel for cel in tabel.waarden if cel[0] != "totaal" and cel[1].startswith("GM"))
    more = set(dice.sample(leaves, cells))
    new = Tabel({cel: tabel.waarden[cel] + (cel in more) for cel in leaves}, [], dict(tabel.verfijning))
    for verband in sorted(tabel.verbanden, key=lambda one: (one.geheel[0] == "totaal", one.geheel[1] == "NL")):
        new.waarden[verband.geheel] = sum(sign * new.waarden.get(cel, 0) for sign, cel in verband.delen)
    for verband in tabel.verbanden * 2:
        new.waarden[verband.geheel] = sum(sign * new.waarden[cel] for sign, cel in verband.delen)
    new.verbanden = list(tabel.verbanden)
    return new, {cel for cel in tabel.waarden if tabel.waarden[cel] == new.waarden[cel]}
