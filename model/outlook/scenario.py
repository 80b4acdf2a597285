"""A scenario: a small named set of parameters, each with its unit and allowed range, read from JSON and checked.

A parameter of null means “as observed”: the value then comes from the facts (see `evidence`). The reader's own
scenario, the shipped files in data/scenarios and the command line all pass through `read_scenario`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

PROJECTS_A_YEAR_AT_MOST = 5_000
"""New projects in one fiscal year; what growth takes beyond it is refused rather than drawn for hours."""


@dataclass(frozen=True)
class Parameter:
    """One lever: its allowed range and unit, its default, and what it means in both languages.

    `default` None is “as observed”, which only parameters with `may_be_observed` take. `step` is that of a slider.
    """

    name: str
    unit: str
    least: float
    most: float
    default: float | None
    step: float
    title_en: str
    title_ja: str
    text_en: str
    text_ja: str
    is_whole: bool = False
    may_be_observed: bool = False

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.unit == "switch"


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "realisation_pipeline",
        "share",
        0,
        1,
        0.8,
        0.05,
        "Realisation of selected projects",
        "採択・計画案件の実現率",
        "Share of selected or planned projects that go into operation. Stated: public lists drop cancelled projects"
        " in silence, so it cannot be measured; withdrawals known to us are few.",
        "採択・計画段階の案件のうち稼働に至る割合。中止案件は一覧から公表なく除かれるため実測できず、仮定値とする。",
    ),
    Parameter(
        "realisation_validation",
        "share",
        0,
        1,
        0.95,
        0.05,
        "Realisation of projects under validation",
        "妥当性確認中案件の実現率",
        "Share of projects under validation that go into operation. Stated; most of them run already.",
        "妥当性確認中の案件のうち稼働に至る割合。多くは既に稼働しているため高い値を仮定する。",
    ),
    Parameter(
        "delivery_mean",
        "ratio",
        0.1,
        2,
        None,
        0.05,
        "Delivery ratio, middle",
        "達成率(中央値)",
        "Verified tonnes divided by the annual estimate for the same days. As observed: measured on issuances of single"
        " projects, drawn towards 0.85 while observations are few.",
        "検証済みの量÷同期間の見込量。実測値は単独案件の発行から求め、標本が少ない間は0.85に寄せる。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_spread",
        "log standard deviation",
        0,
        1,
        None,
        0.05,
        "Delivery ratio, differences between projects",
        "達成率(案件間のばらつき)",
        "How much projects differ from each other: about the relative standard deviation.",
        "案件間の達成率のばらつき(おおむね相対標準偏差)。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_common_spread",
        "log standard deviation",
        0,
        1,
        None,
        0.05,
        "Delivery ratio, uncertainty of the middle",
        "達成率(中央値の不確かさ)",
        "How unsure the middle itself is, the same for all projects of a draw; it does not average out.",
        "中央値そのものの不確かさ。全案件に共通に作用し、平均しても消えない。",
        may_be_observed=True,
    ),
    Parameter(
        "start_spread",
        "times the observed spread",
        0,
        3,
        1,
        0.25,
        "Spread of assumed starts",
        "稼働開始日のばらつき",
        "Assumed starts of operation vary as those observed did; 1 is as observed, 0 none.",
        "仮定した稼働開始日のばらつき。1は実測どおり、0はばらつきなし。",
    ),
    Parameter(
        "start_shift_years",
        "years",
        -2,
        5,
        0,
        0.25,
        "Delay of all assumed starts",
        "稼働開始の一律の遅れ",
        "Shifts every assumed start that lies after the as-of date, and those of new projects.",
        "基準日より後の仮定の稼働開始日と新規案件の稼働開始を一律に遅らせる年数。",
    ),
    Parameter(
        "lifetime_spread",
        "log standard deviation",
        0,
        0.5,
        0.1,
        0.05,
        "Spread of lifetimes",
        "稼働年数のばらつき",
        "Lifetimes vary around the assumed life of the technology. Stated.",
        "技術別の想定稼働年数の前後のばらつき。仮定値。",
    ),
    Parameter(
        "impute",
        "switch",
        0,
        1,
        1,
        1,
        "Projects without an estimate",
        "見込量のない案件",
        "1: a project without an annual estimate gets one drawn from projects of like technology, by the MW of its title"
        " where it names them. 0: such projects count as nothing.",
        "1:年間見込量の記載がない案件に、同種技術(題名にMWの記載があればその規模)から推計した値を与える。0:含めない。",
        is_whole=True,
    ),
    Parameter(
        "new_per_year",
        "projects a year",
        0,
        500,
        None,
        1,
        "New projects a year, government-supported",
        "新規案件数(政府支援、年間)",
        "Mean number selected in a fiscal year. As observed: the mean of the last five completed fiscal years.",
        "年度当たりの平均採択件数。実測は直近5年度の平均。",
        may_be_observed=True,
    ),
    Parameter(
        "private_per_year",
        "projects a year",
        0,
        500,
        None,
        1,
        "New projects a year, private",
        "新規案件数(民間資金、年間)",
        "Mean number a fiscal year. As observed: the mean of the last five completed fiscal years.",
        "年度当たりの平均件数。実測は直近5年度の平均。",
        may_be_observed=True,
    ),
    Parameter(
        "growth",
        "a year",
        -0.5,
        0.5,
        0,
        0.01,
        "Growth of the number",
        "件数の伸び率",
        "Yearly growth of both numbers, compound, from the first fiscal year of intake.",
        "新規案件数の年率の伸び(複利)。",
    ),
    Parameter(
        "size_factor",
        "times",
        0,
        50,
        1,
        0.25,
        "Size of new government-supported projects",
        "新規案件の規模(政府支援)",
        "Multiplies the annual reductions of new projects; 1 is the sizes known so far.",
        "新規案件の年間削減量に乗じる倍率。1はこれまでの規模。",
    ),
    Parameter(
        "private_size_factor",
        "times",
        0,
        50,
        1,
        0.25,
        "Size of new private projects",
        "新規案件の規模(民間資金)",
        "The same for private projects.",
        "民間資金の新規案件に乗じる倍率。",
    ),
    Parameter(
        "large_per_year",
        "projects a year",
        0,
        20,
        0,
        0.5,
        "Very large new projects a year",
        "超大型の新規案件数(年間)",
        "Projects of a kind hardly seen so far, such as large capture and storage or forests; mean number a year.",
        "CCSや大規模森林など、これまでほとんど例のない規模の案件の年間平均件数。",
    ),
    Parameter(
        "large_size_tco2",
        "tCO2 a year",
        100_000,
        20_000_000,
        1_000_000,
        100_000,
        "Annual reductions of a very large project",
        "超大型案件1件の年間削減量",
        "The middle; single projects vary by half.",
        "中央値。個々の案件は5割程度ばらつく。",
    ),
    Parameter(
        "realisation_new",
        "share",
        0,
        1,
        0.8,
        0.05,
        "Realisation of new projects",
        "新規案件の実現率",
        "Share of new projects that go into operation. Stated.",
        "新規案件のうち稼働に至る割合。仮定値。",
    ),
    Parameter(
        "last_intake_year",
        "fiscal year",
        2020,
        2050,
        2040,
        1,
        "Last fiscal year of intake",
        "新規採択の最終年度",
        "No project is selected after it.",
        "この年度より後の採択は見込まない。",
        is_whole=True,
    ),
)

PARAMETER: Mapping[str, Parameter] = {p.name: p for p in PARAMETERS}
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

    def changed(self, **values: float | None) -> "Scenario":
        """The same scenario with other values; raises ScenarioError."""
        return read_scenario(self.as_json() | {"parameters": {**self.values, **values}}, self.code)

    def named(self, name_en: str, name_ja: str) -> "Scenario":
        """The same values under another name."""
        return replace(self, name_en=name_en, name_ja=name_ja)

    def as_json(self) -> dict[str, Any]:
        """What a scenario file holds."""
        return {key: getattr(self, key) for key in _NAMES} | {"parameters": dict(self.values)}

    def key(self) -> tuple[object, ...]:
        """Equal for scenarios that give equal results, for caches."""
        return tuple(self.values[p.name] for p in PARAMETERS)


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
                    f"JSONとして読み取れません({error})。ページから取得したシナリオの形式を参照してください。",
                ),
            )
        ) from error
    return read_scenario(found, code)


def read_scenario(found: object, code: str) -> Scenario:
    """A scenario from parsed JSON: every name and parameter must be there, and no other.

    Raises ScenarioError with every fault: field, value and allowed range.
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
            f"は定義されていません。定義済み:{'、'.join(sorted(wanted))}。",
        )
        for key in sorted(given - wanted, key=str)
    ]
    return missing + unknown


