"""JCM website, methodologies of a country (path `jc/{letters}-methodologies-proposed`), approved and proposed."""

import re
from collections.abc import Callable

from etl.importers.issuance_rows import PERIOD_SIGN
from etl.importers.jcm_projects import day_stated, listed
from etl.importers.layout import Found, Heading, Line, find_table, not_understood
from etl.importers.sheets import Sheet, sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading, SetAside, SourceNotRead
from etl.sources.value_text import ValueNotUnderstood, in_half_width, without_note
from model.methodology_code import code_of, version_of

HEADINGS = (
    Heading(
        "code",
        (
            "Methodology number",
            "Methodology No.",
            "Methodology code",
            "Approved methodology number",
            "Approved number",
            "Code",
            "Number",
            "方法論番号",
        ),
    ),
    Heading(
        "title",
        ("Title", "Methodology title", "Title of the methodology", "Title of methodology", "方法論名"),
    ),
    Heading("status", ("Status", "状況", "ステータス")),
    Heading("version", ("Version", "Ver.", "Ver", "Version number", "版", "バージョン")),
    Heading("approved_on", ("Approval date", "Date of approval", "Approved on", "承認日")),
    Heading(
        "proposed_code",
        (
            "Proposed methodology number",
            "Proposed methodology No.",
            "Proposed methodology code",
            "Proposed code",
            "Proposed number",
            "提案番号",
            "提案方法論番号",
        ),
    ),
    Heading(
        "proponent", ("Methodology proponent", "Proponent", "Proponents", "Methodology proponents", "提案者")
    ),
    Heading("scopes", ("Sectoral scope", "Sectoral scopes", "Scope", "セクトラルスコープ", "分野")),
)
_START = (
    "Public input start",
    "Start of public input",
    "Public input start date",
    "Public input from",
    "意見募集開始",
)
_END = ("Public input end", "End of public input", "Public input end date", "Public input to", "意見募集終了")
IN_TWO = (*HEADINGS, Heading("start", _START), Heading("end", _END))
IN_ONE = (
    *HEADINGS,
    Heading("input", ("Public input", "Public input period", "Period of public input", "意見募集期間")),
)
"""The days of public input stand in two columns, or in one."""
LAST_SCOPE = 15

_SCOPE = re.compile(r"(?<![\w.])([0-9]{1,2})\s*[.:](?=\s*[^\W\d])")
_SCOPES_ALONE = re.compile(r"[0-9]{1,2}(?:\s*[,;\n]\s*[0-9]{1,2})*")


def read(document: Document, names: Names) -> Reading:
    """Return the methodologies as rows of `methodology`, by code, or by proposed code before they have one.

    Of a methodology that is listed in several versions the latest is returned. Raises SourceNotRead for another layout.
    """
    table = _table(document, sheets_of(document))
    reading = Reading(unknown_headings=tuple(table.unknown))
    latest: dict[str, Observed] = {}
    is_whole = True
    for line in table.lines:
        try:
            row = _methodology(line, names, reading.set_aside)
            before = latest.get(row.key or "", row)
            if before.cells != row.cells and _version(before) == _version(row):
                raise ValueNotUnderstood("a methodology listed once", "一度だけ記載された方法論")
        except ValueNotUnderstood as wrong:
            found = " | ".join(cell for cell in line.cells.values() if cell)
            reading.set_aside.append(not_understood(line, found, wrong.expected_en, wrong.expected_ja))
            is_whole = False
            continue
        latest[row.key or ""] = max(before, row, key=_version)
    reading.observed = list(latest.values())
    country = names.iso3(document.part)
    if country and is_whole and latest and {row.cells["iso3"] for row in reading.observed} == {country}:
        reading.covers = {"methodology": country}
    return reading


def _table(document: Document, sheets: list[Sheet]) -> Found:
    try:
        return find_table(document, sheets, IN_TWO)
    except SourceNotRead as error:
        try:
            return find_table(document, sheets, IN_ONE)
        except SourceNotRead:
            raise error from None


