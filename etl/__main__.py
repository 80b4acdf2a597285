"""`python -m etl`: build the warehouse, check the inputs, show what is published, write the dictionary.

Exit codes: 0 done; 1 refused (nothing was published, or only the own record was not laid over); 2 wrong usage; 3 no warehouse, or a damaged one; 130 interrupted.
"""

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import polars as pl
from cyclopts import App, CycloptsError, Parameter, validators
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from etl.dictionary import render_dictionary
from etl.own_record.place import lay_own_record
from etl.refresh.record_files import recover
from etl.sources.csv_rows import read_rows, write_rows
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.build import STAGES, BuildReport, keep, prepare, shifts_of
from etl.warehouse.build import build as build_warehouse
from etl.warehouse.file import CONFIG, row_counts
from etl.warehouse.publish import published
from etl.warehouse.shifts import stop_on_shifts
from model.ladder import RUNGS

ROOT = Path(__file__).parent.parent
WAREHOUSE_DIR_VARIABLE = "JCM_WAREHOUSE_DIR"

DONE, REFUSED, WRONG_USAGE, NO_WAREHOUSE, INTERRUPTED = 0, 1, 2, 3, 130

_LIMITS = "\n".join(
    f"- JCM_{name.upper()}: {field.description}" for name, field in Limits.model_fields.items()
)

app = App(
    name="python -m etl",
    help="Build the JCM warehouse from the facts below data/.\n\n"
    "Exit codes: 0 done; 1 refused, by the data or by the disk, and nothing was published, or an own record that cannot be "
    "laid over the published one; 2 wrong usage; "
    "3 there is no warehouse, or it is damaged; 130 interrupted.\n\n"
    f"Limits, each an environment variable:\n\n{_LIMITS}",
    version_flags=(),
    suppress_keyboard_interrupt=False,
)
# Loaded only when called: a build needs neither an HTTP client nor a reader of workbooks.
for _name, _help in {
    "refresh": "Read official sources and propose what differs from the record.",
    "accept": "Take proposals over into the record, with their sources.",
    "reject": "Reject proposals and keep the reason.",
    "template": "Write a template to fill in.",
}.items():
    app.command(f"etl.refresh.command:{_name}", name=_name, help=_help)

console = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)

DataDir = Annotated[
    Path,
    Parameter(
        name="--data",
        help="Folder of the facts.",
        validator=validators.Path(exists=True, file_okay=False),
    ),
]
WarehouseDir = Annotated[
    Path | None,
    Parameter(name="--warehouse", help="Folder of the warehouse; JCM_WAREHOUSE_DIR, else data/warehouse."),
]


def _folder(given: Path | None) -> Path:
    return given or Path(os.environ.get(WAREHOUSE_DIR_VARIABLE) or ROOT / "data" / "warehouse")


def _show(stage: str) -> None:
    console.print(f"[{STAGES.index(stage) + 1}/{len(STAGES)}] {stage}", markup=False)
    sys.stdout.flush()


@app.command
def build(
    *,
    data: DataDir = ROOT / "data",
    warehouse: WarehouseDir = None,
    force: Annotated[bool, Parameter(negative=())] = False,
    acknowledge: str | None = None,
) -> int:
    """Build the warehouse and publish it. An identical version is left alone unless forced.

    Parameters
    ----------
    force
        Write the file again even if the same version is there.
    acknowledge
        Why tonnes may enter or leave the record in this build; without it such a build stops and names them.
    """
    begun = time.perf_counter()
    today = datetime.now(UTC).date()
    recover(data)
    report = build_warehouse(
        data, _folder(warehouse), force=force, progress=_show, today=today, acknowledged=acknowledge
    )
    _summarise(report)
    if acknowledge:
        console.print(f"acknowledged: {acknowledge}", markup=False)
    verb = "published" if report.is_new else "up to date"
    console.print(f"{verb}: {report.path} ({time.perf_counter() - begun:.1f} s)", markup=False)
    for line in lay_own_record(data, _folder(warehouse), today):
        console.print(line, markup=False)
    return DONE


