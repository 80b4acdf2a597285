"""What an emptied cell means for its row: which cells go with it, and where an empty cell would state something."""

from collections.abc import Mapping
from functools import cache

import dataframely as dy

from etl.contracts.table import Table

GOES_WITH: Mapping[str, Mapping[str, Mapping[str, str | None]]] = {
    "project": {
        "est_annual_tco2": {"est_annual_source_id": None, "est_annual_basis": None},
        "est_annual_source_id": {"est_annual_tco2": None, "est_annual_basis": None},
        "est_total_tco2": {"est_total_basis": None},
        "est_total_basis": {"est_total_tco2": None},
        "latitude": {"longitude": None},
        "longitude": {"latitude": None},
        "sector_number": {"sector_basis": None},
        "sector_basis": {"sector_number": None},
        "programme": {"funding": "unknown"},
    },
    "issuance": {
        "total_low_tco2": {"total_high_tco2": None},
        "total_high_tco2": {"total_low_tco2": None},
        "project_ids": {"project_id": None},
    },
    "aggregate_statement": {
        "est_total_tco2": {"est_total_basis": None},
        "est_total_basis": {"est_total_tco2": None},
    },
    "participant": {
        "group_id": {"group_reason_en": None, "group_reason_ja": None},
        "group_reason_en": {"group_id": None, "group_reason_ja": None},
        "group_reason_ja": {"group_id": None, "group_reason_en": None},
    },
}
"""By table and emptied column: the columns that mean nothing without it, and what stands in them then."""

COUNTS_AS: Mapping[str, Mapping[str, str]] = {"project": {"est_annual_basis": "unknown"}}
"""What a cell that could not be read counts as, where the vocabulary has a word for it."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "aggregate_statement": ("iso3",),  # empty: several countries
    "participant_alias": ("iso3",),  # empty: wherever it is so named
    "target": ("known_until",),  # empty: still in force
}
"""Columns that may be empty, but not for a cell that could not be read: empty would state something else."""

WHOLE_LISTS: Mapping[str, tuple[str, ...]] = {
    "issuance": ("project_ids",),  # the tonnes would go to the projects that are left
    "aggregate_statement": ("project_ids",),
}
"""Lists that are wrong without one of their parts; from others an unknown part is dropped."""


INSTEAD: Mapping[str, tuple[str, bool]] = {
    "taken_and_not_held": ("is_taken", False),  # a statement remains a statement, whatever the project has
}
"""By rule across tables: the cell that gives way and what stands in it, where the row need not be rejected."""


def goes_with(contract: Table, column: str) -> dict[str, str | None]:
    """Columns of the table that an emptied column takes with it, and what stands in them then."""
    found = GOES_WITH.get(contract.name, {}).get(column, {})
    return {name: value for name, value in found.items() if name in _nullable(contract.schema)}


def may_be_emptied(contract: Table, column: str) -> bool:
    """Whether a row keeps its meaning when a cell of the column could not be read."""
    is_needed = column in contract.row_key or column in NEEDED.get(contract.name, ())
    return _nullable(contract.schema)[column] and not is_needed


@cache
def _nullable(schema: type[dy.Schema]) -> Mapping[str, bool]:
    return {name: column.nullable for name, column in schema.columns().items()}
