"""kill -9 in every step of a run, from reading to signing: what was there stays whole, and the next run works.

Each run is a process of its own that is killed where the step begins, in one folder, so that each is the next run of a
killed one. What is typeset here is a blank page: tests/editions/test_killed.py kills the typesetting itself. A few of
the steps are tried each time, VOORTGANG_STAPPEN=alle tries them all.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pipeline.cli import main
from pipeline.core.config import CONFIG_VARIABLE
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of, signed_folder
from pipeline.core.editions import documents
from pipeline.core.house import package_path
from pipeline.core.manifest import output_hashes
from pipeline.core.periods import Periode
from pipeline.core.readers import copy_place
from pipeline.core.signing import PASSPHRASE_VARIABLE
from pipeline.core.verification import compare_files
from tests.editions.signing import SECRET, certificate, key_file

DELIVERY = package_path("sample", "leveringen", "2016-I")
PERIODE = Periode(2016, 1)
ALL = os.environ.get("VOORTGANG_STAPPEN") == "alle"
ACCEPT = ["--accepteer", "taakstelling_aangekondigd=de twee ontbrekende plaatsen zijn bekend"]
REPORT = ["rapport", "2016-I", "--levering", str(DELIVERY), *ACCEPT]


@dataclass(frozen=True)
class Step:
    """A step by the function that begins it, as its caller knows it; killed at call number `call`, after it when
    `after`. `whole`: an edition is there all the same. `always`: tried in every run of the tests.
    """

    name: str
    function: str
    call: int = 1
    after: bool = False
    whole: bool = False
    always: bool = False


ASSETS = "pipeline.orchestration.assets"
EDITIONS = "pipeline.core.editions"
STEPS = (
    Step("parameters", f"{ASSETS}.extracts:store_parameters", after=True),
    Step("inlezen", f"{ASSETS}.extracts:take_in"),
    Step("ingelezen", f"{ASSETS}.extracts:take_in", after=True),
    Step("staging", f"{ASSETS}.tables:build_table", call=3, after=True),
    Step("metrics", f"{ASSETS}.tables:build_table", call=30, after=True, always=True),
    Step("report", f"{ASSETS}.tables:build_table", call=80, after=True),
    Step("controles", f"{ASSETS}.tables:run_check", call=9),
    Step("bevriezen", f"{EDITIONS}:freeze_all", after=True),
    Step("document", f"{EDITIONS}:_render", after=True),
    Step("manifest", f"{EDITIONS}:write_manifest", after=True),
    Step("leeskopie", f"{EDITIONS}:write_copy", after=True),
    Step("plaatsen", f"{EDITIONS}:place_edition", always=True),
    Step("geplaatst", f"{EDITIONS}:place_edition", after=True, whole=True, always=True),
    Step("logboek", f"{ASSETS}.report:note", whole=True),
)
PUBLICATION = "pipeline.core.publication"
SIGNING = (
    Step("ondertekenen", f"{PUBLICATION}:sign_edition", after=True),
    Step("ondertekening plaatsen", f"{PUBLICATION}:place_signed"),
    Step("ondertekening geplaatst", f"{PUBLICATION}:place_signed", after=True, always=True),
    Step("publiceren", f"{PUBLICATION}:mark_published", whole=True),
)


def blank(_con: object, _meta: object, folder: Path) -> list[Path]:
    """In the place of the documents: blank pages, the same bytes each time."""
    made = [folder / name for name in documents(PERIODE)]
    for path in made:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(path, static_id=True)
    return [path for path in made if path.suffix == ".pdf"]


def die_at(step: Step) -> None:
    """Let this process end where `step` begins, or where it has ended, as by kill -9."""
    module, _, name = step.function.partition(":")
    room = import_module(module).__dict__
    real, calls = room[name], 0

    def deadly(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        made = real(*arguments, **named) if calls < step.call or step.after else None
        if calls >= step.call:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    room[name] = deadly


def serve() -> None:
    """In a process that has loaded everything: a child per line of standard input; its exit status comes back."""
    for module in ("pipeline.definitions", "pipeline.orchestration.run", PUBLICATION, "pyhanko.sign"):
        import_module(module)
    import_module(EDITIONS).__dict__.update(_render=blank)
    for judge in (EDITIONS, "pipeline.core.signing"):
        import_module(judge).__dict__.update(keur=lambda _: ())
    print("klaar", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            with Path(os.devnull).open("w", encoding="utf-8") as nothing:
                os.dup2(nothing.fileno(), 1)
            if asked["stap"]:
                die_at(Step(**asked["stap"]))
            os._exit(main(asked["opdracht"]))
        print(os.waitpid(child, 0)[1], flush=True)


@dataclass
class Office:
    """A folder with settings, a key to sign with and edition 1 published as 2; and the process that starts the runs."""

    output: Path
    process: "subprocess.Popen[str]"

    def run(self, command: list[str], step: Step | None = None) -> int:
        """The status of a child that ran `command`, killed at `step`."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"stap": asdict(step) if step else None, "opdracht": command}) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def state(self) -> tuple[str, dict[str, dict[str, object]]]:
        """The published edition and the hash of each of its files."""
        counts = published_edition(self.output, PERIODE)
        assert counts is not None
        return counts.name, output_hashes(counts)

    def faults(self) -> list[str]:
        """What is wrong with any edition."""
        return [
            str(one)
            for nummer in self.numbers()
            for one in compare_files(
                self.output, PERIODE, nummer, manifest_of(edition_folder(self.output, PERIODE, nummer))
            )
            if one.hard
        ]

    def numbers(self) -> tuple[int, ...]:
        return edition_numbers(self.output, PERIODE)

    def killed(self, command: list[str], step: Step) -> None:
        """Kill a run at `step`: what is published stays, and every edition is whole."""
        before, numbers = self.state(), self.numbers()
        status = self.run(command, step)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
        assert self.state() == before
        assert self.faults() == []
        assert len(self.numbers()) - len(numbers) == step.whole

    def left(self) -> list[Path]:
        return list((self.output / str(PERIODE)).rglob(".bezig-*"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("kantoor")
    key = ec.generate_private_key(ec.SECP256R1())
    key_file(folder / "directie.p12", key, certificate(key))
    settings = 'output = "output"\n[ondertekening]\nsleutel = "directie.p12"\n'
    (folder / "voortgang.toml").write_text(settings, encoding="utf-8")
    environment = {
        **os.environ, CONFIG_VARIABLE: str(folder / "voortgang.toml"), PASSPHRASE_VARIABLE: SECRET
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", "from tests.editions.test_killed_steps import serve; serve()"],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "klaar\n"
        made = Office(folder / "output", process)
        assert made.run(REPORT) == 0
        assert made.run(["publiceer", "2016-I", "1", "--reden", "eerste"]) == 0
        yield made
        process.stdin.close()
        process.wait(timeout=60)


def tried(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps if ALL or step.always]


@pytest.mark.parametrize("step", tried(STEPS), ids=lambda step: step.name)
def test_killed_in_a_step_of_a_run(office: Office, step: Step) -> None:
    office.killed(REPORT, step)


def test_the_run_after_all_these_works(office: Office) -> None:
    before = office.state()
    assert office.run(REPORT) == 0
    assert office.left() == [] and office.faults() == [] and office.state() == before
    assert copy_place(office.output, PERIODE, office.numbers()[-1]).is_file()


def publication(office: Office) -> list[str]:
    """The command that publishes the newest concept."""
    concept = max(
        number
        for number in office.numbers()
        if not manifest_of(edition_folder(office.output, PERIODE, number))["besluit"]["gepubliceerd"]
    )
    return ["publiceer", "2016-I", str(concept), "--reden", "proef"]


@pytest.mark.parametrize("step", tried(SIGNING), ids=lambda step: step.name)
def test_killed_in_a_step_of_publishing(office: Office, step: Step) -> None:
    office.killed(publication(office), step)


def test_the_publication_after_all_these_works(office: Office) -> None:
    assert office.run(publication(office)) == 0
    counts, _ = office.state()
    assert counts == str(office.numbers()[-1]) and office.left() == [] and office.faults() == []
    assert signed_folder(edition_folder(office.output, PERIODE, int(counts))).is_dir()
