"""`python -m briefing`: packs on the command line, with the numbers of the pages."""

import sys
from datetime import date
from pathlib import Path

from cyclopts import App
from rich.console import Console

from briefing.fonts import FontMissing
from briefing.formats import FORMATS
from briefing.request import Request, RequestError, request_of
from briefing.writing import write
from outlook.loading import USUAL
from queries.warehouse import Warehouse, WarehouseUnavailable, current
from view.downloads import zipped
from view.texts import LANGUAGES

DONE, FAILED, WRONG_USAGE = 0, 1, 2

app = App(
    name="python -m briefing",
    version_flags=(),
    help="Make a briefing pack: slides (PPTX), a page and a paper (PDF), a workbook (XLSX) and a web page (HTML).\n\n"
    "Exit codes: 0 done; 1 the files could not be written; 2 wrong usage or no data.",
)
console = Console(soft_wrap=True)


@app.default
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
    """Write the files of a pack into a folder.

    Parameters
    ----------
    audience
        programme, country, sector, or comparison of two days.
    subject
        ISO 3166-1 alpha-3 code of the country, or number of the sector.
    lang
        en, ja or both.
    as_of
        Take what was known on this day; the day of the data when left out.
    earlier
        The day that a comparison begins with.
    scenario
        Scenario of the outlook: a shipped one by its code.
    formats
        Of pptx, page, pdf, xlsx and html, those wanted; all when left out.
    to
        Folder to write into; made if need be.
    in_one
        Put everything into one ZIP file.
    """
    languages = LANGUAGES if lang == "both" else (lang,)
    unknown = [code for code in formats if code not in FORMATS]
    if unknown:
        return _refuse(f"formats = {', '.join(unknown)}: allowed are {', '.join(FORMATS)}")
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
        return _refuse(str(error))
    try:
        files = _made(warehouse, requests, formats or tuple(FORMATS))
        to.mkdir(parents=True, exist_ok=True)
        if in_one:
            files = {f"{requests[0].stem(warehouse.data_version)}.zip": zipped(files)}
        for name, body in files.items():
            _write_whole(to / name, body)
            console.print(f"{to / name} ({len(body):,} bytes)", markup=False)
    except FontMissing as error:
        return _refuse(str(error), FAILED)
    except OSError as error:
        return _refuse(f"{to} cannot be written ({error.strerror or error}); no file was left half.", FAILED)
    return DONE


def _made(warehouse: Warehouse, requests: list[Request], codes: tuple[str, ...]) -> dict[str, bytes]:
    files = {}
    for request in requests:
        for code in codes:
            console.print(f"{request.lang}: {code} …", markup=False)
            name = request.stem(warehouse.data_version) + FORMATS[code].suffix
            files[name] = write(warehouse, request, code)
    return files


def _write_whole(path: Path, body: bytes) -> None:
    """Writes beside and renames, so that no half file is ever found under the name."""
    beside = path.with_name(f".{path.name}.unfinished")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _refuse(message: str, code: int = WRONG_USAGE) -> int:
    sys.stderr.write(f"{message}\n")
    return code


if __name__ == "__main__":
    sys.exit(app())
