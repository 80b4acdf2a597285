"""JCM website, `JCM_Projects_data.csv`: the place of each project.

One cell holds country, province, address of the site and coordinates on lines of their own. The place may be that of a
headquarters: it is passed on as it is stated. Other columns are not read.
"""

import re

from etl.importers.jcm_projects import REFERENCE_NAMES, reference_of
from etl.importers.layout import Heading, Line, find_table, not_understood, stated
from etl.importers.sheets import sheets_of
from etl.importers.source import Document, Importer, Names, Observed, Reading
from etl.sources.coordinate_values import coordinate
from etl.sources.value_text import ValueNotUnderstood, in_half_width

HEADINGS = (
    Heading("reference", REFERENCE_NAMES),
    Heading(
        "location",
        ("Location of project", "Location of the project", "Project location", "Location", "所在地"),
    ),
)
LINES = 4
FARTHEST_NORTH, FARTHEST_EAST = 90, 180

_EXPECTED = (
    "a latitude of -90 to 90 and a longitude of -180 to 180, such as 47.918, 106.917",
    "緯度（-90以上90以下）と経度（-180以上180以下）の組（例：47.918, 106.917）",
)
_LABEL = re.compile(
    r"\b(?:GPS|coordinates?|lat(?:itude)?|lon(?:g(?:itude)?)?)\b\.?|緯度|経度|座標|[()\[\]:=]", re.IGNORECASE
)
_DEGREES = r"\d{1,3}(?:\.\d+)?"
_ARCS = r"(?:\s*[°º度](?:\s*\d{1,2}(?:\.\d+)?\s*(?:'(?!')|’(?!’)|′|分))?(?:\s*\d{1,2}(?:\.\d+)?\s*(?:\"|”|″|''|’’|秒))?)?"
_ANGLE = rf"(?:(?:北緯|南緯|東経|西経|[NSEW])\s*{_DEGREES}{_ARCS}|[-+]?\s?{_DEGREES}{_ARCS}\s*(?:[NSEW](?![A-Z]))?)"
_PAIR = re.compile(rf"({_ANGLE})(?:\s*[,;/、]\s*|\s+|(?<=[NSEW\"”″秒分]))({_ANGLE})", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<number>{_DEGREES})\s*[°º度]?\s*(?P<after>[NSEW])?", re.IGNORECASE
)


def read(document: Document, names: Names) -> Reading:
    """Return the places as rows of `project`. Raises SourceNotRead for another layout."""
    table = find_table(document, sheets_of(document), HEADINGS)
    reading = Reading(unknown_headings=tuple(table.unknown))
    seen: dict[str, Observed] = {}
    for line in table.lines:
        try:
            reference = reference_of(line["reference"])
        except ValueNotUnderstood as wrong:
            found = " | ".join(cell for cell in line.cells.values() if cell)
            reading.set_aside.append(not_understood(line, found, wrong.expected_en, wrong.expected_ja))
            continue
        place, point = _parts(line, names)
        cells = {"location": place}
        try:
            if point:
                cells["latitude"], cells["longitude"] = coordinates_of(point)
        except ValueNotUnderstood as wrong:
            column = HEADINGS[1].names[0]
            reading.set_aside.append(
                not_understood(line, point, wrong.expected_en, wrong.expected_ja, column=column)
            )
        row = Observed("project", reference, {k: v for k, v in cells.items() if v}, line.where)
        if seen.setdefault(reference, row).cells != row.cells:
            once = (
                "the only place of the project; the first one is kept",
                "唯一の所在地（最初のものを採用）",
            )
            reading.set_aside.append(not_understood(line, line["location"].replace("\n", " | "), *once))
    reading.observed = list(seen.values())
    return reading


def _parts(line: Line, names: Names) -> tuple[str, str]:
    """Place as "address, province", and the text of its coordinates; empty where a line states nothing."""
    lines = [" ".join(text.split()) for text in line["location"].split("\n")]
    point = ""
    if len(lines) == LINES or (len(lines) > 1 and _is_point(lines[-1])):
        point = stated(lines.pop())
    if len(lines) == LINES - 1 or names.iso3(lines[0]):
        lines = lines[1:]
    province, *address = [stated(text) for text in lines] or [""]
    return ", ".join(dict.fromkeys(text for text in (*address, province) if text)), point


def _is_point(text: str) -> bool:
    return not stated(text) or _PAIR.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(_LABEL.sub(" ", in_half_width(text)).split()).strip(" ,;")


def coordinates_of(text: str) -> tuple[str, str]:
    """Return latitude and longitude in degrees; the latitude comes first unless letters say otherwise.

    Raises ValueNotUnderstood for what is no pair of angles, and for a latitude beyond the poles.
    """
    pair = _PAIR.fullmatch(_plain(text))
    if pair is None:
        raise ValueNotUnderstood(*_EXPECTED)
    first, second = pair[1].strip(), pair[2].strip()
    if _axis(first) == "longitude" and _axis(second) == "latitude":
        first, second = second, first
    if _axis(first) == "longitude" or _axis(second) == "latitude":
        raise ValueNotUnderstood(*_EXPECTED)
    try:
        latitude, longitude = _angle(first), _angle(second)
    except ValueNotUnderstood:
        raise ValueNotUnderstood(*_EXPECTED) from None
    if abs(latitude) > FARTHEST_NORTH or abs(longitude) > FARTHEST_EAST:
        raise ValueNotUnderstood(*_EXPECTED)
    return _text(latitude), _text(longitude)


def _axis(angle: str) -> str:
    if re.search("[NS]|[南北]緯", angle, re.IGNORECASE):
        return "latitude"
    return "longitude" if re.search("[EW]|[東西]経", angle, re.IGNORECASE) else ""


def _angle(text: str) -> float:
    signed = _SIGNED.fullmatch(text)
    if signed is None:
        return coordinate(text)
    if signed["before"] and signed["after"]:
        raise ValueNotUnderstood(*_EXPECTED)
    direction = (signed["before"] or signed["after"] or "").upper()
    return coordinate(signed["number"]) * (-1 if direction in {"S", "W"} else 1)


def _text(degrees: float) -> str:
    """Degrees to a tenth of a metre, without zeros at the end."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


IMPORTER = Importer("jcm-locations", read)