def _fault_of(parameter: Parameter, value: object) -> Fault | None:
    field = f"parameters.{parameter.name}"
    observed_en = ", or null for “as observed”" if parameter.may_be_observed else ""
    observed_ja = "、又は実測値を用いる場合はnull" if parameter.may_be_observed else ""
    allowed_en = f"allowed: {parameter.least:g} to {parameter.most:g} ({parameter.unit}){observed_en}."
    allowed_ja = f"許容範囲:{parameter.least:g}~{parameter.most:g}({parameter.unit}){observed_ja}。"
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
        years = max(0, int(given["last_intake_year"]) - 2026)
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


def default_scenario() -> Scenario:
    """Every parameter at its default, under the name of a reader's own scenario."""
    return Scenario(
        "own",
        "Own scenario",
        "独自シナリオ",
        "Set by the reader.",
        "利用者が設定。",
        {p.name: p.default for p in PARAMETERS},
    )


def certain_scenario() -> Scenario:
    """No uncertainty and nothing new: the deterministic schedule of the projects with an estimate."""
    return default_scenario().changed(
        realisation_pipeline=1,
        realisation_validation=1,
        delivery_mean=1,
        delivery_spread=0,
        delivery_common_spread=0,
        start_spread=0,
        lifetime_spread=0,
        impute=0,
        new_per_year=0,
        private_per_year=0,
    )
