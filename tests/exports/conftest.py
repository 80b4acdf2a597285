"""Two data versions that differ in known ways, for what tells of changes."""

import shutil
from pathlib import Path

import pytest

from etl.sources.limits import Limits
from etl.warehouse.build import build
from tests.etl.data_folder import DataFolder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse folder with two versions that differ in five known ways."""
    base = tmp_path_factory.mktemp("two")
    shutil.copytree(ROOT / "data", base / "data", ignore=shutil.ignore_patterns("warehouse"))
    data = DataFolder(base / "data")
    build(data.path, base / "warehouse")
    data.set("snapshot/projects.csv", "P-GEO-001", est_annual_tco2="21502")
    data.set("snapshot/project_claims.csv", "P-GEO-001", value="21502")
    data.set("snapshot/projects.csv", "P-MNG-001", title_en="Another title of the Beverage Factory")
    data.remove("snapshot/projects.csv", "P-IDN-003")
    data.repeat(
        "snapshot/projects.csv",
        "P-VNM-001",
        project_id="P-VNM-999",
        title_en="A new project",
        technology="transformer/grid",
        est_annual_tco2="",
        est_annual_source_id="",
        est_annual_basis="",
    )
    data.set("snapshot/issuances.csv", "SA001-1", total_tco2="5301")
    build(data.path, base / "warehouse", limits=Limits())
    return base / "warehouse"
