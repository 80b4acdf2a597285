"""A refresh from saved files, as large as it usually is and with 20,000 projects, in a process of its own.

Run as a module it is that process: it refreshes the data folder named first from the saved files named second.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.result import Row, milliseconds

ROOT = Path(__file__).parent.parent.parent
MANY = 20_000
FIRST_NUMBER = 300
"""Real projects have lower reference numbers."""


def measure() -> list[Row]:
    """Refreshes a copy of the committed facts from saved files: all sources, then a long list and a long template."""
    usual = _refreshed(_save_usual)
    rows = [
        Row(
            "Refresh from 68 saved files, whole command",
            milliseconds(usual["seconds"]),
            "5 s",
            _counted(usual),
        ),
        Row("The same, memory", f"{usual['megabytes']:.0f} MB", "300 MB", "largest resident set"),
    ]
    for what, save in (("list", _save_long_list), ("template of selections", _save_long_template)):
        found = _refreshed(save)
        rows.append(
            Row(
                f"Refresh from a {what} with {MANY:,} invented projects",
                milliseconds(found["seconds"]),
                "10 s",
                f"{_counted(found)}, {found['megabytes']:.0f} MB",
            )
        )
    return rows


def _counted(found: dict[str, float]) -> str:
    return f"{found['proposals']:,.0f} proposals"


def _refreshed(save: Callable[[Path, Path], None]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        data, saved = Path(name) / "data", Path(name) / "saved"
        shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("warehouse", "proposals", "own"))
        saved.mkdir()
        save(data, saved)
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.many_proposals", str(data), str(saved)],
            cwd=ROOT,
            env={**os.environ, "JCM_REFRESH_CACHE": str(Path(name) / "cache")},
            check=True,
            capture_output=True,
            text=True,
        )
        seconds = time.perf_counter() - started
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured | {"seconds": seconds}


def _save_usual(data: Path, saved: Path) -> None:
    """The list, an issuance page for each partner, methodologies of one, places, and both workbooks; a few rows are new."""
    from tests.etl.refresh.saved_sources import save_all  # noqa: PLC0415 - only the measuring process makes pages

    save_all(data, saved)


def _save_long_list(data: Path, saved: Path) -> None:
    from tests.etl.importers.jcm_pages import project, projects_page  # noqa: PLC0415

    countries = _countries(data)
    rows = []
    for n, title in enumerate(_titles()):
        letters, name = countries[n % len(countries)]
        key = f"{letters}{FIRST_NUMBER + n // len(countries)}"
        rows.append(project(key, country=name, title=title, status="Validation", registered_on="N/A"))
    (saved / "jcm-projects.html").write_bytes(projects_page(rows))


def _save_long_template(data: Path, saved: Path) -> None:
    from tests.etl.importers.workbooks import selections_workbook  # noqa: PLC0415

    countries = _countries(data)
    rows = [
        [
            *(f"架空の案件{n}", title, countries[n % len(countries)][1], "", "solar PV", "", 2025, 1_000 + n),
            *("Invented Trading Co., Ltd.", "Invented Power LLC", "", "", "", ""),
        ]
        for n, title in enumerate(_titles())
    ]
    (saved / "selections.xlsx").write_bytes(selections_workbook(rows))


def _countries(data: Path) -> list[tuple[str, str]]:
    """Letters and name of each partner."""
    from etl.sources.csv_rows import read_rows  # noqa: PLC0415

    names = {row["iso3"]: row["name_en"] for row in read_rows(data / "snapshot" / "partner_countries.csv")}
    letters = read_rows(data / "vocabulary" / "country_letters.csv")
    return [(row["letters"], names[row["iso3"]]) for row in letters]


def _titles() -> list[str]:
    """Titles as unlike each other as those of real projects."""
    words = (
        "solar",
        "boiler",
        "chiller",
        "forest",
        "biogas",
        "hydro",
        "furnace",
        "cement",
        "transformer",
        "bus",
    )
    places = (
        "harbour",
        "valley",
        "factory",
        "hospital",
        "mine",
        "airport",
        "university",
        "island",
        "brewery",
    )
    return [
        f"Invented {words[n % 10]} at the {places[n // 10 % 9]} number {n // 90} of {words[n * 7 % 10]} {n % 97} MW"
        for n in range(MANY)
    ]


def _refresh(data: Path, saved: Path) -> None:
    from etl.__main__ import main  # noqa: PLC0415 - its imports are measured
    from etl.sources.csv_rows import read_rows  # noqa: PLC0415

    code = main(["refresh", "--from", str(saved), "--data", str(data)])
    if code:
        sys.exit(code)
    # Linux tells kilobytes, macOS bytes.
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    files = list((data / "proposals").glob("*/proposals.csv"))
    print(json.dumps({"megabytes": megabytes, "proposals": sum(len(read_rows(file)) for file in files)}))


if __name__ == "__main__":
    _refresh(Path(sys.argv[1]), Path(sys.argv[2]))
