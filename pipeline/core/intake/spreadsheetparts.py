"""Which part of an XLSX container holds which sheet.

Belongs here: the two small files of the container that say so. Not here: the sheets themselves.
"""

import io
import posixpath
import zipfile
from xml.etree import ElementTree  # nosec B405 # the guard refuses every part with a DOCTYPE first

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheet_parts(data: bytes) -> dict[str, str]:
    """Per name of a sheet its part in the guarded container; sheets that cannot be placed are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = {name.casefold(): name for name in container.namelist()}
        workbook = _read(container, names.get("xl/workbook.xml"))
        relations = _read(container, names.get("xl/_rels/workbook.xml.rels"))
    if workbook is None or relations is None:
        return {}
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    found: dict[str, str] = {}
    for item in workbook.iter():
        if not item.tag.endswith("}sheet"):
            continue
        target = targets.get(item.get(_RELATION) or item.get(_STRICT))
        if target:
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            found[item.get("name", "")] = names.get(part.casefold(), part)
    return found


def _read(container: zipfile.ZipFile, name: str | None) -> ElementTree.Element | None:
    if name is None:
        return None
    try:
        # The guard has refused every part with a DOCTYPE, so there are no entities to expand.
        return ElementTree.fromstring(container.read(name))  # noqa: S314  # nosec B314 # see above
    except ElementTree.ParseError:
        return None
