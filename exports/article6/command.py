"""`python -m exports article6`: the report of a year in the agreed format, and issuance tables read into rows of the snapshot."""

import csv
import sys
from pathlib import Path

from cyclopts import App

from exports.article6.files import archive, workbook
from exports.article6.filling import PARTY, report_of
from exports.article6.issuance_tables import (
    ISSUANCE_FIELDS,
    JAPAN,
    Read,
    read_csv,
    read_html,
    snapshot_rows,
    template,
)
from exports.writing_files import write_files
from model.ledger.agreed_format import findings_of
from queries.warehouse import Warehouse, WarehouseUnavailable, current

app = App(
    name="article6",
    help="Write the report of a year in the agreed electronic format; read issuance tables of the JCM website.",
)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _countries(warehouse: Warehouse) -> dict[str, str]:
    """ISO 3166-1 alpha-3 by the names of partners and of Japan, in lower case."""
    rows = [r for r in warehouse.run("filter_options").to_pylist() if r["filter"] == "country"]
    found = {str(r[key]).lower(): str(r["value"]) for r in rows for key in ("name_en", "name_ja", "value")}
    return found | {"japan": JAPAN, "日本": JAPAN, "jpn": JAPAN, "lao pdr": "LAO", "viet nam": "VNM"}


@app.command
def export(year: int, *, out: Path = Path("build")) -> int:
    """Write the report of a calendar year as XLSX and as CSV files in an archive.

    Parameters
    ----------
    year
        Calendar year of the report.
    out
        Folder to write to.
    """
    try:
        warehouse = current()
    except WarehouseUnavailable as error:
        _say(str(error))
        return 1
    report = report_of(warehouse.run("ledger_entries").to_pylist(), year)
    parties = frozenset(_countries(warehouse).values()) | {PARTY}
    for finding in findings_of(report, parties):
        _say(f"{finding.table} {finding.row}, {finding.field}: {finding.message_en}")
    stem = f"jcm_article6_{year}_{warehouse.data_version}"
    return write_files(out, {f"{stem}.xlsx": workbook(report), f"{stem}.zip": archive(report)})


@app.command
def read(file: Path, *, to: Path | None = None) -> int:
    """Read issuance tables saved as HTML or CSV; print what is wrong, or write rows for data/snapshot/issuances.csv.

    Parameters
    ----------
    file
        A page of the JCM website saved as HTML, the same as CSV, or our template filled in.
    to
        CSV file to write the rows to.
    """
    try:
        countries = _countries(current())
        text = file.read_text(encoding="utf-8-sig")
    except (WarehouseUnavailable, OSError, UnicodeDecodeError) as error:
        _say(f"{file}: {error}")
        return 1
    found: Read = (read_html if file.suffix.lower() in {".html", ".htm"} else read_csv)(text, countries)
    for fault in found.faults:
        _say(f"row {fault.row}, {fault.column}, “{fault.value}”: {fault.message_en}")
    rows = snapshot_rows(found)
    _say(f"{len(rows)} events read; {len(found.set_aside)} rows set aside.")
    if to is not None and rows:
        with to.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, ISSUANCE_FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return 1 if found.faults else 0


@app.command(name="template")
def write_template(to: Path = Path("issuances_template.csv")) -> int:
    """Write our plain template, with one line as an example."""
    to.write_text(template(), encoding="utf-8", newline="")
    _say(f"Written: {to}")
    return 0
