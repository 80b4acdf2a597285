"""A warehouse with an invented own record laid over the public one, for the tests of pages and of the server."""

import os
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

from etl.own_record.laying import lay
from queries.warehouse import current

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 12, 15)
MARK = "Zzkakuu"
"""Stands in every title of the own record, and nowhere else."""
AMOUNT = 1_654_321
"""Expected reductions of one of its projects, tCO2 a year."""
PROJECT = "P-VNM-901"
RECORD = f"""project_id,iso3,title_en,title_ja,technology,est_annual_tco2,fy_selected,operation_start,location,jp_participants
{PROJECT},VNM,{MARK} wind farm,{MARK}風力発電所,wind,{AMOUNT},2024,2026-01-01,{MARK} bay,{MARK} Trading
P-KEN-901,KEN,{MARK} geothermal plant,{MARK}地熱発電所,geothermal,54321,2025,2026-04-01,,
VN001,,,,,4321,,,,
"""
ISSUANCES = """issuance_id,project_id,decided_on,period_start,period_end,total_tco2,japan_tco2
VN001-OWN,VN001,2026-03-01,2024-01-01,2024-12-31,65432,32716
"""


def folder_of_own_record(folder: Path, saved_on: date) -> Path:
    """Write the invented own record into a folder, as saved on a day."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{MARK}-projects.csv").write_text(RECORD, encoding="utf-8")
    (folder / f"{MARK}-issuances.csv").write_text(ISSUANCES, encoding="utf-8")
    seconds = datetime.combine(saved_on, time(12), UTC).timestamp()
    for file in folder.iterdir():
        os.utime(file, (seconds, seconds))
    return folder


def lay_over(public: Path, warehouse: Path) -> Path:
    """Copy a published warehouse and lay the invented own record over it; return the folder of both."""
    shutil.copytree(public, warehouse, symlinks=True, ignore=shutil.ignore_patterns("own"))
    # Saved on the day of the public data, so that both records stand on one day.
    day = current(public).data_as_of
    lay(DATA, warehouse, folder_of_own_record(warehouse.parent / f"{warehouse.name}-record", day), TODAY)
    return warehouse
