"""The dictionary speaks of every column in both languages and is the one committed."""

from pathlib import Path

import pytest

from etl.contracts import TABLES, VIEWS, Table
from etl.dictionary import render_dictionary

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_is_explained_in_both_languages(table: Table) -> None:
    for name, column in table.schema.columns().items():
        facts = column.metadata or {}
        assert facts["en"], name
        assert any(ord(c) > 0x2FFF for c in facts["ja"]), f"{table.name}.{name}: {facts['ja']}"
        assert column.nullable == (facts["null_en"] is not None), (
            f"{name}: null must have a meaning, and only then"
        )
        assert (facts["null_en"] is None) == (facts["null_ja"] is None)


@pytest.mark.parametrize("table", [*TABLES, *VIEWS], ids=lambda t: t.qualified_name)
def test_every_number_names_its_unit_and_says_it_in_its_name(table: Table) -> None:
    for name, column in table.schema.columns().items():
        facts = column.metadata or {}
        in_tonnes = name.endswith("_tco2") or name in {"tco2", "tco2_low", "tco2_high"}
        assert in_tonnes == (facts["unit"] == "tCO2"), f"{table.name}.{name}"
        if name.endswith(("_on", "_until")):
            assert facts["unit"] == "date"
        if name.startswith(("is_", "has_")) and name != "is_part_of":
            assert facts["reads"] == "boolean"


def test_every_rule_has_words_in_both_languages() -> None:
    for table in TABLES:
        rules = {
            name
            for name in table.schema._schema_validation_rules()
            if "|" not in name and name != "primary_key"
        }
        assert rules == set(table.rule_texts), table.name
        assert all(text.en and text.ja for text in table.rule_texts.values())


def test_the_committed_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")
    assert written == render_dictionary(), "run: python -m etl dictionary"
