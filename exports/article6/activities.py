"""What the projects of an issuance do, in the terms of the format: only where their scope or technology leaves one answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from model.ledger.agreed_format import nomenclature as terms

SECTOR_OF_SCOPE: Final[Mapping[int, str]] = {
    1: "Energy generation",
    2: "Energy generation",
    4: "Industrial processes",
    5: "Industrial processes",
    6: "Building and construction",
    7: "Transportation",
    8: "Industrial processes",
    9: "Industrial processes",
    11: "Industrial processes",
    12: "Industrial processes",
    13: "Waste management",
    14: "Forestry and land use",
    15: "Agriculture",
}
"""JCM sectoral scopes; energy demand (3) and fugitive emissions from fuels (10) fall into several sectors."""
TYPE_OF_TECHNOLOGY: Final[Mapping[str, str]] = {
    "biogas": "Biogas",
    "biomass": "Biomass Energy",
    "geothermal": "Geothermal",
    "hydro": "Hydro",
    "solar PV": "Solar",
    "solar PV + battery": "Solar",
    "transformer/grid": "Energy distribution",
    "transport": "Transport",
    "waste heat recovery": "Energy Efficiency own generation",
    "waste management": "Waste",
    "waste-to-energy": "Waste",
    "wind": "Wind",
}
MAY_REMOVE: Final = frozenset({0, 14, 15})
"""Scopes whose projects may remove emissions: forests, agriculture, and none stated."""


@dataclass(frozen=True)
class Activity:
    """Sectors, activity types and mitigation type of an issuance; None where they are not settled."""

    sectors: str | None
    types: str | None
    mitigation: str | None


def activities_of(
    issuances: Iterable[Mapping[str, Any]], projects: Iterable[Mapping[str, Any]]
) -> dict[str, Activity]:
    """Activities by issuance, from rows of the queries `issuances` and `projects`; without an entry where none is known."""
    known = {row["project_id"]: (row["sector_number"], row["technology"]) for row in projects}
    found = {}
    for row in issuances:
        named = (row["project_ids"] or row["project_id"] or "").split(";")
        own = [known[key] for key in named if key in known]
        if own and len(own) == len(named):
            found[row["issuance_id"]] = Activity(
                _all_of(SECTOR_OF_SCOPE.get(scope) for scope, _ in own),
                _all_of(TYPE_OF_TECHNOLOGY.get(technology) for _, technology in own),
                None if any(scope in MAY_REMOVE for scope, _ in own) else terms.REDUCTIONS,
            )
    return found


def _all_of(values: Iterable[str | None]) -> str | None:
    """Each value once, in order; None where one is not settled."""
    found = list(values)
    return None if None in found else "; ".join(sorted({value for value in found if value is not None}))