@app.command
def check(*, data: DataDir = ROOT / "data", warehouse: WarehouseDir = None) -> int:
    """Read, derive and check everything without publishing; tell what would change against the published version."""
    report = prepare(data, Limits(), _show, datetime.now(UTC).date())
    _summarise(report)
    for reason in report.facts.rejected:
        console.print(reason.message_en, markup=False)
    for finding in report.frames["finding"].filter(~pl.col("is_acknowledged")).iter_rows(named=True):
        console.print(f"{finding['rule_code']} {finding['row_key']}: {finding['message_en']}", markup=False)
    stop_on_shifts(shifts_of(_folder(warehouse), report))
    return DONE


@app.command
def rebuild(revision: str, *, warehouse: WarehouseDir = None) -> int:
    """Build the data of an earlier revision of this repository with the present code and keep it for comparison.

    Nothing is published. Compare on the page “What has changed” or with `python -m exports changes --from <version>`.

    Parameters
    ----------
    revision
        A commit, tag or branch of git.
    """
    with tempfile.TemporaryDirectory(prefix="jcm-revision-") as name:
        archived = subprocess.run(  # noqa: S603 - the revision is one argument of git
            ["git", "-C", str(ROOT), "archive", "--format=tar", f"{revision}:data"],  # noqa: S607
            capture_output=True,
            check=False,
        )
        if archived.returncode:
            reason = archived.stderr.decode("utf-8", "replace").strip().splitlines()
            errors.print(
                f"refused: {revision} has no data folder in git ({reason[-1:] or 'no git'})", markup=False
            )
            return REFUSED
        with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as tar:
            tar.extractall(name, filter="data")
        report = keep(Path(name), _folder(warehouse), _show)
    verb = "kept" if report.is_new else "kept already"
    console.print(f"{verb}: version {report.version.data_version}, {report.path}", markup=False)
    return DONE


@app.command
def info(*, warehouse: WarehouseDir = None) -> int:
    """Tell what is published: version, day of the data, rows of each table, checks and rejected rows."""
    path = published(_folder(warehouse))
    if path is None:
        errors.print("No warehouse is published. Run: python -m etl build", markup=False)
        return NO_WAREHOUSE
    try:
        counts = row_counts(path)
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            found = connection.execute("SELECT data_version, data_as_of_on FROM record.build").fetchone()
            passed = connection.execute(
                "SELECT count(*) FILTER (is_passed), count(*) FROM record.check_result"
            ).fetchone()
            rejected = connection.execute(
                "SELECT file, line, message_en FROM record.quarantine ORDER BY 1, 2"
            ).fetchall()
    except duckdb.Error as error:
        errors.print(
            f"{path} is damaged ({str(error).splitlines()[0]}). Run: python -m etl build --force",
            markup=False,
        )
        return NO_WAREHOUSE
    if found is None or passed is None:
        errors.print(f"{path} is damaged. Run: python -m etl build --force", markup=False)
        return NO_WAREHOUSE
    console.print(f"version {found[0]}, data of {found[1]}, {path}", markup=False)
    table = Table("table", "rows")
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    console.print(table)
    console.print(
        f"{passed[0]} of {passed[1]} identities hold; {_reasons(len(rejected))}",
        markup=False,
    )
    for _, _, message in rejected:
        console.print(message, markup=False)
    return DONE


@app.command
def dictionary(*, to: Path = ROOT / "docs" / "data-dictionary.md") -> int:
    """Write the data dictionary from the contracts.

    Parameters
    ----------
    to
        File to write.
    """
    to.write_text(render_dictionary(), encoding="utf-8")
    console.print(f"written: {to}", markup=False)
    return DONE


@app.command
def geo(assets: Path, *, data: DataDir = ROOT / "data") -> int:
    """Prepare data/geo/shapes.csv from the UN geodata in dist/plotly-geo-assets.js of the npm package plotly.js.

    Parameters
    ----------
    assets
        The file plotly-geo-assets.js.
    """
    from etl.geo import shapes  # noqa: PLC0415 - GeoPandas is slow to import and large, and a build needs none of it

    partners = shapes.partners_of(data / "snapshot" / "partner_countries.csv")
    try:
        rows = shapes.prepare(assets, partners)
    except (OSError, ValueError) as error:
        errors.print(f"refused: {error}", markup=False)
        return REFUSED
    write_rows("map_shape", rows, data / "geo" / "shapes.csv")
    return _prepared(data / "geo" / "shapes.csv", len(rows))


