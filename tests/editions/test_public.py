"""The openbaar edition beside the exact one: nothing of a person in it, made again from its rounding, published along.

The editions are whole but for their documents, which are set in the tests of the whole run.
"""

import csv
import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import duckdb
import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pipeline.cli import main
from pipeline.core import editions, public_edition
from pipeline.core.disclosure.declaration import AfrondFout, soort_van
from pipeline.core.disclosure.public import TABLE, Afronding, find_rounding, read_rounding, write_rounding
from pipeline.core.edition_store import note, noted_lines, public_folder, signed_folder, strays
from pipeline.core.editions import Editie, make_edition
from pipeline.core.errors import GebruiksFout
from pipeline.core.house import package_path
from pipeline.core.manifest import MANIFEST, output_hashes, sha256_file
from pipeline.core.public_edition import published_before
from pipeline.core.publication import PublicatieFout, publish_edition
from pipeline.core.release import SIGNED, release_edition
from pipeline.core.signing import DETACHED, PASSPHRASE_VARIABLE, load_key
from pipeline.core.sqlfiles import load_checks
from pipeline.core.verification import compare_public, compare_signatures, verify_edition
from pipeline.core.warehouse import build_all
from tests.editions.signing import SECRET, certificate, key_file
from tests.editions.small import GEMEENTEN, HALF, warehouse, whole

# The ledger of so few persons is not that of the real overview: what blocks an edition is tested elsewhere.
ACCEPT = {check.name: "proef" for check in load_checks()}


@pytest.fixture(scope="module")
def without_documents() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "_render", lambda *_: ())
        patch.setattr(editions, "refuse_blocked", lambda _: None)
        patch.setattr(public_edition, "refuse_blocked", lambda _: None)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, without_documents: None) -> tuple[Path, Editie]:
    """An output folder with edition 1 of the small delivery and the openbaar one beside it."""
    output = tmp_path_factory.mktemp("openbaar")
    with warehouse(whole().write(tmp_path_factory.mktemp("levering")), HALF, output) as con:
        build_all(con)
        edition = make_edition(con, output, ACCEPT, openbaar=True)
    note(output, HALF, {"editie": 1, "manifest_sha256": edition.inhoud.manifest_sha256})
    return output, edition


