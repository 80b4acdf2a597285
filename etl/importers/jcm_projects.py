"""JCM website, table of all projects (path `jc/{letters}-projects/`): status, registration, participants, methodology."""

import re
import unicodedata

from etl.importers.layout import Heading, Line, find_table, not_understood, stated
from etl.importers.sheets import sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading, SetAside
from etl.sources.date_values import day
from etl.sources.value_text import ValueNotUnderstood, in_half_width, states_no_amount, without_note

REFERENCE_NAMES = (
    "Reference Number",
    "Reference No.",
    "Ref. No.",
    "Project reference number",
    "Project reference No.",
    "JCM reference number",
    "Project number",
    "Project No.",
    "Project ID",
    "参照番号",
    "案件番号",
)
HEADINGS = (
    Heading("reference", REFERENCE_NAMES),
    Heading("country", ("Host Country", "Partner country", "Country", "国", "パートナー国", "ホスト国")),
    Heading(
        "title",
        ("Title", "Project title", "Title of the project", "Title of project", "案件名", "プロジェクト名"),
    ),
    Heading("status", ("Status", "Project status", "状況", "ステータス")),
    Heading("registered_on", ("Registration date", "Date of registration", "Registered on", "登録日")),
    Heading(
        "partner_participants",
        (
            "Host country participants",
            "Participants (host country)",
            "Project participants (host country)",
            "Host country project participants",
            "Participants from host country",
            "Partner country participants",
            "Participants (partner country)",
            "参加者（パートナー国）",
            "参加者（ホスト国）",
        ),
    ),
    Heading(
        "jp_participants",
        (
            "Japanese participants",
            "Participants (Japan)",
            "Project participants (Japan)",
            "Japanese project participants",
            "Participants from Japan",
            "参加者（日本）",
        ),
    ),
    Heading(
        "methodology",
        (
            "Methodology number",
            "Methodology No.",
            "Methodology",
            "Applied methodology",
            "Methodology code",
            "方法論番号",
        ),
    ),
    Heading(
        "methodology_title", ("Methodology title", "Title of the methodology", "方法論名"), is_needed=False
    ),
)
STATUSES = {
    "validation": "validation",
    "under validation": "validation",
    "open for public comments": "validation",
    "open for public inputs": "validation",
    "request for registration": "validation",
    "妥当性確認": "validation",
    "妥当性確認中": "validation",
    "project registered": "registered",
    "registered": "registered",
    "registered project": "registered",
    "登録": "registered",
    "登録済": "registered",
    "登録済み": "registered",
    "request for registration withdrawn": "withdrawn",
    "withdrawn": "withdrawn",
    "取下げ": "withdrawn",
    "取り下げ": "withdrawn",
    "登録申請取下げ": "withdrawn",
}
"""Our term by the word of the site, in lower case. What comes before registration is validation."""

_REFERENCE = re.compile(r"[A-Z]{2}[0-9]{3}")
_BULLET = re.compile(r"^(?:[・•●*]|[-–]\s|\(?[0-9]{1,2}[.)]\s)\s*")


def read(document: Document, names: Names) -> Reading:
    """Return the projects of the table as rows of `project`. Raises SourceNotRead for another layout."""
    table = find_table(document, sheets_of(document), HEADINGS)
    reading = Reading(covers={"project": None}, unknown_headings=tuple(table.unknown))
    seen: dict[str, Observed] = {}
    for line in table.lines:
        try:
            row = _project(line, names)
            if seen.setdefault(row.key or "", row).cells != row.cells:
                raise ValueNotUnderstood("a project listed once", "一度だけ記載された案件")
        except ValueNotUnderstood as wrong:
            _set_aside(line, wrong, reading)
            continue
        reading.set_aside += _open_cells(line)
    reading.observed = list(seen.values())
    return reading


def _set_aside(line: Line, wrong: ValueNotUnderstood, reading: Reading) -> None:
    """Note a row that was not understood, its number first: it is there, and must not look gone."""
    cells = [cell for cell in line.cells.values() if cell]
    try:
        cells = list(dict.fromkeys((reference_of(line["reference"]), *cells)))
    except ValueNotUnderstood:
        if len(cells) > 1:  # a project without its number; one cell alone is a note
            reading.covers = {}
    reading.set_aside.append(not_understood(line, " | ".join(cells), wrong.expected_en, wrong.expected_ja))


def reference_of(text: str) -> str:
    """Return a reference number such as MN006. Raises ValueNotUnderstood."""
    reference = without_note(in_half_width(text)).replace(" ", "").upper()
    if not _REFERENCE.fullmatch(reference):
        raise ValueNotUnderstood(
            "a project with a reference number such as MN006", "参照番号（MN006等）のある案件"
        )
    return reference


def day_stated(text: str) -> str:
    """Return a day as 2026-01-24, empty where the text says that there is none. Raises ValueNotUnderstood."""
    return "" if not text or states_no_amount(text) else day(" ".join(text.split())).isoformat()


def _project(line: Line, names: Names) -> Observed:
    reference = reference_of(line["reference"])
    status = STATUSES.get(_word(line["status"]))
    if status is None:
        known = ", ".join(sorted(set(STATUSES.values())))
        raise ValueNotUnderstood(
            f"a project with a status known here ({known})", f"既知の状況（{known}）にある案件"
        )
    iso3 = names.iso3(line["country"])
    if iso3 is None:
        raise ValueNotUnderstood("a project in a partner country", "パートナー国の案件")
    try:
        registered_on = day_stated(line["registered_on"])
    except ValueNotUnderstood:
        registered_on = ""
    cells = {
        "ref_no": reference,
        "iso3": iso3,
        "title_en": " ".join(line["title"].split()),
        "status": status,
        "registered_on": registered_on,
        "partner_participants": listed(line["partner_participants"]),
        "jp_participants": listed(line["jp_participants"]),
        "methodology": listed(line["methodology"]),
    }
    return Observed("project", reference, {k: v for k, v in cells.items() if v}, line.where)


def _open_cells(line: Line) -> list[SetAside]:
    """Cells of a row that is kept, left open since they are not understood."""
    text = line["registered_on"]
    try:
        day_stated(text)
    except ValueNotUnderstood as wrong:
        return [not_understood(line, text, wrong.expected_en, wrong.expected_ja, column=HEADINGS[4].names[0])]
    return []


def _word(text: str) -> str:
    plain = without_note(in_half_width(unicodedata.normalize("NFKC", text)))
    return " ".join(plain.split()).casefold().rstrip(".")


def listed(text: str) -> str:
    """Return names that stand on lines of their own, or between semicolons, as a list of ours; each once."""
    parts = (_BULLET.sub("", " ".join(part.split())) for part in re.split(r"[\n;；]", text))
    return "; ".join(dict.fromkeys(part for part in parts if stated(part)))


IMPORTER = Importer("jcm-projects", read)
