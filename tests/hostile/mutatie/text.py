"""Mutants of what guards text: bytes, lines, heads, values, rows and the account of a file."""

from tests.hostile.mutatie.model import INTAKE, Mutant

BYTES, STRUCTURE, VALUES = "hostile/test_bytes.py", "hostile/test_structure.py", "hostile/test_values.py"
LISTS, FILES, HALVES = "hostile/test_persons.py", "hostile/test_files.py", "hostile/test_half_years.py"
PEOPLE, CONTRACTS = "hostile/test_people.py", "hostile/test_contracts.py"
LINES, INTAKE_TESTS = "core/intake/test_csvlines.py", "core/intake/test_intake.py"


def in_file(file: str, *rows: tuple[str, str, str, str, str]) -> tuple[Mutant, ...]:
    """Mutants of one module: (rule, old, new, test file, words)."""
    return tuple(Mutant(rule, f"{INTAKE}/{file}.py", old, new, (f"tests/{t}", k)) for rule, old, new, t, k in rows)


UNREAD, SERIALS, SECOND = (f"hostile/test_{name}.py" for name in ("unread_rows", "serials", "second_table"))
LEAKS, ORDER, LITTER = "core/intake/test_leaks.py", "hostile/test_date_order.py", "hostile/test_litter.py"
UNMET, SIEVE = "core/intake_shapes/test_corrections.py", "core/intake/test_sieve.py"
LARGE = "core/intake/test_large_corrections.py"
FOLDERS, OPTIONS, KEYS = (
    f"core/intake_shapes/test_{name}.py" for name in ("work_folders", "source_options", "host_keys")
)

