"""The tree as a whole: no address of a package index in it, and the licence complete."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# Made on this machine, not part of the tree.
MADE = {".git", ".venv", "build", "dist", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}

# A host whose name says that it serves packages, and the settings that would name one.
ADDRESSES = (
    re.compile(rb"https?://[^/\s\"']*(?:pypi|pythonhosted|npm|registry|artifact|mirror)[^/\s\"']*", re.I),
    re.compile(rb"(?<!no-emit-)(?:index-url|find-links)[= ]"),
    re.compile(rb"https?://[^\s\"']*/simple/"),
    re.compile(rb"(?:\"resolved\": *|registry *= *)\"?https?:"),
)


def tree(checkout: Path) -> Iterator[Path]:
    """The files of the project, whether or not git is on this machine."""
    for path in sorted(checkout.iterdir()):
        if path.name in MADE or path.name == "output":
            continue
        if path.is_file():
            yield path
        else:
            yield from (one for one in path.rglob("*") if one.is_file() and not MADE & set(one.parts))


def addresses(content: bytes) -> list[bytes]:
    """What looks like the address of a package index in a file."""
    return [match.group() for pattern in ADDRESSES for match in pattern.finditer(content)]


def test_no_file_names_a_package_index(checkout: Path) -> None:
    found = {str(path.relative_to(checkout)): addresses(path.read_bytes()) for path in tree(checkout)}
    found.pop(str(Path(__file__).relative_to(checkout)))
    assert len(found) > 30
    assert {name: hits for name, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    "line",
    [
        b"--index-" + b"url https://example.org/",
        b"extra-index-" + b"url = https://example.org/",
        b"https://example.org/sim" + b"ple/duckdb/",
        b"# https://py" + b"pi.example.org/project",
        b'"resolved": "https' + b'://example.org/x.tgz"',
    ],
)
def test_an_address_would_be_noticed(line: bytes) -> None:
    assert addresses(b"first\n" + line + b"\nlast\n")


def test_an_ordinary_source_is_not_taken_for_one() -> None:
    assert (
        addresses(b"https://www.cbs.nl/nl-nl/cijfers/detail/37230ned  --no-emit-index-url --no-emit-find-links") == []
    )


def test_the_licence_is_the_whole_eupl(checkout: Path) -> None:
    text = (checkout / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [int(number) for number in re.findall(r"^(\d+)\.[A-Z]", text, re.M)] == list(range(1, 16))
    appendix = text.split("Appendix\n")[-1]
    assert appendix.count("\n— ") == 10
    assert text.rstrip().endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version."
    )
