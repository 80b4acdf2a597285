"""What a reader asks a briefing for, checked: subject, language, day, second day, scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from model.near_matches import exact_match, near_matches
from model.outlook.scenario import Fault
from queries.outlook import USUAL, shipped_scenarios
from queries.warehouse import Warehouse
from view.participants.profile import keys_by_name
from view.texts import LANGUAGES, Language

Audience = Literal["programme", "country", "sector", "participant", "comparison"]
AUDIENCES: tuple[Audience, ...] = ("programme", "country", "sector", "participant", "comparison")


@dataclass(frozen=True)
class Request:
    """A checked request. `subject`: ISO code of a country, number of a sector, key of a participant, else empty.

    `earlier` is the day that a comparison sets beside `as_of`; None for every other audience.
    """

    audience: Audience
    lang: Language
    as_of: date
    subject: str = ""
    earlier: date | None = None
    scenario: str = USUAL

    def stem(self, data_version: str) -> str:
        """Name of its files without the ending."""
        subject = self.subject.lower() if self.audience == "country" else self.subject
        parts = [self.audience, subject, self.earlier.isoformat() if self.earlier else ""]
        what = "-".join(part for part in parts if part)
        return f"jcm_briefing_{what}_{self.lang}_{self.as_of.isoformat()}_{data_version}"


class RequestError(ValueError):
    """A request with faults; each names the field, the value and what is allowed, in both languages."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.field} = {f.value}: {f.en}" for f in faults))


def request_of(
    warehouse: Warehouse,
    *,
    audience: str = "programme",
    subject: str = "",
    lang: str = "en",
    as_of: date | None = None,
    earlier: date | None = None,
    scenario: str = USUAL,
) -> Request:
    """Checks a request against the warehouse. Raises RequestError with every fault at once."""
    day = as_of or warehouse.data_as_of
    faults: list[Fault] = []
    if audience not in AUDIENCES:
        faults.append(_not_one_of("audience", audience, AUDIENCES))
    if lang not in LANGUAGES:
        faults.append(_not_one_of("lang", lang, LANGUAGES))
    if scenario not in shipped_scenarios():
        faults.append(_not_one_of("scenario", scenario, tuple(shipped_scenarios())))
    faults += _faults_of_day("as_of", day, warehouse.first_on, warehouse.data_as_of)
    if audience == "comparison":
        if earlier is None:
            faults.append(
                Fault("earlier", "", "a comparison needs an earlier day", "比較には比較元の日が必要です")
            )
        else:
            faults += _faults_of_day("earlier", earlier, warehouse.first_on, day)
            if earlier == day:
                faults.append(
                    Fault(
                        "earlier",
                        earlier.isoformat(),
                        f"must lie before as_of ({day.isoformat()})",
                        f"基準日（{day.isoformat()}）より前の日を指定してください",
                    )
                )
    if audience == "participant":
        subject, unknown = _participant(warehouse, subject)
        faults += unknown
    known = _subjects(warehouse)
    if audience in known and subject not in known[audience]:
        faults.append(_not_one_of(audience, subject, known[audience]))
    if faults:
        raise RequestError(faults)
    return Request(
        cast("Audience", audience),
        cast("Language", lang),
        day,
        subject if audience in {*known, "participant"} else "",
        earlier if audience == "comparison" else None,
        scenario,
    )


def _subjects(warehouse: Warehouse) -> Mapping[str, tuple[str, ...]]:
    """Countries and sectors that a briefing can be about."""
    rows = warehouse.run("filter_options").to_pylist()
    return {
        "country": tuple(r["value"] for r in rows if r["filter"] == "country"),
        "sector": tuple(r["value"] for r in rows if r["filter"] == "sector" and r["value"] != "0"),
    }


def _participant(warehouse: Warehouse, name: str) -> tuple[str, list[Fault]]:
    """The key of a participant that is given by it or by any of its names, and what is wrong with the name."""
    keys = keys_by_name(warehouse.run("participant_names").to_pylist())
    found = exact_match(name, list(keys))
    if found is not None:
        return keys[found], []
    near = ", ".join(near_matches(name, dict.fromkeys(keys, ())))
    en = f"no participant has this name; near are {near}" if near else "no participant has this name"
    ja = f"該当する参加者がありません。近い名称：{near}" if near else "該当する参加者がありません"
    return name, [Fault("participant", name, en, ja)]


def _faults_of_day(field: str, day: date, earliest: date, latest: date) -> list[Fault]:
    if earliest <= day <= latest:
        return []
    first, last = earliest.isoformat(), latest.isoformat()
    return [
        Fault(
            field,
            day.isoformat(),
            f"allowed are {first} (the first JCM document) to {last}",
            f"{first}（最初のJCM文書の署名日）から{last}までの日を指定してください",
        )
    ]


def _not_one_of(field: str, value: str, known: tuple[str, ...]) -> Fault:
    some = ", ".join(known)
    return Fault(field, value, f"allowed are {some}", f"指定できる値は{some}です")
