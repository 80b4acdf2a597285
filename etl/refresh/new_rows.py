"""New rows of the record, completed with what follows from what a source states."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from etl.plausibility.identity import normalised_title
from etl.refresh.proposal import Row
from etl.refresh.record_files import RecordFiles

LIKE_TITLE = 60
"""Likeness of titles, 0 to 100, from which a technology is proposed; below it, “other”."""


def precision_of(day: str) -> str:
    """Return the precision of a day or month as the record words it; empty for anything else."""
    return {10: "day", 7: "month"}.get(len(day), "")


class NewRows:
    """Completes rows before they are proposed, so that a person sees and can change what was filled in."""

    def __init__(self, record: RecordFiles, *, first_own_key: int = 1, reserved: Iterable[str] = ()) -> None:
        """`first_own_key` is the lowest number that a project without a reference number gets in its country.

        `reserved` are keys that are proposed already and not on record yet.
        """
        self._first = first_own_key
        self._reserved = list(reserved)
        self._record = record
        self._next: dict[str, int] = {}
        self._partners = 0
        self._titles = [normalised_title(row["title_en"]) for row in record.rows("project")]
        self._technologies = [row["technology"] for row in record.rows("project")]
        self._by_word: dict[str, set[int]] = {}
        for place, title in enumerate(self._titles):
            for word in title.split():
                self._by_word.setdefault(word, set()).add(place)
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
            self._partners += 1
            sequence = self._partners + max(
                (int(row["sequence"]) for row in self._record.rows("partner_country")), default=0
            )
            return {
                "sequence": str(sequence),
                "signed_on_precision": precision_of(cells.get("signed_on", "")),
                "source_id": source_id,
                **cells,
            }
        return {"source_id": source_id, **cells}

    def _project(self, cells: Row, source_id: str) -> Row:
        key = cells.get("ref_no", "")
        listed = bool(key)
        technology = cells.get("technology") or self._technology(cells.get("title_en", ""))
        if technology == "other" and not cells.get("technology"):
            technology = self._named(cells.get("title_ja", ""))
        scope = next(iter(self._scopes.get(technology, Counter()).most_common(1)), ("", 0))[0]
        programme = cells.get("programme", "")
        status = cells.get("status") or ("validation" if listed else "pipeline")
        estimate = cells.get("est_annual_tco2", "")
        return {
            "project_id": key or cells.get("project_id") or self._own_key(cells.get("iso3", "")),
            "title_en_basis": "published" if cells.get("title_en") else "translated",
            "sectoral_scope": scope,
            "scope_basis": "classified" if scope else "",
            "funding": self._fundings.get(programme, "unknown"),
            "in_target_scope": "false" if status in {"withdrawn", "study"} else "true",
            "source_ids": source_id,
            "title_en": cells.get("title_ja", ""),
            **{name: text for name, text in cells.items() if name in PROJECT_CELLS},
            "technology": technology,
            "status": status,
            "est_annual_source_id": source_id if estimate else "",
            "est_annual_basis": cells.get("est_annual_basis", "unknown") if estimate else "",
        }

    def _technology(self, title: str) -> str:
        """The technology of the project with the most similar title."""
        plain = normalised_title(title)
        if not plain:
            return "other"
        # Titles without a common word are compared by their letters alone, which is quick.
        near = sorted(set().union(*(self._by_word.get(word, set()) for word in plain.split())))
        by_words = process.extractOne(
            plain,
            [self._titles[place] for place in near],
            scorer=fuzz.token_set_ratio,
            score_cutoff=LIKE_TITLE,
        )
        by_letters = process.extractOne(plain, self._titles, scorer=fuzz.ratio, score_cutoff=LIKE_TITLE)
        if by_words and (not by_letters or by_words[1] >= by_letters[1]):
            return self._technologies[near[by_words[2]]]
        return self._technologies[by_letters[2]] if by_letters else "other"

    def _named(self, title_ja: str) -> str:
        """The technology whose Japanese name stands in a title, the longest name first: 風力発電所 is wind."""
        words = [
            (len(word), row["technology"])
            for row in self._record.rows("technology")
            for word in row["name_ja"].split("・")
            if word in title_ja
        ]
        return max(words, default=(0, "other"))[1]

    def _own_key(self, iso3: str) -> str:
        """The next free key of our own in a country."""
        start = f"P-{iso3}-"
        if iso3 not in self._next:
            keys = [*(row["project_id"] for row in self._record.rows("project")), *self._reserved]
            numbers = (key.removeprefix(start) for key in keys)
            self._next[iso3] = max((int(n) for n in numbers if n.isdecimal()), default=0)
            self._next[iso3] = max(self._next[iso3], self._first - 1)
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
