"""What the typesetter may read: the files of the template and of the work folder, nothing else.

Belongs here: the fetcher that WeasyPrint is given. Not here: what is in those files. No network, no other folder of
the machine: a template or a name in the data can never pull something else into a report.
"""

import hashlib
import importlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

_TYPEN = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}


def maak_fetcher(werkmap: Path, sjabloonmap: Path) -> Any:
    """A fetcher for WeasyPrint over `sjabloonmap`, and over `werkmap` for what is not there.

    Its `gelezen` maps each file read (its name below its folder) to its SHA-256. It refuses with ValueError, which
    WeasyPrint logs as an error.
    """
    return _fetcher_klasse()(werkmap, sjabloonmap)


@cache
def _fetcher_klasse() -> type[Any]:
    """The class, made on first use so that importing this module does not import WeasyPrint."""
    urls = importlib.import_module("weasyprint.urls")

    class Fetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Reads below two folders."""

        def __init__(self, werkmap: Path, sjabloonmap: Path) -> None:
            super().__init__(allowed_protocols=("file",), allow_redirects=False)
            self._mappen = (werkmap.resolve(), sjabloonmap.resolve())
            self.gelezen: dict[str, str] = {}

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """The file behind `url`; ValueError when it is not one of ours."""
            naam, pad = self._zoek(url)
            content = pad.read_bytes()
            self.gelezen[naam] = hashlib.sha256(content).hexdigest()
            return urls.URLFetcherResponse(pad.as_uri(), content, {"Content-Type": _TYPEN[pad.suffix]})

        def _zoek(self, url: str) -> tuple[str, Path]:
            deel = urlsplit(url)
            if deel.scheme != "file" or deel.netloc:
                raise ValueError(f"{url} is geen bestand van het sjabloon of de werkmap")
            gevraagd = Path(url2pathname(deel.path))
            for basis in self._mappen:
                if not gevraagd.is_relative_to(basis):
                    continue
                naam = gevraagd.relative_to(basis)
                for map_ in reversed(self._mappen):
                    pad = (map_ / naam).resolve()
                    if pad.is_relative_to(map_) and pad.is_file() and pad.suffix in _TYPEN:
                        return naam.as_posix(), pad
            raise ValueError(f"{deel.path} is geen bestand van het sjabloon of de werkmap")

    return Fetcher
