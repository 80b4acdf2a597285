"""A scenario: a small named set of parameters, each with its unit and allowed range, read from JSON and checked.

A parameter of null means “as observed”: the value then comes from the facts (see `evidence`). The reader's own
scenario, the shipped files in data/scenarios and the command line all pass through `read_scenario`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from model.outlook.parameters import PARAMETER, PARAMETERS, Parameter

PROJECTS_A_YEAR_AT_MOST = 5_000
"""New projects in one fiscal year; what growth takes beyond it is refused rather than drawn for hours."""

OWN = "own"
"""Code of the reader's own scenario."""

_NAMES = ("name_en", "name_ja", "text_en", "text_ja")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of a scenario: its name, the value found, and what is allowed."""

    field: str
    value: str
    en: str
    ja: str


class ScenarioError(ValueError):
    """A scenario that cannot be used; `faults` holds every fault, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{f.field} = {f.value}: {f.en}" for f in faults))


@dataclass(frozen=True)
class Scenario:
    """A named set of parameters. A value of None is “as observed”."""

    code: str
    name_en: str
    name_ja: str
    text_en: str
    text_ja: str
    values: Mapping[str, float | None]

    def __getitem__(self, name: str) -> float | None:
        return self.values[name]

    def stated(self, name: str) -> float:
        """The value of a parameter that is never observed."""
        value = self.values[name]
        if value is None:
            raise KeyError(name)
        return value

    def value(self, name: str, observed: float) -> float:
        """The value of a parameter, the observed one where it is “as observed”."""
        stated = self.values[name]
        return observed if stated is None else stated

    def changed(self, **values: float | None) -> "Scenario":
        """The same scenario with other values; raises ScenarioError."""
        return read_scenario(self.as_json() | {"parameters": {**self.values, **values}}, self.code)

    def own(self) -> "Scenario":
        """The same values as the reader's own, which no shipped scenario answers for."""
        return replace(
            self,
            code=OWN,
            name_en="Own scenario",
            name_ja="独自シナリオ",
            text_en="Values set by the reader.",
            text_ja="利用者が設定した値による。",
        )

    def as_json(self) -> dict[str, Any]:
        """What a scenario file holds."""
        return {key: getattr(self, key) for key in _NAMES} | {"parameters": dict(self.values)}

    def key(self) -> tuple[object, ...]:
        """Equal for scenarios that give equal results, for caches."""
        return tuple(self.values[p.name] for p in PARAMETERS)

    def draws_key(self) -> tuple[object, ...]:
        """Equal for scenarios whose draws are equal, whatever of them counts."""
        return tuple(self.values[p.name] for p in PARAMETERS if p.moves == "draws")


def parse_scenario(text: str, code: str) -> Scenario:
    """A scenario from the text of a file; raises ScenarioError for what is not JSON or not a scenario."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ScenarioError(
            (
                Fault(
                    "file",
                    text[:40],
                    f"is not JSON ({error}). Download a scenario from the page to see the form.",
                    f"JSONとして読み取れません（{error}）。ページから取得したシナリオの形式を参照してください。",
                ),
            )
        ) from error
    return read_scenario(found, code)


def read_scenario(found: object, code: str) -> Scenario:
    """A scenario from parsed JSON: every name and parameter must be there, and no other.

    Parameters of the way to counting may be left out, as files saved before they came have none: they are then as
    observed. Raises ScenarioError with every fault: field, value and allowed range.
    """
    if not isinstance(found, Mapping):
        raise ScenarioError(
            (
                Fault(
                    "file",
                    str(found)[:40],
                    "must be one JSON object.",
                    "JSONのオブジェクトである必要があります。",
                ),
            )
        )
    faults = _faults_of_keys("", set(found), {*_NAMES, "parameters"})
    faults += [
        Fault(key, repr(found[key])[:60], "must be a text.", "文字列である必要があります。")
        for key in _NAMES
        if key in found and not isinstance(found[key], str)
    ]
    given = found.get("parameters", {})
    if not isinstance(given, Mapping):
        faults.append(
            Fault(
                "parameters",
                repr(given)[:60],
                "must be an object.",
                "オブジェクトである必要があります。",
            )
        )
        given = {}
    given = {p.name: p.default for p in PARAMETERS if p.moves == "counting"} | dict(given)
    if "parameters" in found and isinstance(found["parameters"], Mapping):
        faults += _faults_of_keys("parameters.", set(given), set(PARAMETER))
    for parameter in PARAMETERS:
        if parameter.name in given and (fault := _fault_of(parameter, given[parameter.name])):
            faults.append(fault)
    if not faults:
        faults += _faults_together(given)
    if faults:
        raise ScenarioError(tuple(faults))
    values = {p.name: None if given[p.name] is None else float(given[p.name]) for p in PARAMETERS}
    return Scenario(code, found["name_en"], found["name_ja"], found["text_en"], found["text_ja"], values)


def _faults_of_keys(prefix: str, given: set[str], wanted: set[str]) -> list[Fault]:
    missing = [
        Fault(prefix + key, "–", "is missing.", "がありません。") for key in sorted(wanted - given, key=str)
    ]
    unknown = [
        Fault(
            prefix + str(key)[:60],
            "–",
            f"is not known. Known: {', '.join(sorted(wanted))}.",
            f"は定義されていません。定義済み：{'、'.join(sorted(wanted))}。",
        )
        for key in sorted(given - wanted, key=str)
    ]
    return missing + unknown


def _fault_of(parameter: Parameter, value: object) -> Fault | None:
    field = f"parameters.{parameter.name}"
    observed_en = ", or null for “as observed”" if parameter.may_be_observed else ""
    observed_ja = "、又は実測値を用いる場合はnull" if parameter.may_be_observed else ""
    allowed_en = f"allowed: {parameter.least:g} to {parameter.most:g} ({parameter.unit}){observed_en}."
    allowed_ja = f"許容範囲：{parameter.least:g}～{parameter.most:g}（{parameter.unit}）{observed_ja}。"
    if value is None and parameter.may_be_observed:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not isinstance(value, int | float):
        return Fault(
            field, repr(value)[:60], f"is not a number; {allowed_en}", f"数値ではありません。{allowed_ja}"
        )
    if not parameter.least <= value <= parameter.most:
        return Fault(field, f"{value:g}", f"is out of range; {allowed_en}", f"範囲外です。{allowed_ja}")
    if parameter.is_whole and value != int(value):
        return Fault(
            field, f"{value:g}", f"must be a whole number; {allowed_en}", f"整数が必要です。{allowed_ja}"
        )
    return None


def _faults_together(given: Mapping[str, Any]) -> list[Fault]:
    """What each parameter allows by itself may still be too much together."""
    faults = []
    for name in ("new_per_year", "private_per_year"):
        number, growth = given[name], given["growth"]
        # A view may be taken of an early day, and growth counts from its year.
        years = int(given["last_intake_year"] - PARAMETER["last_intake_year"].least)
        last = (number or 0) * (1 + growth) ** years
        if last > PROJECTS_A_YEAR_AT_MOST:
            faults.append(
                Fault(
                    "parameters.growth",
                    f"{growth:g}",
                    f"takes {name} from {number:g} to {last:,.0f} a year; at most {PROJECTS_A_YEAR_AT_MOST:,}."
                    " Lower one of them.",
                    f"{name} が {number:g} 件から {last:,.0f} 件/年に達します。上限は {PROJECTS_A_YEAR_AT_MOST:,} 件です。",
                )
            )
    return faults
