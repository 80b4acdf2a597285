"""Each file of facts has a descriptor that fits it; what the project decided itself names real sources."""

import csv
import hashlib
import io
import tomllib
from pathlib import Path

import pytest

from etl.contracts import TABLES

DATA = Path(__file__).parent.parent.parent / "data"
SNAPSHOTS = sorted((DATA / "snapshot").glob("*.csv"))
PREPARED = [DATA / "geo" / "shapes.csv", DATA / "geo" / "places.csv", DATA / "assumptions" / "sources.csv"]


@pytest.mark.parametrize("path", [*SNAPSHOTS, *PREPARED], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_descriptor_tells_where_a_file_comes_from(path: Path) -> None:
    descriptor = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    content = path.read_bytes()
    assert descriptor["sha256"] == hashlib.sha256(content).hexdigest()
    assert descriptor["rows"] == sum(1 for _ in csv.reader(io.StringIO(content.decode()))) - 1
    for key in ("title_en", "title_ja", "origin", "terms"):
        assert descriptor[key]
    assert descriptor["cadence_days"] >= 0
    assert descriptor["cadence_en"]
    assert descriptor["cadence_ja"]
    assert descriptor.get("facts_of", descriptor["retrieved_on"]) <= descriptor["retrieved_on"]


def test_every_file_has_a_contract_and_every_contract_its_files() -> None:
    apart = {"warehouse", "proposals", "own"}
    files = {str(p.relative_to(DATA)) for p in DATA.rglob("*.csv") if not apart & set(p.parts)}
    assert files == {file for t in TABLES for file in t.files if "*" not in file}


def test_every_technology_has_a_lifetime_with_its_reason() -> None:
    with (DATA / "vocabulary/technologies.csv").open(encoding="utf-8") as file:
        technologies = {row["technology"] for row in csv.DictReader(file)}
    with (DATA / "assumptions/lifetimes.csv").open(encoding="utf-8") as file:
        lifetimes = list(csv.DictReader(file))
    serving = {row["subject"] for row in lifetimes if row["subject"].endswith(", factory")}
    assert {row["subject"] for row in lifetimes} - serving == technologies
    assert {subject.removesuffix(", factory") for subject in serving} <= technologies
    assert all(len(row["reason_en"]) > 20 and len(row["reason_ja"]) > 10 for row in lifetimes)


def test_every_statutory_lifetime_names_its_source() -> None:
    with (DATA / "assumptions/lifetimes.csv").open(encoding="utf-8") as file:
        statutory = [row for row in csv.DictReader(file) if row["reason_en"].startswith("Statutory")]
    assert statutory
    assert [row["assumption_code"] for row in statutory if not row["source_id"]] == []
