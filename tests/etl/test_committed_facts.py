"""The committed facts keep their contracts: every row is kept, every key is its own, every reference lands."""

from pathlib import Path

import polars as pl
import pytest

from etl.contracts import TABLES, Table
from etl.sources.intake import Facts, load_facts
from etl.steps import derive
from etl.steps.checks import data_as_of
from etl.steps.search_texts import search_texts
from model.participant_names import known_names

DATA = Path(__file__).parents[2] / "data"
DERIVED = [t for t in TABLES if t.origin == "derived"]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts(DATA)


@pytest.fixture(scope="module")
def tables(facts: Facts) -> dict[str, pl.DataFrame]:
    frames = {**facts.frames, **derive(facts.frames, data_as_of(facts.frames))}
    return {**frames, **search_texts(frames)}


def test_no_row_is_rejected_and_no_file_differs_from_its_descriptor(facts: Facts) -> None:
    assert facts.rejected == []
    assert facts.remarks == []


def test_rows_of_the_facts(facts: Facts) -> None:
    rows = {name: frame.height for name, frame in facts.frames.items()}
    assert (rows["project"], rows["issuance"], rows["partner_country"]) == (289, 48, 32)
    assert (rows["project_claim"], rows["official_total"], rows["milestone"]) == (730, 133, 61)
    assert (rows["article6_event"], rows["readiness"], rows["carbon_pricing"]) == (7, 168, 21)
    own = facts.frames["source"].join(
        facts.frames["assumption"].select("source_id").drop_nulls(), on="source_id", how="semi"
    )
    assert rows["source"] >= 484
    assert own.height > 0


@pytest.mark.parametrize("table", [t for t in TABLES if t.is_read or t in DERIVED], ids=lambda t: t.name)
def test_keys_and_rules_hold(table: Table, tables: dict[str, pl.DataFrame]) -> None:
    frame = tables[table.name]
    good, failures = table.schema.filter(frame, cast=True)
    assert failures.counts() == {}
    assert good.select(table.row_key).is_unique().all()


@pytest.mark.parametrize("table", [t for t in TABLES if t.references], ids=lambda t: t.name)
def test_references_land(table: Table, tables: dict[str, pl.DataFrame]) -> None:
    for reference in table.references:
        values = tables[table.name].get_column(reference.column).drop_nulls()
        if reference.is_list:
            values = values.str.split(";").explode().str.strip_chars()
        known = set(tables[reference.to_table].get_column(reference.to_column))
        assert set(values) <= known, reference


@pytest.mark.parametrize("name", ["technology", "programme", "sector_name"])
def test_every_name_of_the_vocabulary_is_used(name: str, tables: dict[str, pl.DataFrame]) -> None:
    if name == "sector_name":
        used, named = tables["sector"]["sector_number"], tables["sector_name"]["sector_number"]
    else:
        used, named = tables["project"][name].drop_nulls(), tables[name][name]
    assert set(used) == set(named)


def test_every_statement_that_the_matrix_shows_has_a_state(facts: Facts) -> None:
    shown = facts.frames["readiness_state"].get_column("item").unique().to_list()
    statements = facts.frames["readiness"].filter(pl.col("item").is_in(shown))
    unstated = statements.join(facts.frames["readiness_state"], on=["item", "value"], how="anti")
    assert unstated.select("iso3", "item", "value").rows() == []
    assert facts.frames["readiness_state"].join(statements, on=["item", "value"], how="anti").is_empty()


def test_nearly_every_listed_participant_is_known(tables: dict[str, pl.DataFrame]) -> None:
    known = tables["participant"].filter("is_resolved").select("participant_id")
    listed = tables["project_participant"]
    assert listed.join(known, on="participant_id", how="semi").height >= 0.95 * listed.height


def test_every_participant_is_in_a_list_or_leads_a_group(tables: dict[str, pl.DataFrame]) -> None:
    named = {
        *tables["project_participant"]["participant_id"],
        *tables["participant"]["group_id"].drop_nulls(),
    }
    assert set(tables["participant"]["participant_id"]) == named


def test_an_alias_tells_what_the_rule_of_names_cannot(facts: Facts) -> None:
    plainly = known_names(facts.frames["participant"].to_dicts(), ())
    for alias, iso3, key in (
        facts.frames["participant_alias"].select("alias", "iso3", "participant_id").iter_rows()
    ):
        assert plainly.find(alias, iso3) != key, alias
