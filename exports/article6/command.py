"""`python -m exports article6`: reports in the agreed electronic format, written, checked and compared."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from cyclopts import App

from exports.article6.documentation import fields_markdown
from exports.article6.filling import FIRST_VERSION, JAPAN, NotYet
from exports.article6.reading import NotThisFormat, read
from exports.article6.record import PARTIES, Record, record_of
from exports.article6.writing import archive, workbook
from exports.writing_files import DONE, FAILED, refuse, write_files
from model.ledger.agreed_format.checking import findings_of
from model.ledger.agreed_format.comparing import Difference, compare, same_rows
from model.ledger.agreed_format.missing import missing_in, spans
from model.ledger.agreed_format.report import Finding, Report, Unknown
from queries.warehouse import WarehouseUnavailable, current

app = App(
    name="article6",
    version_flags=(),
    help=(
        "Write, check and compare reports in the agreed electronic format. Issuance tables of the JCM website are read"
        " with `python -m etl refresh jcm-issuances --from FILE`."
    ),
)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


@app.command
def export(
    year: int,
    *,
    party: str = JAPAN,
    version: str = FIRST_VERSION,
    submitted: date | None = None,
    as_of: date | None = None,
    out: Path = Path("build"),
) -> int:
    """Write the report of a calendar year as XLSX and as CSV in an archive, and list what is to be found out.

    A report of the same Party, year and version that says something else is never written over: give the next version.

    Parameters
    ----------
    year
        Calendar year of the report; one that is still to come is refused.
    party
        Reporting Party, ISO 3166-1 alpha-3: Japan or a host.
    version
        Version of the report, X.Y.
    submitted
        Day of submission, where it is known.
    as_of
        Take the record as known on this day; the day of the data when left out.
    out
        Folder to write to.
    """
    try:
        record = _record(as_of)
        if party not in record.parties:
            return refuse(f"{party} has nothing to report; {', '.join(record.parties)} have.")
        report = record.report(party, year, version, submitted)
        before = record.report(party, year - 1)
    except WarehouseUnavailable as error:
        return refuse(str(error), FAILED)
    except NotYet as error:
        return refuse(f"{error.en}\n{error.ja}")
    stem = f"jcm_article6_{party}_{year}_v{version}"
    if (kept := _kept(out / f"{stem}.xlsx")) is not None:
        if not same_rows(kept, report):
            for difference in compare(kept, report):
                _say(_difference(difference))
            return refuse(
                f"{out / stem}.xlsx says something else and is kept; write this one with --version {_next(version)}.\n"
                f"{out / stem}.xlsx は内容が異なるため上書きしません。--version {_next(version)} としてください。",
                FAILED,
            )
        _say(f"{out / stem}.xlsx says the same and is kept.")
        return DONE
    _print(findings_of(report, PARTIES, before=before), missing_in(report))
    notes = record.notes(year)
    return write_files(out, {f"{stem}.xlsx": workbook(report, notes), f"{stem}.zip": archive(report, notes)})


def _record(as_of: date | None) -> Record:
    warehouse = current()
    return record_of(
        lambda query, **given: warehouse.run(query, **given).to_pylist(),
        as_of or warehouse.data_as_of,
        warehouse.data_version,
    )


def _kept(path: Path) -> Report | None:
    """The report written before under the same name."""
    return read(path.read_bytes()) if path.exists() else None


def _next(version: str) -> str:
    major, _, minor = version.partition(".")
    return f"{major}.{int(minor) + 1}" if minor.isdecimal() else FIRST_VERSION


@app.command
def check(file: Path, *, before: Path | None = None) -> int:
    """Check a report before it is filed: what is wrong, and what is missing. Exit code 0 where nothing is, else 1.

    Parameters
    ----------
    file
        Workbook, CSV, or our archive.
    before
        Report of the year before: what it holds was there at the beginning.
    """
    try:
        report = read(file.read_bytes())
        former = read(before.read_bytes()) if before else None
    except (NotThisFormat, OSError) as error:
        return _unreadable(error)
    findings = findings_of(report, PARTIES, before=former, today=datetime.now(UTC).date())
    unknown = missing_in(report)
    _print(findings, unknown)
    return FAILED if findings or unknown else DONE


@app.command(name="compare")
def compare_files(first: Path, second: Path) -> int:
    """Compare two reports: cell by cell of one Party, transfers against acquisitions of two. Exit code 1 where they differ.

    Parameters
    ----------
    first
        Workbook, CSV, or our archive.
    second
        The other one.
    """
    try:
        reports = [read(path.read_bytes()) for path in (first, second)]
    except (NotThisFormat, OSError) as error:
        return _unreadable(error)
    found = compare(*reports)
    for difference in found:
        _say(_difference(difference))
    return FAILED if found else DONE


@app.command
def fields() -> int:
    """Print every field of the format as Markdown, as in the documentation."""
    _say(fields_markdown())
    return DONE


def _unreadable(error: NotThisFormat | OSError) -> int:
    return refuse(f"{error.en}\n{error.ja}" if isinstance(error, NotThisFormat) else str(error))


def _print(findings: list[Finding], unknown: list[Unknown]) -> None:
    """One line a finding and language: sheet, row, column, what is wrong, what would be right."""
    for one in findings:
        place = f"{one.sheet} {one.letters or ''}{one.line or ''}".rstrip()
        for wrong, right in zip(one.wrong, one.right, strict=True):
            _say(f"{place}: {one.heading}: {wrong} {right}")
    for gap in unknown:
        for ask in gap.ask:
            _say(f"{gap.sheet} {gap.letters} {spans(gap.lines)}: {gap.heading}: ? {ask}")


def _difference(one: Difference) -> str:
    lines = " / ".join(str(line or "-") for line in (one.line_a, one.line_b))
    return f"{one.sheet} {lines}: {one.heading}: {one.words[0]} {one.words[1]}"
