"""New rows of the record, completed with what follows from what a source states."""

from collections import Counter
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from etl.plausibility.identity import normalised_title
from etl.refresh.proposal import Row
from etl.refresh.record_files import RecordFiles

LIKE_TITLE = 60
"""Likeness of titles, 0 to 100, from which a technology is proposed; below it, “other”."""


class NewRows:
    """Completes rows before they are proposed, so that a person sees and can change what was filled in."""

    def __init__(self, record: RecordFiles) -> None:
        self._record = record
        self._next: dict[str, int] = {}
        self._titles = {
            row["project_id"]: normalised_title(row["title_en"]) for row in record.rows("project")
        }
        self._technologies = {row["project_id"]: row["technology"] for row in record.rows("project")}
        self._scopes: dict[str, Counter[str]] = {}
        for row in record.rows("project"):
            if row["sectoral_scope"]:
                self._scopes.setdefault(row["technology"], Counter())[row["sectoral_scope"]] += 1
        self._fundings = {row["programme"]: row["funding"] for row in record.rows("programme")}

    def completed(self, table_name: str, cells: Mapping[str, str], source_id: str) -> Row:
        """Return the whole row; what cannot be known stays empty and has to be filled in before it is accepted."""
        if table_name == "project":
            return self._project(dict(cells), source_id)
        if table_name == "partner_country":
            sequence = 1 + max(
                (int(row["sequence"]) for row in self._record.rows("partner_country")), default=0
            )
            day = cells.get("signed_on", "")
            precision = {10: "day", 7: "month"}.get(len(day), "")
            return {
                "sequence": str(sequence),
                "signed_on_precision": precision,
                "source_id": source_id,
                **cells,
            }
        return {"source_id": source_id, **cells}

    def _project(self, cells: Row, source_id: str) -> Row:
        key = cells.get("ref_no", "")
        listed = bool(key)
        technology = cells.get("technology") or self._technology(cells.get("title_en", ""))
        scope = next(iter(self._scopes.get(technology, Counter()).most_common(1)), ("", 0))[0]
        programme = cells.get("programme", "")
        status = cells.get("status") or ("validation" if listed else "pipeline")
        estimate = cells.get("est_annual_tco2", "")
        return {
            "project_id": key or self._own_key(cells.get("iso3", "")),
            "title_en_basis": "published",
            "sectoral_scope": scope,
            "scope_basis": "classified" if scope else "",
            "funding": self._fundings.get(programme, "unknown"),
            "in_target_scope": "false" if status in {"withdrawn", "study"} else "true",
            "source_ids": source_id,
            **{name: text for name, text in cells.items() if name in PROJECT_CELLS},
            "technology": technology,
            "status": status,
            "est_annual_source_id": source_id if estimate else "",
            "est_annual_basis": cells.get("est_annual_basis", "unknown") if estimate else "",
        }

    def _technology(self, title: str) -> str:
        """The technology of the project with the most similar title."""
        plain = normalised_title(title)
        found = (
            process.extractOne(plain, self._titles, scorer=fuzz.token_set_ratio, score_cutoff=LIKE_TITLE)
            if plain
            else None
        )
        return self._technologies[found[2]] if found else "other"

    def _own_key(self, iso3: str) -> str:
        """The next free key of our own in a country."""
        start = f"P-{iso3}-"
        if iso3 not in self._next:
            numbers = (row["project_id"].removeprefix(start) for row in self._record.rows("project"))
            self._next[iso3] = max((int(n) for n in numbers if n.isdecimal()), default=0)
        self._next[iso3] += 1
        return f"{start}{self._next[iso3]:03d}"


PROJECT_CELLS = frozenset(
    {
        *(
            "ref_no",
            "title_en",
            "title_ja",
            "iso3",
            "location",
            "latitude",
            "longitude",
            "methodology",
            "programme",
        ),
        *(
            "fy_selected",
            "registered_on",
            "operation_start",
            "est_annual_tco2",
            "est_total_tco2",
            "est_total_basis",
        ),
        *("jp_participants", "partner_participants", "note"),
    }
)
"""Cells of a source that go into a row of project as they are."""
