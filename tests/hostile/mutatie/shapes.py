"""Mutants of what guards spreadsheets and zips: one rule each, and the test that notices."""

from tests.hostile.mutatie.model import INTAKE, Mutant


def sheet(rule: str, old: str, new: str, test: str, file: str = "spreadsheetguard") -> Mutant:
    return Mutant(rule, f"{INTAKE}/{file}.py", old, new, ("tests/hostile/test_spreadsheets.py", test))


def zipped(rule: str, old: str, new: str, test: str) -> Mutant:
    return Mutant(rule, f"{INTAKE}/archives.py", old, new, ("tests/hostile/test_archives.py", test))


MUTANTS = (
    sheet("versleuteld OOXML", '"EncryptedPackage".encode("utf-16-le") in data or', "", "xlsx and wachtwoord"),
    sheet("FILEPASS in xls", "or _has_filepass(data)", "", "xls and wachtwoord"),
    sheet("versleuteld ODS", 'if b"encryption-data" in parts', 'if b"geen" in parts', "ods and wachtwoord"),
    sheet("geen spreadsheet", "if not data.startswith(ZIP):", "if False:", "html"),
    sheet("DOCTYPE", 'if _DECLARATION.search(content.replace(b"\\0", b"")):', "if False:", "entiteitenbom"),
    sheet("DOCTYPE in UTF-16", 'search(content.replace(b"\\0", b""))', "search(content)", "UTF"),
    sheet("codering van een onderdeel", "if strange or not", "if strange and not", "EBCDIC"),
    sheet("grootte van een blad", "if rows > MAX_ROWS or", "if rows < 0 and", "onmogelijke or herhaald or laatste"),
    sheet("aantal onderdelen", "if len(infos) > MAX_PARTS:", "if False:", "onderdelen"),
    sheet("dubbel onderdeel", "if name.casefold() in seen:", "if False:", "twee"),
    sheet("uitgepakte grootte", "if room < 0:", "if False:", "blanks"),
    sheet(
        "onmogelijke plaats", "if match is None:\n                raise", "if False:\n                raise", "plaats"
    ),
    sheet("onmogelijke herhaling", "if not text.isdecimal()", "if False and not text.isdecimal()", "onmogelijke"),
    sheet("foutcellen", 'if self._type == "e":', "if False:", "error"),
    sheet("formule zonder waarde", "and not self._value and not self._valued", "and False", "formula_without"),
    sheet("lege uitkomst is een waarde", 'self._type == "str"', "False", "formula_with_a_value"),
    sheet("xlsb", 'if "xl/workbook.bin" in parts:', "if False:", "xlsb"),
    sheet("odt", 'if b"spreadsheet" not in', 'if b"" not in', "odt"),
    sheet("verborgen rij in ods", "if self._hidden and", "if False and", "hidden_rows_in_ods"),
    sheet("getallen met een komma", '.replace(".", ",")', "", "one_text", "spreadsheets"),
    sheet("dagen rond 1900", "if day < _UNSURE_BEFORE", "if False", "february or one_text", "spreadsheets"),
    sheet("15 cijfers", "if abs(value) >= _EXACT:", "if False:", "too_long", "spreadsheets"),
    sheet("voorloopnullen", "text.zfill(width) if text.isdecimal() else text", "text", "leading_zero", "spreadsheets"),
    sheet("verborgen blad", "if hidden and filled:", "if False:", "hidden_rows_columns", "spreadsheets"),
    sheet("lege werkmap", "if not any(sheet.rijen for sheet in sheets):", "if False:", "inhoud", "spreadsheets"),
    sheet("aantal bladen", "if len(names) > MAX_SHEETS:", "if False:", "zestig", "spreadsheets"),
    sheet("lege rijen houden hun nummer", "skip_empty_area=False", "skip_empty_area=True", "screen", "spreadsheets"),
    sheet("oud Excel-bestand", 'if guarded.kind == "xls":', "if False:", "old_workbook", "spreadsheets"),
    sheet(
        "verborgen rijen", "if sheet.row_dimensions[number].hidden", "if False", "hidden_rows_col", "spreadsheetlayout"
    ),
    sheet("verborgen kolommen", "if dimension.hidden:", "if False:", "hidden_rows_col", "spreadsheetlayout"),
    sheet("samengevoegd", "if item.max_row > item.min_row", "if False", "merged_over", "spreadsheetlayout"),
    sheet("1904", "workbook.epoch == CALENDAR_MAC_1904", "False", "1904", "spreadsheetlayout"),
    zipped("pad met ..", 'or ".." in parts', "", "pad"),
    zipped("absoluut pad", 'or name.startswith("/")', "", "absoluut or netwerkpad"),
    zipped("schijfletter", 'or ":" in name', "", "schijfletter"),
    zipped("backslash", '.replace("\\\\", "/")', "", "backslash"),
    zipped("verwijzing", "not in (0, stat.S_IFREG, stat.S_IFDIR)", "in ()", "verwijzing or bijzonder"),
    zipped("onzichtbare tekens", 'or any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name)', "", "RTL"),
    zipped("NUL in naam", 'if "\\0" in info.orig_filename or', "if", "NUL"),
    zipped("tekens van Windows", "_RESERVED & set(name) or", "", "Windows"),
    zipped("diepte", "if len(parts) > grenzen.diepte or", "if False or", "diep"),
    zipped("aantal bestanden", "if len(infos) > grenzen.leden:", "if False:", "veel"),
    zipped("totale grootte", "if size > grenzen.totaal:", "if False:", "samen"),
    zipped("grootte van een bestand", "if info.file_size > grenzen.lid:", "if False:", "bestand and groot"),
    zipped("verhouding", "if info.file_size > grenzen.verhouding_vanaf and", "if False and", "verhouding"),
    zipped("overlap", "if packed > pad.stat().st_size:", "if False:", "elkaar"),
    zipped("wachtwoord", "if info.flag_bits & _ENCRYPTED_FLAG:", "if False:", "wachtwoord"),
    zipped("inpakwijze", "if info.compress_type not in _METHODS:", "if False:", "inpakwijze"),
    zipped("zip in zip bij naam", "if name.casefold().endswith(_ARCHIVES):", "if False:", "7z"),
    zipped("zip in zip bij inhoud", 'if start == b"PK\\x03\\x04":', "if False:", "andere"),
    zipped("dubbele naam", "if key in seen:", "if False:", "dubbele or hoofdletters"),
    zipped("bestand en map", "for key in sorted(folders & set(seen)):", "for key in ():", "map_met or en and map"),
    zipped("de lijst wordt niet geloofd", "if left:\n", "if False:\n", "smaller"),
    zipped("nooit overschrijven", 'target.open("xb")', 'target.open("wb")', "link"),
    zipped("V-nummer in een naam", "return shown_value(masked(name))", "return shown_value(name)", "v_number"),
)