def _version(row: Observed) -> tuple[int, ...]:
    return tuple(int(part) for part in row.cells.get("version", "0").split("."))


def _methodology(line: Line, names: Names, set_aside: list[SetAside]) -> Observed:
    """One row; cells that are not understood stay open and are named. Raises ValueNotUnderstood."""
    code, proposed = (_code(line[field]) for field in ("code", "proposed_code"))
    key = code or proposed
    title = " ".join(line["title"].split())
    if not key or not title:
        raise ValueNotUnderstood(
            "a methodology with a title and a code such as MN_AM001, or a proposed one such as MN_PM001",
            "名称と番号（MN_AM001等。承認前は MN_PM001 等の提案番号）のある方法論",
        )
    iso3 = names.iso3(key[:2])
    if iso3 is None:
        raise ValueNotUnderstood("a methodology of a partner country", "パートナー国の方法論")
    opened = []

    def cell(field: str, column: str, read_value: Callable[[str], str]) -> str:
        try:
            return read_value(line[field]) if line[field] else ""
        except ValueNotUnderstood as wrong:
            opened.append(
                not_understood(line, line[field], wrong.expected_en, wrong.expected_ja, column=column)
            )
            return ""

    start = cell("start", _START[0], day_stated) or cell("input", "Public input", lambda text: _ends(text)[0])
    end = cell("end", _END[0], day_stated) or cell("input", "Public input", lambda text: _ends(text)[1])
    cells = {
        "methodology_code": key,
        "title_en": title,
        "iso3": iso3,
        "status": " ".join(line["status"].split()),
        "version": cell("version", "Version", _version_of),
        "approved_on": cell("approved_on", "Approval date", day_stated),
        "proposed_code": proposed,
        "proponent": listed(line["proponent"]),
        "sector_numbers": cell("scopes", "Sectoral scope", _scopes),
        "public_input_start": start,
        "public_input_end": end,
    }
    set_aside += dict.fromkeys(opened)
    return Observed("methodology", key, {k: v for k, v in cells.items() if v}, line.where)


def _code(text: str) -> str:
    plain = without_note(in_half_width(text))
    code = code_of(plain)
    if code is None and plain.strip():
        raise ValueNotUnderstood(
            "a methodology with a code such as MN_AM001 or MN_PM001",
            "番号（MN_AM001、MN_PM001等）のある方法論",
        )
    return code or ""


def _version_of(text: str) -> str:
    """The version as 1.0, however many zeros it is written with: a spreadsheet makes 1 of it."""
    version = version_of(without_note(in_half_width(text)))
    if version is None:
        raise ValueNotUnderstood("a version such as 1.0 or Ver02.0", "版（1.0、Ver02.0等）")
    return version


def _scopes(text: str) -> str:
    """Numbers of the sectoral scopes, each once, as 1;3."""
    plain = in_half_width(text)
    numbers = re.findall("[0-9]+", plain) if _SCOPES_ALONE.fullmatch(plain) else _SCOPE.findall(plain)
    if not numbers or any(not 1 <= int(number) <= LAST_SCOPE for number in numbers):
        raise ValueNotUnderstood(
            f"sectoral scopes with their numbers, 1 to {LAST_SCOPE}, such as 3. Energy demand",
            f"番号（1～{LAST_SCOPE}）付きのセクトラルスコープ（例：3. Energy demand）",
        )
    return ";".join(dict.fromkeys(str(int(number)) for number in numbers))


def _ends(text: str) -> tuple[str, str]:
    ends = PERIOD_SIGN.split(" ".join(in_half_width(text).split()))
    if len(ends) != 2:
        raise ValueNotUnderstood(
            "two days such as 12 Jan 24 - 26 Jan 24", "期間（例：12 Jan 24 - 26 Jan 24）"
        )
    return day_stated(ends[0]), day_stated(ends[1])


IMPORTER = Importer("jcm-methodologies", read)