MUTANTS = (
    *in_file(
        "unreadrows",
        ("V-nummer boven de koppen", "_V_NUMBER.search(cell) or", "", UNREAD, "titel"),
        ("nummer zonder V", "or _BARE_NUMBER.fullmatch(cell.strip())", "", UNREAD, "zonder and titel"),
        ("volle rij boven de koppen", "(full > 1 and", "(False and", UNREAD, "volle"),
        ("blad met personen", "any(holds_person(cells) for _, cells in rows)", "False", UNREAD, "personen"),
    ),
    *in_file(
        "spreadsheets",
        ("telt vanaf 1904", "if layout.epoch_1904 else", "if False else", SERIALS, "1904"),
        ("begin van de telling onbekend", 'if kind == "ods" else None', "if True else None", SERIALS, "oud or large"),
    ),
    *in_file(
        "delivery",
        ("map achter een verwijzing", "if entry.path.is_symlink() and", "if False and", FILES, "folder"),
    ),
    *in_file(
        "reader",
        ("tweede tabel op een blad", "if other_head(cells, header, contract)]", "if False]", SECOND, "blad"),
        ("inhoud onder geen kop", "    _note_unnamed(account, header, landed)\n", "", UNREAD, "geen"),
    ),
    *in_file(
        "files",
        ("blad zonder koppen", "if header is None and sheet.rijen]", "if False]", UNREAD, "blad"),
        (
            "rijen boven de koppen",
            "header, contract, periode, document), *above)",
            "header, contract, periode, document),)",
            UNREAD,
            "rij",
        ),
        (
            "rijen boven de koppen op een blad",
            "(*heads, *rows_above(state.entry.name, header, above))",
            "(*heads,)",
            UNREAD,
            "rij",
        ),
        (
            "rijen van een geweigerd bestand",
            "sink.withdraw({part.number for part in state.parts})",
            "pass",
            SECOND,
            "refused",
        ),
    ),
    *in_file(
        "preflight",
        ("leeg bestand", "    if not data:\n", "    if False:\n", BYTES, "leeg"),
        ("geen tekst", "if not text.strip():", "if False:", BYTES, "witregels or alleen"),
        ("te groot", "if size > contract.max_bytes:", "if False:", BYTES, "groot"),
        ("te lange regel", "if since_end + first > _LONGEST_LINE:", "if False:", "hostile/test_large.py", "too_long"),
        ("een map", "if not stat.S_ISREG(status.st_mode):", "if False:", FILES, "folder_named"),
        ("pdf", '    (b"%PDF-", "een pdf"),\n', "", BYTES, "pdf"),
        ("zip", '    (b"PK\\x03\\x04", "een zip of een spreadsheet (xlsx, ods)"),\n', "", BYTES, "xlsx"),
        ("xls", '(b"\\xd0\\xcf\\x11\\xe0", ', '(b"\\xd0\\xcf\\x11\\xe1", ', BYTES, "xls"),
        ("gzip", '    (b"\\x1f\\x8b", "een gzip-bestand"),\n', "", BYTES, "gzip"),
        ("parquet", '    (b"PAR1", "een Parquet-bestand"),\n', "", BYTES, "parquet"),
        ("html", "if _MARKUP.match(", "if False and _MARKUP.match(", BYTES, "html"),
        ("html in UTF-16", 'start.replace(b"\\0", b"")', "start", BYTES, "html and 16"),
        ("UTF-32", "if data.startswith(_UTF32_MARKS):", "if False:", BYTES, "32"),
        ("BOM van UTF-8", "if data.startswith(_UTF8_MARK):", "if False:", BYTES, "BOM"),
        ("BOM van UTF-16", "if data.startswith(mark):", "if False:", BYTES, "16"),
        (
            "streng lezen",
            "return data.decode(codec)",
            'return data.decode(codec, "ignore")',
            BYTES,
            "afgebroken or half",
        ),
        ("twee coderingen", "if utf8 and windows:", "if False:", BYTES, "coderingen"),
        ("vol NUL", 'if text.count("\\0") >', 'if False and text.count("\\0") >', BYTES, "zonder and BOM"),
        ("codering genoemd", 'if encoding.startswith("UTF-8"):', "if True:", BYTES, "cp1252"),
        ("regeleinden", '_LINE_END = re.compile("\\r\\n|\\n|\\r")', '_LINE_END = re.compile("\\n")', BYTES, "CR"),
    ),
    *in_file(
        "csvlines",
        (
            "NUL in een regel",
            'if "\\0" in line:\n        return Record',
            "if False:\n        return Record",
            BYTES,
            "NUL",
        ),
        (
            "NUL in een cel",
            'if "\\0" in line:\n            return None',
            "if False:\n            return None",
            LINES,
            "nul",
        ),
        ("rij in een cel", "return None if swallowed or width", "return None if width", STRUCTURE, "open and aan"),
        ("andere breedte", "or width not in (None, len(cells))", "", LINES, "another_width"),
        ("regels in een cel", "start + 1 + MAX_LINES_IN_CELL", "start + 1 + 10**9", LINES, "too_many"),
        ("dubbele tekens", ".replace('\"\"', '\"')", "", LINES, "one_line or read_back"),
        (
            "midden in een cel",
            "if text[match.end()] != delimiter:\n            return Fault.STRAY",
            "if text[match.end()] != delimiter:\n            return tuple(cells)",
            STRUCTURE,
            "midden",
        ),
        (
            "niet gesloten",
            "return Record(start + 1, start + 1, None, cells)",
            "return Record(start + 1, len(lines), None, cells)",
            STRUCTURE,
            "gesloten",
        ),
    ),
    *in_file(
        "headers",
        ("eerste 25 regels", "SEARCHED_LINES = 25", "SEARCHED_LINES = 250", STRUCTURE, "25"),
        ("genoeg koppen", "best.matched >= _enough(contract)", "best.matched >= 0", STRUCTURE, "ander"),
        (
            "tweede tabel",
            "return found is not None and found.matched >= _enough(contract)",
            "return False and found is not None and found.matched >= _enough(contract)",
            SECOND,
            "csv or blad",
        ),
        ("kolom dubbel", "doubles.extend(place for place, _ in found[1:])", "pass", STRUCTURE, "twee"),
        ("kolom ontbreekt", "if not column.may_lack]\n", "if False]\n", STRUCTURE, "ontbreekt or ontbreken"),
        (
            "ander halfjaar",
            "*(_other_half(header, periode, document) if contract.half_in_heads else ()),",
            "",
            HALVES,
            "2",
        ),
        ("halfjaren door elkaar", "elif len(found) == 1:", "elif found:", HALVES, "elkaar or beginsaldo"),
        ("onbekende kolom", "*_extra(header, document),", "", STRUCTURE, "veel"),
        ("koppen in hoofdletters", ".casefold().split()", ".split()", STRUCTURE, "hoofdletters"),
    ),
    *in_file(
        "reader",
        ("aantal cellen", "elif cells is None or len(cells) != width:", "elif cells is None:", STRUCTURE, "cel"),
        ("koppen herhaald", "elif cells == header.cells:", "elif False:", STRUCTURE, "herhaald"),
        (
            "lege regels",
            "if cells is not None and not any(cell.strip() for cell in cells):",
            "if False:",
            STRUCTURE,
            "lege",
        ),
        ("regels verantwoord", "if landing.lines != lines:", "if False:", INTAKE_TESTS, "line_without"),
        ("kolom zonder kop", "if cells[place].strip():", "if False:", STRUCTURE, "zonder"),
        ("titelregels", "if not above:\n", "if True:\n", STRUCTURE, "titel"),
        (
            "koppen herhaald op een blad",
            "for line, cells in filled if cells != header.cells]",
            "for line, cells in filled]",
            PEOPLE,
            "blad",
        ),
    ),
    *in_file(
        "dates",
        (
            "jaar van twee cijfers",
            '_DASHES = "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}"',
            '_DASHES = "[0-9-]{6,10}"',
            LISTS,
            "twee",
        ),
        (
            "schuin zonder nullen",
            '_SLASHES = "[0-9]{2}/[0-9]{2}',
            '_SLASHES = "[0-9]{1,2}/[0-9]{1,2}',
            PEOPLE,
            "nullen",
        ),
        ("bewijs van maand voorop", "coalesce({second} > 12, false)", "false", LISTS, "voorop"),
        ("bewezen volgorde", "case when not {MONTH_FIRST} then", "case when true then", PEOPLE, "bewijst"),
        (
            "grenzen van serienummers",
            "'2000-01-01' and date '2049-12-31'",
            "'1900-01-01' and date '2199-12-31'",
            PEOPLE,
            "bedrag",
        ),
        ("begin van serienummers", "date(1899, 12, 30)", "date(1899, 12, 31)", LISTS, "serienummer"),
        ("alleen middernacht", '"[ T]0?0:00(:00([.]0+)?)?$"', '"[ T][0-9:]+$"', LISTS, "tijd"),
        ("namen van maanden", '("februari", "feb")', '("feber", "feb")', LISTS, "woord"),
    ),
    *in_file(
        "litter",
        ("rommel van het systeem", "or last in _FILES", "", LITTER, "folder"),
        ("rommel van een Mac", "or last.startswith(_OF_MACOS)", "", LITTER, "folder"),
        ("map van een Mac", "_FOLDER in parts or", "", LITTER, "folder or zip"),
        ("slot van Excel", "last.startswith(_OF_EXCEL) or", "", LITTER, "folder"),
        ("slot van LibreOffice", "or (last.startswith(start) and last.endswith(end))", "", LITTER, "folder"),
        ("slot is een waarschuwing", "Ernst.WAARSCHUWING", "Ernst.OPMERKING", LITTER, "folder or warning"),
    ),
    *in_file(
        "delivery",
        ("rommel wordt genoemd", ", *litter_findings(delivery.skipped))", ",)", LITTER, "folder"),
        ("rommel wordt niet gelezen", "if entry not in litter]", "]", LITTER, "folder"),
    ),
    *in_file(
        "archives",
        ("rommel in een zip wordt genoemd", "litter_findings(litter), grenzen", "(), grenzen", LITTER, "zip"),
    ),
    *in_file(
        "corrections",
        ("correctie zonder bestand", "if left:\n", "if False:\n", UNMET, "met_no_file"),
        (
            "welk bestand een correctie bedoelt",
            "if item.bestand is None and len(delivered) > 1:",
            "if False:",
            UNMET,
            "welk",
        ),
        ("correctie op een andere naam", "item.bestand not in delivered:", "False:", UNMET, "andere"),
        ("correctie op wat niet kwam", "    if not delivered:\n", "    if False:\n", UNMET, "geleverd"),
    ),
    *in_file(
        "transcoding",
        ("regeleinden van een groot bestand", "translate=True", "translate=False", SIEVE, "way_a_large"),
        ("UTF-16 van een groot bestand", "if start.startswith(mark):", "if False:", SIEVE, "way_a_large"),
        ("cp1252 van een groot bestand", '("utf-8", "cp1252")', '("utf-8", "latin-1")', SIEVE, "way_a_large"),
    ),
    *in_file(
        "largefile",
        ("twee coderingen in een groot bestand", "and not windows.add(chunk))", "and False)", SIEVE, "way_a_large"),
        ("NUL in een groot bestand", "nuls * _NUL_SHARE > signs", "False", SIEVE, "way_a_large"),
        ("vrij teken", "{sign for sign in free if sign in text}", "set()", SIEVE, "way_a_large"),
        ("lange regel in een groot bestand", 'or not seen.add(text.encode("utf-8"))', "", SIEVE, "way_a_large or long"),
    ),
    *in_file(
        "sieve",
        ("NUL in een regel van een groot bestand", " or contains(tekst, chr(0))", "", SIEVE, "encoding"),
        ("verbeterde rijen apart", '*(f"not ({condition})" for condition in ours)', "*()", LARGE, "elk"),
        ("verbeterde regels apart", "if item.regel is not None}))", "if False}))", LARGE, "elk"),
        ("verbeteren voor het vergelijken", "        correct()\n", "", LARGE, "sleutel or elk"),
    ),
    *in_file(
        "extract",
        ("correctie eenmaal toegepast", "        del round_.applied[applied:]\n", "", LARGE, "after_all"),
    ),
    *in_file(
        "workfolders",
        ("achtergebleven map", "        shutil.rmtree(path)\n", "        pass\n", FOLDERS, "killed"),
        (
            "map van een levend proces",
            "fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)\n        shutil",
            "shutil",
            FOLDERS,
            "killed",
        ),
    ),
    *in_file(
        "sourceoptions",
        ("geheim in de instellingen", "any(part in last for part in _SECRETS)", "False", OPTIONS, "wrong_table"),
        ("geheim dat ontbreekt", "if not environment.get(item.omgeving):", "if False:", OPTIONS, "not_set"),
        ("geheim in een tabel", "_value(inner, f", "inner or (f", OPTIONS, "wrong_table"),
    ),
    *in_file(
        "hostkeys",
        ("andere server", "if fingerprint_of(key.asbytes()) != fingerprint:", "if False:", KEYS, "another"),
        ("zonder vingerafdruk", "_FINGERPRINT.fullmatch(fingerprint) is None or", "", KEYS, "without"),
        ("elke sleutel vertrouwd", "is None or _POLICY in options", "is None", KEYS, "without"),
    ),
    *in_file("takein", ("gevonden bij het ophalen", "before=source.bevindingen,", "", LITTER, "zip")),
    *in_file(
        "dateorder",
        ("onbewezen volgorde", 'where="true",', 'where="false",', ORDER, "niets"),
        ("bewezen dag voorop", "having not ({proof}) and", "having", ORDER, "bewijst"),
        ("bewijs in een andere kolom", "for column in slashed)", "for column in slashed[:1])", ORDER, "andere"),
        ("bewezen maand voorop", "and not bool_or({MONTH_FIRST})", "", ORDER, "month_first"),
    ),
    *in_file(
        "dates",
        ("hetzelfde getal", "and {first} <> {second}, false)", ", false)", ORDER, "hetzelfde or alleen"),
        (
            "middernacht in een bewijs",
            "    day = _day_part(text)\n    whole",
            "    day = text\n    whole",
            PEOPLE,
            "midd",
        ),
    ),
    *in_file(
        "sqltext",
        ("drie cijfers na een punt", "([.][0-9]{3}){1,2}", "([.][0-9]{1,3}){1,2}", VALUES, "refused"),
        ("voorloopnul", "(0|[1-9][0-9]{0,8}|", "([0-9]{1,9}|", VALUES, "refused"),
        ("negen cijfers", "[1-9][0-9]{0,8}|", "[1-9][0-9]{0,9}|", VALUES, "refused"),
        ("teken voor een getal", 'INTEGER = "[+−-]?', 'INTEGER = "', VALUES, "read"),
        ("harde spaties", '"[\\\\s\\\\x{00A0}\\\\x{2007}\\\\x{202F}]"', '"[\\\\s]"', VALUES, "read"),
        ("losse accenten", "nfc_normalize({expression})", "{expression}", BYTES, "NFD"),
        ("onzichtbare tekens", "[\\\\p{Cc}\\\\p{Cf}\\\\p{Zl}\\\\p{Zp}]", "[\\\\p{Cc}]", VALUES, "refused"),
    ),
    *in_file(
        "columnsql",
        ("formule als naam", "coalesce(left({clean(column)}, 1) in ('=', '@'), false)", "false", VALUES, "formule"),
        ("naam niet eenduidig", "coalesce({codes(column)} > 1, false)", "false", INTAKE_TESTS, "two_municip"),
        (
            "hoofdletters in een waarde",
            "lower(replace({clean(column)}, ' ', '_'))",
            "{clean(column)}",
            PEOPLE,
            "hoofdl",
        ),
        ("V-nummer in andere kolom", 'f" and not {holds_number(column)}"', '""', PEOPLE, "andere"),
        ("grenzen zelf mogen", "not between {_bound", "not between 1 + {_bound", VALUES, "CASES or values or read"),
    ),
    *in_file(
        "compiler",
        ("dubbele sleutel", "having count(*) > 1", "having count(*) > 9", VALUES, "twee"),
        (
            "losse tekst",
            "cases = [f\"when {count} = 1 then 'los'\"]",
            "cases = []\n        _ = [count]",
            STRUCTURE,
            "bron",
        ),
        ("geen lege totaalregel", "when ({one}) and {rest} then", "when ({one}) then", STRUCTURE, "provincie"),
        ("regel zwijgt over foute cel", "not ({' or '.join(faults) or 'false'}) and", "", CONTRACTS, "grens"),
        ("alleen geaccepteerde rijen", "self.left_over if rule.across_rows else ROWS", "ROWS", PEOPLE, "geweigerde"),
        (
            "andere extracten aanwezig",
            "self.around.accepted.issuperset(",
            "(lambda _: True)(",
            PEOPLE,
            "zonder_personen",
        ),
    ),
    *in_file(
        "controltotals",
        ("totaal van de kolom", "coalesce({_differs(name, column.name)}, true)", "false", STRUCTURE, "klopt"),
        ("totaal na een weigering", 'if complete else "false"', "", STRUCTURE, "vergeleken"),
        ("totaal van de rijen", "coalesce({_differs(number, _COUNT)}, false)", "false", LISTS, "totaal"),
    ),
    *in_file(
        "extract",
        ("aandeel geweigerd", "accepted = share <= contract.max_refused and", "accepted =", VALUES, "getal and leeg"),
        ("te veel geweigerd", "if not contract.max_refused or refused", "if True or refused", INTAKE_TESTS, "beyond"),
        (
            "rijen verantwoord",
            "if judged.rows + judged.totals != landed or",
            "if False and",
            INTAKE_TESTS,
            "row_without",
        ),
        (
            "V-nummer in een bericht",
            "masked_finding(_without_line(finding) if contract.personal else finding)",
            "_without_line(finding) if contract.personal else finding",
            PEOPLE,
            "bericht or andere_kolom",
        ),
        ("regel zonder tekst", "_without_line(finding) if contract.personal else", "finding if True else", LEAKS, ""),
    ),
    *in_file(
        "files",
        ("naam van een gemeente", "if code is None:", "if False:", PEOPLE, "naam"),
        ("twee bestanden", "elif counts[code] > 1:", "elif False:", PEOPLE, "twee"),
        ("lijst zonder rijen", "_judge_rows(state, contract)\n    if", "if", CONTRACTS, "gemeenten_huisvesting-aantal"),
    ),
    *in_file(
        "delivery",
        ("twee overzichten", "if len(entries) == 1:", "if entries:", FILES, "two_overviews"),
        ("onbekend bestand", "for entry in delivery.unclaimed(contracts)", "for entry in ()", FILES, "other_files"),
        ("map zonder recht", "onerror=errors.append", "onerror=None", FILES, "folder_without"),
        ("hoofdletters in namen", "entry.name.casefold(), contract", "entry.name, contract", FILES, "capitals"),
    ),
)
