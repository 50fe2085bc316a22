"""The sentence of a finding and the readable selection of many."""

from pipeline.core.intake.findings import Bevinding, Ernst, LeveringGeweigerd, readable_lines, shown_value


def finding(number: int, kind: str = "lege cel", file: str = "a.csv") -> Bevinding:
    return Bevinding(file, "de cel is leeg.", "Vul haar.", Ernst.GEWEIGERD, kind, regel=number)


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    full = Bevinding(
        "a.xlsx", "'x' is fout.", "Herstel.", Ernst.GEWEIGERD, "c", blad="Blad 1", regel=3, kolom="aantal", waarde="x"
    )
    assert full.zin == "a.xlsx, blad 'Blad 1', regel 3, kolom 'aantal': 'x' is fout. Herstel."
    assert Bevinding("a.csv", "Gelezen.", "", Ernst.OPMERKING, "c").zin == "a.csv: Gelezen."
    assert (
        Bevinding("a.csv", "Leeg.", "", Ernst.BLOKKADE, "c", kolom="'s-Gravenhage").zin
        == 'a.csv, kolom "\'s-Gravenhage": Leeg.'
    )


def test_many_of_one_kind_are_counted_and_no_kind_is_hidden() -> None:
    findings = [*(finding(number) for number in range(2, 15)), finding(99, "dubbele sleutel"), finding(1, file="b.csv")]
    assert readable_lines(findings, per_kind=2) == (
        "a.csv, regel 2: de cel is leeg. Vul haar.",
        "a.csv, regel 3: de cel is leeg. Vul haar.",
        "a.csv, regel 99: de cel is leeg. Vul haar.",
        "b.csv, regel 1: de cel is leeg. Vul haar.",
        "a.csv: en nog 11 keer 'lege cel'; de afkeurlijst noemt ze alle 13.",
    )


def test_exactly_as_many_as_are_shown_need_no_count() -> None:
    assert len(readable_lines([finding(1), finding(2)], per_kind=2)) == 2


def test_a_refusal_keeps_what_it_does_not_write_out() -> None:
    findings = tuple(finding(number) for number in range(1, 31))
    refusal = LeveringGeweigerd("Geweigerd.", findings)
    assert len(refusal.regels) == 11
    assert refusal.bevindingen == findings
    assert str(refusal).splitlines()[0] == "Geweigerd."


def test_a_value_is_shown_without_signs_that_nobody_sees() -> None:
    assert shown_value("a\u200b\nb\x07") == "a\ufffd⏎b\ufffd"
    assert shown_value("x" * 60) == "x" * 60
    assert shown_value("x" * 61) == "x" * 59 + "…"
