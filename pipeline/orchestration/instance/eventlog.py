"""Dagster's event log in SQLite, with one connection per file that stays open.

Belongs here: how the events of a run reach the files. Not here: which events there are, and what stands in the files:
Dagster's own storage writes both, so its UI and daemon read them as they are.

Dagster opens a connection for every statement and waits for the disk after every event; for a run of 150 tables that
is some two thousand times. Here a connection stays open until the instance is closed, and SQLite's write-ahead log is
synced at its checkpoints alone: a power cut can lose the last events, never damage the file. An edition does not rest
on them.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

# As Dagster's own.
_BUSY_SECONDS = 30
# One for the index over the runs, the others for runs; a reader of many runs does not keep them all open.
_OPEN_FILES = 4


class OpenEventLog(SqliteEventLogStorage):
    """Dagster's event log, at `base_dir`. Threads take turns, as in Dagster's own."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._known_tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "OpenEventLog":
        """As Dagster makes it from settings."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as con, con.begin():
                yield con

    def _engine(self, shard: str) -> Engine:
        if shard in self._engines:
            self._engines.move_to_end(shard)
            return self._engines[shard]
        while len(self._engines) >= _OPEN_FILES:
            self._engines.popitem(last=False)[1].dispose()
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=QueuePool,
            pool_size=1,
            # Making the tables of a new file takes a second one.
            max_overflow=1,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _without_sync)
        self._engines[shard] = engine
        return engine

    def has_table(self, table_name: str) -> bool:
        """Whether the index holds the table; asked for every event, and a table does not go away."""
        if table_name not in self._known_tables and super().has_table(table_name):
            self._known_tables.add(table_name)
        return table_name in self._known_tables

    def dispose(self) -> None:
        """Close the files."""
        super().dispose()
        with self._db_lock:
            while self._engines:
                self._engines.popitem()[1].dispose()


def _without_sync(connection: Any, _record: Any) -> None:
    connection.execute("pragma synchronous = normal")