@pytest.fixture
def copy(made: tuple[Path, Editie], tmp_path: Path) -> Path:
    """A copy of the output folder that may be written in."""
    target = tmp_path / "kopie"
    shutil.copytree(made[0], target)
    for path in (target, *target.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    return target


def register(folder: Path) -> dict[tuple[str, str], str]:
    with (folder / "cijfers.csv").open(encoding="utf-8", newline="") as file:
        return {(row["cijfer_id"], row["gebied"]): row["waarde"] for row in csv.DictReader(file)}


def outside(edition: Editie) -> Path:
    assert edition.openbaar is not None
    return edition.openbaar


def test_persons_are_rounded_and_the_statutory_figures_exact(made: tuple[Path, Editie]) -> None:
    exact, rounded = register(made[1].map), register(outside(made[1]))
    assert exact.keys() == rounded.keys()
    kinds = {name: soort_van(name) for name, _ in exact}
    assert {"exact", "afgerond", "afgeleid", "waarneming", "weg"} == set(kinds.values())
    assert all(rounded[key] == exact[key] for key in exact if kinds[key[0]] == "exact")
    about_persons = [key for key in exact if kinds[key[0]] == "afgerond" and rounded[key]]
    assert all(
        float(rounded[key]) % 5 == 0 and abs(float(rounded[key]) - float(exact[key])) <= 4 for key in about_persons
    )
    assert sum(rounded[key] != exact[key] for key in about_persons) > 100
    for name in ("koppelingen.totaal", "koppelingen.langer_dan_norm", "opvang.opgevangen"):
        provinces = [float(value) for (one, area), value in rounded.items() if one == name and area.startswith("PV")]
        assert sum(provinces) == float(rounded[name, "NL"]) > 0


def test_below_the_province_realisatie_is_not_divided(made: tuple[Path, Editie]) -> None:
    exact, rounded = register(made[1].map), register(outside(made[1]))
    for gemeente in GEMEENTEN:
        assert exact["aansluiting.geplaatst", gemeente] == "3.0000"
        assert rounded["aansluiting.geplaatst", gemeente] == ""
        assert rounded["realisatie.totaal", gemeente] == exact["realisatie.totaal", gemeente]
        assert rounded["saldo.eind", gemeente] == exact["saldo.eind", gemeente]
    assert rounded["aansluiting.geplaatst", "NL"] != ""


def test_few_persons_have_no_median(made: tuple[Path, Editie]) -> None:
    with (outside(made[1]) / "tabellen" / "wachttijden.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(row["mediaan_dagen"] for row in rows)
    assert all(int(row["aantal"]) >= 10 for row in rows if row["mediaan_dagen"])


def test_nothing_of_a_person_is_in_it(made: tuple[Path, Editie]) -> None:
    folder = outside(made[1])
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {TABLE, "cijfers.csv", "cijfers.json", "manifest.json", "tabellen.xlsx"} <= files
    assert not [name for name in files if name.startswith(("bronnen", "afkeur")) or name.endswith(".parquet")]
    exact = json.loads((made[1].map / "herkomst.json").read_text(encoding="utf-8"))
    told = json.loads((folder / "herkomst.json").read_text(encoding="utf-8"))
    assert "rijen" in exact["sql"][0] and not any("rijen" in one for one in told["sql"])
    assert all(one["rijen_behouden"] % 5 == 0 for one in told["invoer"])
    with (folder / "tabellen" / "overlevingscurven.csv").open(encoding="utf-8", newline="") as file:
        assert not list(csv.DictReader(file)), "a curve of so few persons tells each of them"


def test_what_is_left_out_is_said(made: tuple[Path, Editie]) -> None:
    """Where one municipality in a province has persons at all, its neighbours are not given: it would tell them."""
    folder = outside(made[1])
    dropped = {name for (name, _), value in read_rounding(folder / TABLE).items() if value is None}
    told = register(folder)
    assert "trechter.gekoppeld" in dropped
    assert told["koppelingen.totaal", "GM0106"] == "" and told["koppelingen.totaal", "NL"] != ""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    words = "gekoppelde vergunninghouders en huishoudens per gemeente en arbeidsmarktregio"
    assert words in manifest["openbaar"]["vervallen"]


def test_manifest_and_package_describe_it(made: tuple[Path, Editie]) -> None:
    folder = outside(made[1])
    schema = json.loads(package_path("opendata", "manifest.schema.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(manifest)] == []
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    paths = {one["path"] for one in package["resources"]}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")} - {TABLE} == paths


def test_a_rounding_reads_back_as_it_was_written(tmp_path: Path) -> None:
    rounding: Afronding = {("a", "NL"): 5, ("b", "NL"): None, ("c", "GM1"): -10}
    write_rounding(rounding, tmp_path / TABLE)
    assert read_rounding(tmp_path / TABLE) == rounding
    (tmp_path / TABLE).write_text("cel,gebied,afgerond\na,NL,veel\n")
    with pytest.raises(AfrondFout, match="is niet te lezen"):
        read_rounding(tmp_path / TABLE)


def test_its_rounding_is_kept_and_never_found_again(
    made: tuple[Path, Editie], copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.core.public_edition.find_rounding", lambda *_: pytest.fail("solved again"))
    outcome = verify_edition(copy, HALF, 1)
    assert outcome.vondsten == () and outcome.bewezen
    assert outcome.bestanden > len(json.loads((made[1].map / "manifest.json").read_text())["uitvoer"])
    other = read_rounding(public_folder(copy / "2018-I" / "edities" / "1") / TABLE)
    assert other and all(value is None or value % 5 == 0 for value in other.values())
    (copy / "2018-I" / "edities" / "1.openbaar" / "cijfers.csv").write_text("anders\n")
    assert [found.naam for found in verify_edition(copy, HALF, 1).vondsten] == ["openbaar/cijfers.csv"]


def test_publishing_takes_the_openbaar_edition_along_as_people_saw_it(copy: Path) -> None:
    published = publish_edition(copy, HALF, 1, reden="naar de Kamer", wie="proef")
    first = public_folder(copy / "2018-I" / "edities" / "1")
    assert outside(published) == public_folder(published.map)
    assert (outside(published) / TABLE).read_bytes() == (first / TABLE).read_bytes()
    assert (outside(published) / "cijfers.csv").read_bytes() == (first / "cijfers.csv").read_bytes()
    assert json.loads((copy / "2018-I" / "gepubliceerd.json").read_text())["editie"] == 2
    with duckdb.connect() as con:
        con.execute("create schema eerder")
        con.execute("create table eerder.edities as select '2018-I' as periode, 2 as editie")
        told = published_before(con, copy)
    total = told["eerder.2018-I.opvang.totaal", "NL"]
    assert total and total % 5 == 0


def test_a_touched_openbaar_edition_is_not_published(copy: Path) -> None:
    (copy / "2018-I" / "edities" / "1.openbaar" / TABLE).write_text("cel,gebied,afgerond\n")
    with pytest.raises(PublicatieFout, match=r"openbaar/afronding\.csv"):
        publish_edition(copy, HALF, 1, reden="naar de Kamer", wie="proef")


def test_a_figure_that_stays_exact_stops_it(
    made: tuple[Path, Editie],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    without_documents: None,
) -> None:
    """The rounding of one cell is lost on the way: no edition is made, the exact one neither."""

    def forgets(con: duckdb.DuckDBPyConnection, earlier: object) -> object:
        found = find_rounding(con, {})
        return {cel: value for cel, value in found.items() if cel != ("trechter.gekoppeld", "NL")}

    monkeypatch.setattr("pipeline.core.public_edition.find_rounding", forgets)
    with warehouse(whole().write(tmp_path / "levering"), HALF, tmp_path) as con:
        build_all(con)
        with pytest.raises(AfrondFout, match=r"koppelingen.totaal van NL"):
            make_edition(con, tmp_path, ACCEPT, openbaar=True)
    assert not list((tmp_path / "2018-I" / "edities").glob("*"))
    assert made[1].nummer == 1


def test_it_is_signed_beside_itself_and_a_touched_signature_is_named(copy: Path, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = key_file(tmp_path / "sleutel.p12", key, certificate(key))
    published = publish_edition(
        copy, HALF, 1, reden="r", wie="proef", sleutel=load_key(path, {PASSPHRASE_VARIABLE: SECRET})
    )
    signature = signed_folder(outside(published)) / DETACHED
    good, wrong = compare_signatures(copy, HALF, 2)
    assert [one.bestand for one in good] == [DETACHED, f"openbaar/{DETACHED}"] and wrong == []
    assert strays(copy, HALF) == ()
    signature.chmod(0o600)
    signature.write_bytes(signature.read_bytes()[:-1])
    assert [one.naam for one in compare_signatures(copy, HALF, 2)[1]] == [f"openbaar/{DETACHED}"]


def test_one_that_is_gone_or_is_of_another_edition_is_named(copy: Path) -> None:
    publish_edition(copy, HALF, 1, reden="r", wie="proef")
    folder = copy / "2018-I" / "edities"
    shutil.rmtree(folder / "1.openbaar")
    assert compare_public(copy, HALF, 1) == []
    for path in (folder / "2.openbaar").rglob("*"):
        path.chmod(0o700)
    (folder / "2.openbaar").chmod(0o700)
    manifest = folder / "2.openbaar" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"afgerond_op": 5', '"afgerond_op":  5'))
    assert [one.uitleg for one in compare_public(copy, HALF, 2)] == ["is niet het manifest dat het logboek noemt"]
    shutil.rmtree(folder / "2.openbaar")
    assert [str(one) for one in compare_public(copy, HALF, 2)] == [
        "openbaar: hoort naast de editie te staan, maar ontbreekt of is onvolledig"
    ]


def test_only_the_openbaar_edition_of_a_published_one_is_given_out(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "uit" / "kamer"

    def give(nummer: int, place: Path, *options: str, reden: str = "naar de Kamer") -> int:
        command = ["uitgeven", "2018-I", str(nummer), str(place), "--reden", reden, "--output", str(copy), *options]
        return main(command)

    assert give(1, out) == 3
    assert "editie 1 van 2018-I is een concept en blijft binnen" in capsys.readouterr().err
    key = ec.generate_private_key(ec.SECP256R1())
    path = key_file(tmp_path / "sleutel.p12", key, certificate(key))
    published = publish_edition(
        copy, HALF, 1, reden="r", wie="proef", sleutel=load_key(path, {PASSPHRASE_VARIABLE: SECRET})
    )
    assert give(2, copy / "uit") == 3 and give(2, tmp_path) == 3 and give(2, out, reden=" ") == 3
    told = capsys.readouterr().err
    assert "kies een map daarbuiten" in told and "is geen lege map" in told and "--reden waarom" in told
    assert not out.exists()
    out.mkdir(parents=True)
    monkeypatch.chdir(out)
    assert give(2, Path(), "--json") == 0
    monkeypatch.chdir(tmp_path)
    said = json.loads(capsys.readouterr().out)
    public = outside(published)
    assert output_hashes(out) == output_hashes(public) | {
        f"{SIGNED}/{name}": facts for name, facts in output_hashes(signed_folder(public)).items()
    }
    assert said["bestanden"] == len(output_hashes(out)) and said["manifest_sha256"] == sha256_file(out / MANIFEST)
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()} == {0o600}
    line = noted_lines(copy, HALF, 2)[-1]
    assert line["uitgegeven"] == str(out.resolve()) and line["reden"] == "naar de Kamer" and line["wie"]
    assert line["uitgegeven_sha256"] == said["manifest_sha256"]
    assert [path.name for path in out.parent.iterdir()] == ["kamer"]
    assert verify_edition(copy, HALF, 2).bewezen and strays(copy, HALF) == ()


def test_an_edition_without_an_openbaar_one_stays_inside(copy: Path, tmp_path: Path) -> None:
    public = public_folder(copy / "2018-I" / "edities" / "1")
    shutil.rmtree(public)
    publish_edition(copy, HALF, 1, reden="r", wie="proef")
    with pytest.raises(GebruiksFout, match="is intern en blijft binnen"):
        release_edition(copy, HALF, 2, tmp_path / "uit", reden="r", wie="proef")
    assert not (tmp_path / "uit").exists()


def test_what_was_touched_or_does_not_arrive_leaves_nothing_outside(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = publish_edition(copy, HALF, 1, reden="r", wie="proef")
    copied: list[Path] = []

    def full(source: Path, target: Path) -> None:
        copied.append(target)
        target.write_bytes(source.read_bytes()[:-1])

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full)
        with pytest.raises(PublicatieFout, match="is niet wat in"):
            release_edition(copy, HALF, 2, tmp_path / "uit" / "hier", reden="r", wie="proef")
    assert copied and not list((tmp_path / "uit").iterdir())
    register_file = outside(published) / "cijfers.csv"
    register_file.chmod(0o600)
    register_file.write_bytes(register_file.read_bytes().replace(b"5", b"0", 1))
    with pytest.raises(PublicatieFout, match=r"openbaar/cijfers\.csv"):
        release_edition(copy, HALF, 2, tmp_path / "uit" / "hier", reden="r", wie="proef")
    assert not list((tmp_path / "uit").iterdir())
    assert "uitgegeven" not in noted_lines(copy, HALF, 2)[-1]