@app.command
def places(*, data: DataDir = ROOT / "data") -> int:
    """Look up the places of all projects in the gazetteer and write data/geo/places.csv."""
    try:
        from etl.geo import places as look  # noqa: PLC0415 - the gazetteer is large, and a build needs none of it
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"{missing.name} is not installed. Run: make places\n")
        return WRONG_USAGE

    geo_dir = data / "geo"
    try:
        gazetteer = look.Gazetteer(read_rows(geo_dir / "provinces.csv"))
        readings = {row["location"]: row["reading"] for row in read_rows(geo_dir / "place_readings.csv")}
        projects = read_rows(data / "snapshot" / "projects.csv")
    except (OSError, ValueError) as error:
        errors.print(f"refused: {error}", markup=False)
        return REFUSED
    stated = [row for row in projects if row["location"]]
    rows = look.look_up(stated, readings, gazetteer)
    write_rows("project_place", rows, geo_dir / "places.csv")
    for row in rows:
        if row["doubt"]:
            console.print(f"{row['project_id']}: {row['place_text']}: {row['doubt']}", markup=False)
    return _prepared(geo_dir / "places.csv", len(rows))


def _prepared(path: Path, rows: int) -> int:
    """Writes number of rows and hash of a prepared file into its descriptor."""
    descriptor = path.with_suffix(".toml")
    text = descriptor.read_text(encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    text = re.sub(r"(?m)^rows = .*$", f"rows = {rows}", text)
    text = re.sub(r"(?m)^sha256 = .*$", f'sha256 = "{digest}"', text)
    descriptor.write_text(text, encoding="utf-8")
    console.print(
        f"written: {path}, {_counted(rows, 'row', 'rows')}. Read the changes before you commit them.",
        markup=False,
    )
    return DONE


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _reasons(number: int) -> str:
    return f"{_counted(number, 'reason', 'reasons')} for rejected rows or emptied cells"


def _summarise(report: BuildReport) -> None:
    files = Table("file", "rows", "kept", "rejected")
    for row in report.frames["source_file"].iter_rows(named=True):
        files.add_row(
            row["file"], f"{row['rows_read']:,}", f"{row['rows_kept']:,}", f"{row['rows_rejected']:,}"
        )
    console.print(files)
    totals = report.rung_totals()
    rungs = Table("rung", "tCO2 to the last target year", "")
    for rung in RUNGS:
        low, high = totals.get(rung.code, (0, 0))
        rungs.add_row(rung.code, f"{low:,}" if low == high else f"{low:,} to {high:,}", rung.name_ja)
    console.print(rungs)
    checks = report.frames["check_result"]
    console.print(
        f"version {report.version.data_version}, data of {report.data_as_of}; "
        f"{_counted(checks.height, 'identity holds', 'identities hold')}; "
        f"{_reasons(report.frames['quarantine'].height)}",
        markup=False,
    )
    named, resolved = report.names_of_participants()
    console.print(
        f"names of participants in the lists of projects: {resolved:,} of {named:,} resolved", markup=False
    )
    for remark in report.facts.remarks:
        console.print(f"note: {remark}", markup=False)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        result = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
    except CycloptsError:
        return WRONG_USAGE
    except BuildStopped as stopped:
        errors.print(f"refused: {stopped.message_en}", markup=False)
        errors.print(stopped.message_ja, markup=False)
        return REFUSED
    except ValidationError as wrong:  # of the limits: nothing else is read from the environment
        for fault in wrong.errors():
            name = "_".join(str(part) for part in fault["loc"])
            errors.print(f"JCM_{name.upper()}: {fault['msg']}, found “{fault['input']}”", markup=False)
        return WRONG_USAGE
    except KeyboardInterrupt:
        errors.print("Interrupted. What was published before keeps serving.", markup=False)
        return INTERRUPTED
    return result if isinstance(result, int) else DONE


if __name__ == "__main__":
    sys.exit(main())
