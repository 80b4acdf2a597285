"""Our figures beside what officials and the press stated, each for the date of the statement.

Nothing is scaled to close a difference: the coverage, our figure ÷ the stated one, is shown. A statement
that counts something else than these facts hold is kept and marked as not comparable, with the reason.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.steps.evidence import EventTest, Evidence, ProjectTest
from etl.steps.fact_rows import Event, latest_day
from model.ladder import EXPECTED_RUNGS

RECONCILIATION_COLUMNS = {
    "metric": pl.String,
    "as_of_on": pl.Date,
    "as_of_precision": pl.String,
    "scope": pl.String,
    "stated_value": pl.Float64,
    "unit": pl.String,
    "qualifier": pl.String,
    "our_value": pl.Float64,
    "coverage": pl.Float64,
    "basis_en": pl.String,
    "basis_ja": pl.String,
    "is_comparable": pl.Boolean,
    "source_id": pl.String,
    "reliability": pl.String,
    "note": pl.String,
}


@dataclass(frozen=True)
class Statement:
    """One stated figure; `as_of` is the latest day its date may mean, the day of the data for undated pages."""

    metric: str
    as_of: date
    value: float
    scope: str

    @property
    def year(self) -> int:
        """The year the metric names, as in expected_cumulative_by_fy2030."""
        return int(self.metric[-4:])


@dataclass(frozen=True)
class OwnFigure:
    """Our figure for a statement, None where there is none, and how it was made."""

    value: float | None
    basis_en: str
    basis_ja: str


ESTIMATES_KNOWN_EN = (
    "Only projects with an estimate; one that no dated page gives counts from the day its project was known."
)
ESTIMATES_KNOWN_JA = "見込量の記載がある案件のみ。資料に日付のない見込量は、案件が判明した日から計上。"

Measure = Callable[[Statement, Evidence], OwnFigure]


def reconcile(official_total: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """Return `reconciliation`: one row per row of `official_total`, in its order of metric, date, scope and value."""
    rows = []
    for row in official_total.iter_rows(named=True):
        is_dated = row["as_of_on"] is not None
        as_of = latest_day(row["as_of_on"], row["as_of_precision"]) if is_dated else evidence.data_as_of
        statement = Statement(row["metric"], min(as_of, evidence.data_as_of), row["value"], row["scope"])
        own = _measure(statement.metric)(statement, evidence)
        is_weak = row["reliability"] == "weak"
        is_comparable = own.value is not None and not is_weak
        notes = [(own.basis_en, own.basis_ja)]
        if not is_dated and own.value is not None:
            notes.append(
                (
                    "The page is undated: ours is of the day of the data.",
                    "資料に日付がないため、データ基準日の値による。",
                )
            )
        if is_weak:
            notes.append(("Weak source: not compared.", "信頼度の低い資料のため比較しない。"))
        rows.append(
            {
                **{
                    key: row[key]
                    for key in ("metric", "as_of_on", "as_of_precision", "scope", "unit", "qualifier")
                },
                "stated_value": row["value"],
                "our_value": own.value,
                "coverage": own.value / row["value"] if is_comparable and own.value is not None else None,
                "basis_en": " ".join(note for note, _ in notes),
                "basis_ja": "".join(note for _, note in notes),
                "is_comparable": is_comparable,
                **{key: row[key] for key in ("source_id", "reliability", "note")},
            }
        )
    return pl.DataFrame(rows, schema=RECONCILIATION_COLUMNS, orient="row").sort(
        "metric", "as_of_on", "scope", "stated_value", "source_id", nulls_last=True
    )


def _measure(metric: str) -> Measure:
    by_year = re.sub(r"\d{4}$", "", metric)
    return MEASURES.get(metric) or MEASURES.get(by_year) or _no_counterpart


def _no_counterpart(statement: Statement, _: Evidence) -> OwnFigure:
    basis_en, basis_ja = NO_COUNTERPART.get(
        statement.metric,
        ("These facts hold nothing to compare it with.", "比較の対象となる事実を収録していない。"),
    )
    return OwnFigure(None, basis_en, basis_ja)


def _partners(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.partners(statement.as_of),
        "Partners that had signed by that day; a date known only by limits counts at the later one.",
        "その日までに署名した国の数。署名日が期間でのみ判明している国は後の日による。",
    )


def _registered(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.projects(statement.as_of, ("registered",), _any_project),
        "Projects registered by that day.",
        "その日までに登録された案件数。",
    )


def _registered_with_issuance(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.registered_with_issuance(statement.as_of),
        "Registered projects named by an issuance event known by that day.",
        "その日までに判明している発行に記載された登録済み案件数。",
    )


def _supported(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = _project_scope(statement.scope)
    return OwnFigure(
        evidence.projects(statement.as_of, EXPECTED_RUNGS, counts),
        f"Counted: {scope_en} known by that day, without studies and withdrawn ones; the stated scope may differ.",
        f"その日までに判明している{scope_ja}の数(調査・取下げを除く)。公表値の対象範囲とは異なる場合がある。",
    )


def _listed(statement: Statement, evidence: Evidence) -> OwnFigure:
    iso3 = evidence.partner_named_in(statement.scope)
    if iso3 is None:
        return _no_counterpart(statement, evidence)
    return OwnFigure(
        evidence.listed(statement.as_of, iso3),
        "Projects of the country with a JCM reference number, withdrawn ones included.",
        "当該国のJCM登録簿番号のある案件数(取下げを含む)。",
    )


def _pre_registration(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.projects(statement.as_of, ("pipeline", "validation"), _any_project),
        "Projects in the pipeline or under validation.",
        "採択・計画段階及び妥当性確認中の案件数。",
    )


def _all_stages(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.projects(statement.as_of, EXPECTED_RUNGS, _any_project),
        "Projects in the pipeline, under validation or registered.",
        "採択・計画段階、妥当性確認中及び登録済みの案件数。",
    )


def _annual_estimates(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = _project_scope(statement.scope)
    return OwnFigure(
        evidence.annual_estimates_tco2(statement.as_of, counts),
        f"Sum of the annual estimates known by that day: {scope_en}. {ESTIMATES_KNOWN_EN}",
        f"その日までに判明している年間見込量の合計({scope_ja})。{ESTIMATES_KNOWN_JA}",
    )


def _expected(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = _project_scope(statement.scope)
    is_fiscal = "_fy" in statement.metric
    column = "fiscal_year" if is_fiscal else "calendar_year"
    end_en = f"FY{statement.year}" if is_fiscal else f"calendar year {statement.year}"
    end_ja = f"{statement.year}年度末" if is_fiscal else f"{statement.year}年末"
    return OwnFigure(
        evidence.expected_tco2(statement.as_of, column, statement.year, counts),
        f"Expected tonnes to the end of {end_en} as known on that day (pipeline, validation, registered): {scope_en}."
        f" {ESTIMATES_KNOWN_EN}",
        f"その日までに判明していた{end_ja}までの見込量(採択・計画、妥当性確認中、登録済み):{scope_ja}。"
        f"{ESTIMATES_KNOWN_JA}",
    )


def _issued(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _issued_sum(statement, evidence, lambda event: event.total_tco2, ("Tonnes", "発行量"))


def _issued_japan(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _issued_sum(
        statement, evidence, lambda event: event.japan_tco2, ("The Japanese side's tonnes", "日本側の量")
    )


def _issued_partner(statement: Statement, evidence: Evidence) -> OwnFigure:
    def partner_tco2(event: Event) -> int | None:
        if event.partner_tco2 is not None or event.total_tco2 is None or event.japan_tco2 is None:
            return event.partner_tco2
        return event.total_tco2 - event.japan_tco2

    return _issued_sum(statement, evidence, partner_tco2, ("The partner side's tonnes", "パートナー国側の量"))


def _issued_sum(
    statement: Statement, evidence: Evidence, amount: Callable[[Event], int | None], what: tuple[str, str]
) -> OwnFigure:
    counts = _event_scope(statement.scope)
    amounts = [
        tco2
        for event in evidence.events(statement.as_of)
        if counts(event) and (tco2 := amount(event)) is not None
    ]
    if not amounts:
        return OwnFigure(
            None,
            f"{what[0]} of no event known by that day are known.",
            f"その日までに{what[1]}が判明している発行がない。",
        )
    return OwnFigure(
        sum(amounts),
        f"{what[0]} of {len(amounts)} events known by that day, decided or issued, with an amount.",
        f"その日までに判明している発行・発行決定{len(amounts)}件の{what[1]}の合計(量が判明しているもののみ)。",
    )


def _event(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _first_event(statement, evidence, lambda event: event.total_tco2)


def _event_government(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _first_event(statement, evidence, lambda event: event.japan_government_tco2)


def _event_company(statement: Statement, evidence: Evidence) -> OwnFigure:
    def company_tco2(event: Event) -> int | None:
        if event.japan_tco2 is None or event.japan_government_tco2 is None:
            return None
        return event.japan_tco2 - event.japan_government_tco2

    return _first_event(statement, evidence, company_tco2)


def _first_event(
    statement: Statement, evidence: Evidence, amount: Callable[[Event], int | None]
) -> OwnFigure:
    iso3 = evidence.partner_named_in(statement.scope)
    amounts = [amount(event) for event in evidence.first_events(iso3)] if iso3 else []
    known = [tco2 for tco2 in amounts if tco2 is not None]
    if not known or len(known) < len(amounts):
        return OwnFigure(None, "The amount of this event is not known.", "当該発行の量が判明していない。")
    return OwnFigure(
        sum(known),
        "The country's first dated issuance, all events of that day.",
        "当該国の最初の発行(同日の発行の合計)。",
    )


def _transfers(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.transfers(statement.as_of),
        "First transfers under Article 6.2 by that day, with or without an amount.",
        "その日までのパリ協定第6条2項に基づく初回移転の件数(量が不明なものを含む)。",
    )


def _target(statement: Statement, evidence: Evidence) -> OwnFigure:
    ends = evidence.target_tco2(statement.as_of, statement.year)
    if ends is None:
        return OwnFigure(None, "No target was in force on that day.", "その日に有効な目標がない。")
    return OwnFigure(
        min(ends, key=lambda end: abs(end - statement.value)),
        f"The target for FY{statement.year} in force on that day; of a range, the nearer end.",
        f"その日に有効な{statement.year}年度の目標。幅のある場合は近い方の値。",
    )


MEASURES: Mapping[str, Measure] = {
    "partner_countries": _partners,
    "registered_projects": _registered,
    "registered_projects_with_issuance": _registered_with_issuance,
    "supported_projects": _supported,
    "listed_projects": _listed,
    "pre_registration_projects": _pre_registration,
    "pipeline_projects_total": _all_stages,
    "expected_annual_reductions": _annual_estimates,
    "expected_cumulative_by_": _expected,
    "expected_cumulative_by_fy": _expected,
    "credits_issued_cumulative": _issued,
    "credits_issued_cumulative_japan": _issued_japan,
    "credits_issued_cumulative_partner": _issued_partner,
    "credits_issued_event": _event,
    "credits_issued_event_japan_government": _event_government,
    "credits_issued_event_japan_company": _event_company,
    "itmo_issuance_events": _transfers,
    "target_cumulative_by_": _target,
    "target_cumulative_by_fy": _target,
}

NO_COUNTERPART: Mapping[str, tuple[str, str]] = {
    "feasibility_studies": (
        "Feasibility studies are recorded only where a project grew out of one.",
        "実現可能性調査は案件に結び付いたもののみ収録している。",
    ),
    "projects_and_studies_since_2010": (
        "Counts studies and predecessor programmes that these facts do not hold.",
        "収録していない調査及び前身の事業を含む。",
    ),
    "jfjcm_fund_size": ("Money of a fund, not tonnes or projects.", "基金の額であり、量又は案件数ではない。"),
    "japan_net_ghg_emissions": (
        "Japan's national inventory; not a figure of the JCM.",
        "日本の温室効果ガスインベントリの値であり、JCMの値ではない。",
    ),
    "article_6_2_agreements_world": (
        "Agreements of all countries; these facts hold Japan's partners only.",
        "全世界の協定数。収録しているのは日本のパートナー国のみ。",
    ),
    "carbon_pricing_instruments_world": (
        "Instruments of the whole world; these facts hold Japan's partners only.",
        "全世界の制度数。収録しているのは日本のパートナー国のみ。",
    ),
}


def _any_project(_: object) -> bool:
    return True


def _project_scope(scope: str) -> tuple[ProjectTest, str, str]:
    """Return which projects a worded scope means, and the words for them."""
    if re.match(r"MOEJ (JCM )?model projects", scope):
        return (
            (lambda project: project.programme == "MOEJ model project"),
            "MOEJ model projects",
            "環境省設備補助事業",
        )
    if re.match(r"(JCM )?MOEJ", scope):
        return (
            (lambda project: (project.programme or "").startswith("MOEJ")),
            "projects of MOEJ programmes",
            "環境省の支援事業",
        )
    if "government financial support" in scope:
        return (
            (lambda project: project.funding == "government"),
            "projects with government support",
            "政府支援案件",
        )
    return _any_project, "all projects", "全案件"


def _event_scope(scope: str) -> EventTest:
    if re.fullmatch(r"[A-Z]{3}", scope):
        return lambda event: event.iso3 == scope
    if re.fullmatch(r"[A-Z]{2}\d{3}", scope):
        return lambda event: event.only_project_id == scope
    return lambda _: True
