"""What a run holds: its choices (folder of the delivery, dates, reason) and one connection to the warehouse of its
half-year.

Belongs here: Dagster resources. The work behind them is in core/config.py and core/warehouse.py.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import Field, PrivateAttr

from pipeline.core.acceptance import check_acceptances
from pipeline.core.config import Instellingen, Run, current_user, load_settings, make_run
from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.core.private import private
from pipeline.core.sealed import seal
from pipeline.core.warehouse import WAREHOUSE, open_warehouse
from pipeline.orchestration.partitions import periode_of
from pipeline.orchestration.tags import PARTITION_TAG, WHO_TAG, WHY_TAG

_log = logging.getLogger(__name__)


class Keuzes(dg.ConfigurableResource):
    """The choices of an analyst for one run; every field may stay empty."""

    levering: str | None = Field(
        default=None, description="Map, zip of adres van de levering; leeg = leveringen/<periode> in de datamap."
    )
    peildatum: str | None = Field(
        default=None, description="Peildatum jjjj-mm-dd; leeg = de eerste dag na het halfjaar."
    )
    briefdatum: str | None = Field(default=None, description="Briefdatum jjjj-mm-dd; leeg = 90 dagen na de peildatum.")
    reden: str | None = Field(default=None, description="Waarom deze editie wordt gemaakt; komt in het logboek.")
    wie: str | None = Field(
        default=None, description="Wie deze editie maakt; leeg = de gebruiker waaronder de dienst draait."
    )
    aanvaard: dict[str, str] = Field(
        default={},
        description="Naam van een controle die waarschuwt: de reden waarom haar bevindingen mogen blijven staan.",
    )
    versie: str = Field(
        default="intern",
        description="intern: exact, blijft binnen; openbaar: daarnaast de editie die naar buiten mag, afgerond.",
    )
    output: str | None = Field(default=None, description="Map voor de edities; leeg = volgens de configuratie.")

    def settings(self) -> Instellingen:
        """Settings of the installation with the output folder of this run."""
        return load_settings(output=Path(self.output) if self.output else None)

    def openbaar(self) -> bool:
        """Whether the edition that may leave the house is made too; GebruiksFout for another word."""
        if self.versie not in ("intern", "openbaar"):
            raise GebruiksFout(f"versie {self.versie!r} bestaat niet; kies uit intern, openbaar")
        return self.versie == "openbaar"

    def accepted(self) -> dict[str, str]:
        """Reason per check whose findings are accepted; GebruiksFout for one that cannot be."""
        return check_acceptances(self.aanvaard)

    def run(self, periode: Periode) -> Run:
        """The run of `periode` with these choices; GebruiksFout for a date that is none."""
        return make_run(
            self.settings(),
            periode,
            self.levering or None,
            _date("peildatum", self.peildatum),
            _date("briefdatum", self.briefdatum),
        )


def _date(name: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise GebruiksFout(f"{name} {text!r} is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2016-07-01") from error


def _tag(instance: dg.DagsterInstance | None, run: dg.DagsterRun, keuzes: Keuzes) -> None:
    """Who and why stand with the run, whether it came from the command line, the form of the web interface or a
    backfill.
    """
    given = {WHO_TAG: keuzes.wie, WHY_TAG: keuzes.reden}
    tags = {WHO_TAG: current_user(), **run.tags, **{name: text for name, text in given.items() if text}}
    if instance is not None:
        instance.add_run_tags(run.run_id, {name: tags[name] for name in given if name in tags})


class Warehouse(dg.ConfigurableResource):
    """The one connection of a run, on the DuckDB file of its half-year; closed whatever happens."""

    keuzes: dg.ResourceDependency[Keuzes]
    _con: duckdb.DuckDBPyConnection | None = PrivateAttr(default=None)
    _folder: Path = PrivateAttr(default=Path())

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Open for the length of the run; BezetFout when another run of the half-year does not let go in time."""
        if context.run is None or PARTITION_TAG not in context.run.tags:
            raise GebruiksFout("kies eerst een halfjaar (partitie) voor deze run")
        periode = periode_of(context.run.tags[PARTITION_TAG])
        _tag(context.instance, context.run, self.keuzes)
        settings = self.keuzes.settings()

        def waiting(said: str) -> None:
            _log.warning(said)
            if context.log:
                context.log.warning(said)

        # A run that a daemon started has the mask of that daemon.
        with (
            private(),
            open_warehouse(settings.output / str(periode) / WAREHOUSE, settings.wachttijd, waiting) as con,
        ):
            self._con = con
            self._folder = settings.output / str(periode)
            try:
                yield self
            finally:
                self._con = None

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The open connection; only during a run."""
        if self._con is None:
            raise RuntimeError("the warehouse is open only during a run")
        return self._con

    @property
    def sealed(self) -> duckdb.DuckDBPyConnection:
        """The same connection for whatever runs SQL files: from here on they reach their tables and, to write the
        edition, the folder of the half-year.
        """
        seal(self.con, self._folder)
        return self.con
