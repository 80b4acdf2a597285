"""A build with a million invented issuance events, in a process of its own. Run as a module it is that process.

Invented are 7,200 registered projects without an estimate in the countries that signed first, and for each 139 events,
with periods of 28 days one after the other: a fifth of them reach over the end of a year. The committed facts stay beside
them.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from tests.bench.result import Row, milliseconds

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
PROJECTS, EVENTS = 7_200, 139
FIRST_PERIOD, DAYS = date(2015, 6, 1), 28
FIRST_NUMBER = 100
"""Real projects have lower reference numbers."""
NOTE = "Invented for a measurement."


def measure() -> list[Row]:
    """Builds the invented data once; each stage, the whole and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("warehouse"))
        add_events(data, PROJECTS, EVENTS)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.many_events", str(data), str(Path(folder) / "warehouse")],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    what = f"{PROJECTS * EVENTS:,} events"
    stages = [
        Row(f"{what}: {stage}", milliseconds(seconds), "", f"{found['processor'][stage]:.1f} s of processor")
        for stage, seconds in found["stages"].items()
    ]
    total = sum(found["stages"].values())
    processor = sum(found["processor"].values())
    return [
        *stages,
        Row(f"{what}: whole build", milliseconds(total), "5 s", f"{processor:.1f} s of processor"),
        Row(f"{what}: memory", f"{found['megabytes']:.0f} MB", "2,000 MB", "largest resident set"),
    ]


def add_events(data: Path, projects: int, events: int) -> None:
    """Adds invented projects and events to the files of a data folder, for each project the same number of events."""
    partners = pl.read_csv(data / "snapshot/partner_countries.csv", infer_schema=False)
    letters = pl.read_csv(data / "vocabulary/country_letters.csv", infer_schema=False)
    # Not where another share than a half is usual, or the first issuance is on record.
    is_early = (pl.col("signed_on") < FIRST_PERIOD.isoformat()) & ~pl.col("iso3").is_in(
        ["MNG", "IDN", "PLW", "LAO", "BGD"]
    )
    countries = partners.filter(is_early).join(letters, on="iso3")
    country = pl.col("number") % countries.height
    place = FIRST_NUMBER + pl.col("number") // countries.height
    number = (
        pl.DataFrame({"number": range(projects)})
        .with_columns(pl.lit(countries[name]).gather(country).alias(name) for name in ("iso3", "letters"))
        .with_columns(pl.format("{}{}", "letters", place).alias("project_id"))
    )
    source = pl.read_csv(data / "snapshot/sources.csv", infer_schema=False)
    source_id = source.sort("retrieved_on", "source_id")["source_id"][-1]
    _append(
        data / "snapshot/projects.csv",
        number.select(
            "project_id",
            pl.col("project_id").alias("ref_no"),
            # Titles as unlike each other as those of real projects.
            pl.concat_str(
                pl.lit("Invented"), *(pl.col("number").hash(i) for i in range(4)), separator=" "
            ).alias("title_en"),
            pl.lit("published").alias("title_en_basis"),
            "iso3",
            pl.lit("solar PV").alias("technology"),
            pl.lit("1").alias("sectoral_scope"),
            pl.lit("classified").alias("scope_basis"),
            pl.lit("unknown").alias("funding"),
            pl.lit("registered").alias("status"),
            pl.lit(FIRST_PERIOD.isoformat()).alias("registered_on"),
            pl.lit("true").alias("in_target_scope"),
            pl.lit(NOTE).alias("note"),
            pl.lit(source_id).alias("source_ids"),
        ),
    )
    start = pl.lit(FIRST_PERIOD) + pl.duration(days=DAYS * pl.col("event"))
    end = start + pl.duration(days=DAYS - 1)
    total = 5_000 + (pl.col("number") * 31 + pl.col("event") * 101) % 997
    # Four in five are issued; of half of these the Japanese side is known, of the others the government's part.
    is_issued, is_known = pl.col("number") % 5 > 0, pl.col("number") % 2 == 0
    japan = total // 2
    rows = number.join(pl.DataFrame({"event": range(events)}), how="cross")
    _append(
        data / "snapshot/issuances.csv",
        rows.select(
            pl.format("{}-{}", "project_id", "event").alias("issuance_id"),
            "project_id",
            pl.col("project_id").alias("project_ids"),
            "iso3",
            end.dt.offset_by("60d").alias("decided_on"),
            pl.when(is_issued).then(end.dt.offset_by("70d")).alias("issued_on"),
            start.alias("period_start"),
            end.alias("period_end"),
            total.alias("total_tco2"),
            pl.when(is_known).then(japan).alias("japan_tco2"),
            pl.when(~is_known).then(japan).alias("japan_government_tco2"),
            pl.lit(source_id).alias("source_id"),
            pl.lit(NOTE).alias("note"),
        ),
    )


def _append(file: Path, rows: pl.DataFrame) -> None:
    header = pl.read_csv(file, infer_schema=False, n_rows=0).columns
    missing = [pl.lit(None, pl.String).alias(name) for name in header if name not in rows.columns]
    with file.open("ab") as handle:
        rows.with_columns(missing).select(header).write_csv(handle, include_header=False)


def _build(data: Path, warehouse: Path) -> None:
    from etl.warehouse.build import build  # noqa: PLC0415 - only the measured process builds

    build(DATA, warehouse.parent / "committed")  # what a process loads once is loaded
    times: list[tuple[str, float, float]] = []
    build(
        data,
        warehouse,
        progress=lambda stage: times.append((stage, time.perf_counter(), time.process_time())),
    )
    times.append(("end", time.perf_counter(), time.process_time()))
    steps = list(pairwise(times))
    # Linux tells kilobytes, macOS bytes.
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    print(
        json.dumps(
            {
                "stages": {stage: after - at for (stage, at, _), (_, after, _) in steps},
                "processor": {stage: after - at for (stage, _, at), (_, _, after) in steps},
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
            }
        )
    )


if __name__ == "__main__":
    _build(Path(sys.argv[1]), Path(sys.argv[2]))
