"""What visitors choose in the measurements: addresses of the target page, as its controls write them."""

from itertools import product
from urllib.parse import urlencode

CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"measure": "combined"},
    {"form": "yearly"},
    {"share": "japan"},
    {"year": "calendar"},
    {"dating": "decision"},
    {"country": "MNG"},
    {"country": "IDN"},
    {"country": "THA", "measure": "combined"},
    {"country": "VNM", "form": "yearly"},
    {"as_of": "2025-03-31"},
    {"as_of": "2021-10-22", "measure": "combined"},
)
LANGUAGES = ("en", "ja")

SELECTIONS: tuple[str, ...] = tuple(
    urlencode({"lang": language, **choice}) for choice, language in product(CHOICES, LANGUAGES)
)

NEW_SELECTIONS: tuple[str, ...] = tuple(
    urlencode({"lang": "en", "as_of": f"{year}-{month:02}-15", "measure": "combined"})
    for year in (2023, 2024)
    for month in range(1, 13)
)
"""Selections that nothing else asks for: their results and figures are made, not found."""
