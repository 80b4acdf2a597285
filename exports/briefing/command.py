"""`python -m exports briefing`: packs on the command line, with the numbers of the pages."""

import sys
from datetime import date
from pathlib import Path

from exports.briefing.fonts import FontMissing
from exports.briefing.formats import FORMATS
from exports.briefing.request import Request, RequestError, request_of
from exports.briefing.writing import write
from exports.writing_files import FAILED, refuse, write_files
from queries.outlook import USUAL
from queries.warehouse import Warehouse, WarehouseUnavailable, current
from view.downloads import zipped
from view.texts import LANGUAGES


def brief(
    audience: str = "programme",
    subject: str = "",
    *,
    lang: str = "both",
    as_of: date | None = None,
    earlier: date | None = None,
    scenario: str = USUAL,
    formats: tuple[str, ...] = (),
    to: Path = Path("build/briefing"),
    in_one: bool = False,
) -> int:
    """Make a briefing pack: slides and one slide (PPTX), a page and a paper (PDF), a workbook (XLSX) and a web page (HTML).

    Exit codes: 0 done; 1 the files could not be written; 2 wrong usage or no data.

    Parameters
    ----------
    audience
        programme, country, sector, participant, or comparison of two days.
    subject
        ISO 3166-1 alpha-3 code of the country, number of the sector, or key or name of the participant.
    lang
        en, ja or both.
    as_of
        Take what was known on this day; the day of the data when left out.
    earlier
        The day that a comparison begins with.
    scenario
        Scenario of the outlook: a shipped one by its code.
    formats
        Of pptx, slide, page, pdf, xlsx and html, those wanted; all when left out.
    to
        Folder to write into; made if need be.
    in_one
        Put everything into one ZIP file.
    """
    languages = LANGUAGES if lang == "both" else (lang,)
    unknown = [code for code in formats if code not in FORMATS]
    if unknown:
        return refuse(f"formats = {', '.join(unknown)}: allowed are {', '.join(FORMATS)}")
    try:
        warehouse = current()
        requests = [
            request_of(
                warehouse,
                audience=audience,
                subject=subject,
                lang=one,
                as_of=as_of,
                earlier=earlier,
                scenario=scenario,
            )
            for one in languages
        ]
    except (RequestError, WarehouseUnavailable) as error:
        return refuse(str(error))
    try:
        files = _made(warehouse, requests, formats or tuple(FORMATS))
    except FontMissing as error:
        return refuse(str(error), FAILED)
    if in_one:
        files = {f"{requests[0].stem(warehouse.data_version)}.zip": zipped(files)}
    return write_files(to, files)


def _made(warehouse: Warehouse, requests: list[Request], codes: tuple[str, ...]) -> dict[str, bytes]:
    files = {}
    for request in requests:
        for code in codes:
            sys.stdout.write(f"{request.lang}: {code} …\n")
            name = request.stem(warehouse.data_version) + FORMATS[code].suffix
            files[name] = write(warehouse, request, code)
    return files
