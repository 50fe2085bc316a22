"""Where the shipped files are: SQL, templates, reference data, contracts, sample.

In a checkout `sql/` and `report_templates/` stand at the top; in an installed wheel they stand in `pipeline/_house`.
Only paths belong here, no reading.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def house_path(name: str) -> Path:
    """Folder `name` ("sql" or "report_templates") of this installation; FileNotFoundError when it is not shipped."""
    for candidate in (_PACKAGE / "_house" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"map {name!r} ontbreekt in deze installatie; installeer het pakket opnieuw")


def package_path(*parts: str) -> Path:
    """Path inside the package, for example `package_path("contracts")`."""
    return _PACKAGE.joinpath(*parts)


def reference_path(*parts: str) -> Path:
    """Path inside the shipped reference data."""
    return _PACKAGE.joinpath("reference", *parts)
