"""When the report is made without anybody watching, and what must have been delivered by then.

Belongs here: `[planning]` of the settings, the deadline of a delivery, which expected extracts are not there. Not here:
the Dagster schedule and sensor that act on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.contracts import CONTRACTS, Contract, load_contract
from pipeline.core.intake.delivery import Delivery
from pipeline.core.periods import Periode

# So that the day after the deadline is in the month after the half-year, whichever that is.
_MOST_DAYS = 26


@dataclass(frozen=True)
class Planning:
    """`cron`: when the report on the half-year that has closed is made, in the time of Amsterdam. `uiterlijk_dagen`:
    days after the half-year on which its delivery must be complete. `verwacht`: extracts that must be there before an
    arriving delivery becomes a report, beside those that the contracts always require. `aan`: whether schedule and
    sensors run as soon as the daemon does.
    """

    cron: str = "0 6 15 1,7 *"
    uiterlijk_dagen: int = 14
    verwacht: tuple[str, ...] = field(default=())
    aan: bool = False

    def uiterlijk(self, periode: Periode) -> date:
        """The last day on which the delivery of `periode` is in time."""
        return periode.eind + timedelta(days=self.uiterlijk_dagen)


def planning_of_settings(value: object, where: str) -> Planning:
    """The table `planning` of the settings file `where`; GebruiksFout for an unknown key or a value that cannot be.

    Whether the cron is one, only Dagster can tell (orchestration/schedules.py).
    """
    if not isinstance(value, Mapping):
        raise GebruiksFout(f"{where}: planning is geen tabel; schrijf [planning]")
    known = {"cron": str, "uiterlijk_dagen": int, "verwacht": list, "aan": bool}
    for key, item in value.items():
        if key not in known:
            raise GebruiksFout(f"{where}: onbekende instelling planning.{key}; bekend zijn {', '.join(known)}")
        if type(item) is not known[key]:
            raise GebruiksFout(f"{where}: planning.{key} heeft een waarde van de verkeerde soort: {item!r}")
    days = value.get("uiterlijk_dagen", Planning.uiterlijk_dagen)
    if not 0 <= days <= _MOST_DAYS:
        raise GebruiksFout(f"{where}: planning.uiterlijk_dagen moet tussen 0 en {_MOST_DAYS} liggen, niet {days}")
    expected = tuple(value.get("verwacht", ()))
    for name in expected:
        if name not in CONTRACTS:
            raise GebruiksFout(
                f"{where}: planning.verwacht kent geen extract {name!r}; kies uit {', '.join(CONTRACTS)}"
            )
    return Planning(value.get("cron", Planning.cron), days, expected, value.get("aan", Planning.aan))


@dataclass(frozen=True)
class Ontbrekend:
    """An extract that is waited for and not there: its name, who delivers it, and the place it belongs."""

    extract: str
    leverancier: str
    plaats: str


def missing_extracts(delivery: Delivery | None, planning: Planning) -> tuple[Ontbrekend, ...]:
    """What is waited for and not in `delivery` (None: there is no folder yet): extracts that are always required, those
    that the settings expect, and those that belong to one that is there.
    """
    contracts = tuple(load_contract(name) for name in CONTRACTS)
    there = {contract.name for contract in contracts if delivery is not None and delivery.of(contract)}
    return tuple(
        Ontbrekend(contract.name, contract.deliverer, contract.path)
        for contract in contracts
        if contract.name not in there and _awaited(contract, there, planning)
    )


def awaited_extracts(planning: Planning) -> tuple[str, ...]:
    """The extracts that are waited for whatever else is there."""
    return tuple(name for name in CONTRACTS if _awaited(load_contract(name), set(), planning))


def _awaited(contract: Contract, there: set[str], planning: Planning) -> bool:
    return contract.needed or contract.name in planning.verwacht or bool(there.intersection(contract.needed_with))


def deliveries_folder(data: Path) -> Path:
    """Where the own deliveries stand, a folder per half-year."""
    return data / "leveringen"
