"""`python -m exports article6`: the report of a year in the agreed electronic format."""

import sys
from pathlib import Path

from cyclopts import App

from exports.article6.files import archive, workbook
from exports.article6.filling import PARTY, report_of
from exports.writing_files import write_files
from model.ledger.agreed_format import findings_of
from queries.warehouse import Warehouse, WarehouseUnavailable, current

app = App(
    name="article6",
    help=(
        "Write the report of a year in the agreed electronic format. Issuance tables of the JCM website are read with"
        " `python -m etl refresh jcm-issuances --from FILE`."
    ),
)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _parties(warehouse: Warehouse) -> frozenset[str]:
    """ISO 3166-1 alpha-3 of all partners and of Japan."""
    rows = warehouse.run("filter_options").to_pylist()
    return frozenset(str(row["value"]) for row in rows if row["filter"] == "country") | {PARTY}


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
    for finding in findings_of(report, _parties(warehouse)):
        _say(f"{finding.table} {finding.row}, {finding.field}: {finding.message_en}")
    stem = f"jcm_article6_{year}_{warehouse.data_version}"
    return write_files(out, {f"{stem}.xlsx": workbook(report), f"{stem}.zip": archive(report)})
