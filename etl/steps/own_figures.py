"""Our figure for what officials and the press stated: how each metric is measured on what was known on a day."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from etl.steps.evidence import Evidence
from etl.steps.statement import Statement, any_project, event_scope, project_scope
from model.ladder import PROJECT_RUNGS


@dataclass(frozen=True)
class OwnFigure:
    """Our figure for a statement, None where there is none, and how it was made; `high` is the upper end of a range."""

    value: float | None
    basis_en: str
    basis_ja: str
    high: float | None = None


Measure = Callable[[Statement, Evidence], OwnFigure]
Ends = tuple[pl.Expr, pl.Expr]
"""Low and high end of what is counted of an event; null where it is not known."""

_DATED_ON = pl.coalesce("issued_on", "decided_on")
_KNOWN_EN = (
    "Only projects with an estimate; one that no dated page gives counts from the day its project was known."
)
_KNOWN_JA = "見込量の記載がある案件のみ。資料に日付のない見込量は、案件が判明した日から計上。"


def own_figure(statement: Statement, evidence: Evidence) -> OwnFigure:
    """Return our figure for a statement, without a value where these facts hold nothing to compare it with."""
    by_year = re.sub(r"\d{4}$", "", statement.metric)
    measure = MEASURES.get(statement.metric) or MEASURES.get(by_year)
    if measure is None or statement.scope == "other":
        return _no_counterpart(statement)
    return measure(statement, evidence)


def _no_counterpart(statement: Statement) -> OwnFigure:
    return OwnFigure(None, *NO_COUNTERPART.get(statement.metric, _NOTHING_TO_COMPARE))


def _count(measured: Callable[[Statement, Evidence], float], en: str, ja: str) -> Measure:
    """A figure that can always be made. In the words `{scope}` are the projects that the statement covers."""

    def measure(statement: Statement, evidence: Evidence) -> OwnFigure:
        _, scope_en, scope_ja = project_scope(statement)
        return OwnFigure(measured(statement, evidence), en.format(scope=scope_en), ja.format(scope=scope_ja))

    return measure


def _listed(statement: Statement, evidence: Evidence) -> OwnFigure:
    if statement.iso3 is None:
        return _no_counterpart(statement)
    return OwnFigure(
        evidence.listed(statement.as_of, statement.iso3),
        "Projects of the country with a JCM reference number, withdrawn ones included.",
        "当該国のJCM登録簿番号のある案件数（取下げを含む）。",
    )


def _expected(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = project_scope(statement)
    year = statement.year
    column, end_en, end_ja = (
        ("fiscal_year", f"FY{year}", f"{year}年度末")
        if "_fy" in statement.metric
        else ("calendar_year", f"calendar year {year}", f"{year}年末")
    )
    return OwnFigure(
        evidence.expected_tco2(statement.as_of, column, year, counts),
        f"Expected tonnes to the end of {end_en} as known on that day (pipeline, validation, registered): {scope_en}."
        f" {_KNOWN_EN}",
        f"その日までに判明していた{end_ja}までの見込量（採択・計画、妥当性確認中、登録済み）：{scope_ja}。{_KNOWN_JA}",
    )


def _issued_amount() -> Ends:
    """The part of an event that may have been issued: without the partner's side where that is known to wait."""
    waits = pl.when("is_partner_issuance_pending")
    return waits.then("japan_low").otherwise("low"), waits.then("japan_high").otherwise("high")


def _japan_amount() -> Ends:
    return pl.col("japan_tco2"), pl.col("japan_tco2")


def _partner_amount() -> Ends:
    rest = pl.when(pl.col("amount_basis") == "exact").then(pl.col("low") - pl.col("japan_tco2"))
    stated = pl.when(~pl.col("is_partner_issuance_pending")).then(pl.coalesce("partner_tco2", rest))
    return stated, stated


def _is_within(statement: Statement) -> pl.Expr:
    """Whether an event falls into the years that a statement covers; one without a date does."""
    if statement.until_year is None:
        return pl.lit(value=True)
    return (_DATED_ON.dt.year() <= statement.until_year).fill_null(value=True)


def _summed(events: pl.LazyFrame, ends: Ends) -> tuple[int, int, int]:
    """How many events have an amount, and the sums of their low and high ends."""
    low, high = ends
    known = events.select(low.alias("low"), high.alias("high")).drop_nulls().collect()
    return known.height, int(known["low"].sum()), int(known["high"].sum())


def _issued(ends: Ends, what_en: str, what_ja: str) -> Measure:
    def measure(statement: Statement, evidence: Evidence) -> OwnFigure:
        counted = evidence.events(statement.as_of).filter(event_scope(statement), _is_within(statement))
        count, low, high = _summed(counted, ends)
        if not count:
            return OwnFigure(
                None,
                f"{what_en} of no event known by that day are known.",
                f"その日までに{what_ja}が判明している発行がない。",
            )
        return OwnFigure(
            low,
            f"{what_en} of {count} events issued by that day, or decided and the issue not known; the low end where an"
            " amount is a range or known in part; nothing that is known to wait for its issue.",
            f"その日までの発行{count}件（発行の有無が不明な発行決定を含む）の{what_ja}の合計"
            "（幅又は一部のみ判明している場合は下限。未発行と判明している量を除く）。",
            high,
        )

    return measure


def _issued_in_year(statement: Statement, evidence: Evidence) -> OwnFigure:
    counted = evidence.event.lazy().filter(
        _DATED_ON.dt.year() == statement.calendar_year, event_scope(statement)
    )
    count, low, high = _summed(counted, _issued_amount())
    return OwnFigure(
        low,
        f"Tonnes of {count} events issued in the calendar year, or decided in it where the issue is not dated.",
        f"当該暦年に発行された（発行日不明の場合は決定された）{count}件の発行量。",
        high,
    )


def _transferred(statement: Statement, evidence: Evidence) -> OwnFigure:
    amounts = [transfer.quantity_tco2 for transfer in evidence.transfers(statement.as_of)]
    known = [tco2 for tco2 in amounts if tco2 is not None]
    return OwnFigure(
        sum(known),
        f"Tonnes of {len(known)} of {len(amounts)} first transfers under Article 6.2 known by that day.",
        f"その日までに判明している初回移転{len(amounts)}件のうち量が判明している{len(known)}件の合計。",
    )


def _first_event(amount: pl.Expr) -> Measure:
    def measure(statement: Statement, evidence: Evidence) -> OwnFigure:
        events = evidence.first_events(statement.iso3) if statement.iso3 else evidence.event.clear()
        known = events.select(amount.alias("tco2")).get_column("tco2")
        if known.is_empty() or known.null_count():
            return OwnFigure(None, "The amount of this event is not known.", "当該発行の量が判明していない。")
        return OwnFigure(
            int(known.sum()),
            "The country's first dated issuance, all events of that day.",
            "当該国の最初の発行（同日の発行の合計）。",
        )

    return measure


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
    "partner_countries": _count(
        lambda stated, ours: ours.partners(stated.as_of),
        "Partners that had signed by that day; a date known only by limits counts at the later one.",
        "その日までに署名した国の数。署名日が期間でのみ判明している国は後の日による。",
    ),
    "registered_projects": _count(
        lambda stated, ours: ours.projects(stated.as_of, ("registered",), any_project),
        "Projects registered by that day.",
        "その日までに登録された案件数。",
    ),
    "registered_projects_with_issuance": _count(
        lambda stated, ours: ours.registered_with_issuance(stated.as_of, stated.iso3),
        "Registered projects named by an issuance event known by that day.",
        "その日までに判明している発行に記載された登録済み案件数。",
    ),
    "supported_projects": _count(
        lambda stated, ours: ours.projects(stated.as_of, PROJECT_RUNGS, project_scope(stated)[0]),
        "Counted: {scope} known by that day, without studies and withdrawn ones; the stated scope may differ.",
        "その日までに判明している{scope}の数（調査・取下げを除く）。公表値の対象範囲とは異なる場合がある。",
    ),
    "listed_projects": _listed,
    "pre_registration_projects": _count(
        lambda stated, ours: ours.projects(stated.as_of, ("dormant", "pipeline", "validation"), any_project),
        "Projects in the pipeline or under validation.",
        "採択・計画段階及び妥当性確認中の案件数。",
    ),
    "pipeline_projects_total": _count(
        lambda stated, ours: ours.projects(stated.as_of, PROJECT_RUNGS, any_project),
        "Projects in the pipeline, under validation or registered.",
        "採択・計画段階、妥当性確認中及び登録済みの案件数。",
    ),
    "expected_annual_reductions": _count(
        lambda stated, ours: ours.annual_estimates_tco2(stated.as_of, project_scope(stated)[0]),
        f"Sum of the annual estimates known by that day: {{scope}}. {_KNOWN_EN}",
        f"その日までに判明している年間見込量の合計（{{scope}}）。{_KNOWN_JA}",
    ),
    "expected_cumulative_by_": _expected,
    "expected_cumulative_by_fy": _expected,
    "credits_issued_cumulative": _issued(_issued_amount(), "Tonnes", "発行量"),
    "credits_issued_cumulative_japan": _issued(_japan_amount(), "The Japanese side's tonnes", "日本側の量"),
    "credits_issued_cumulative_partner": _issued(
        _partner_amount(), "The partner side's tonnes", "パートナー国側の量"
    ),
    "credits_issued_event": _first_event(pl.when(pl.col("amount_basis") == "exact").then("low")),
    "credits_issued_event_japan_government": _first_event(pl.col("japan_government_tco2")),
    "credits_issued_event_japan_company": _first_event(
        pl.col("japan_tco2") - pl.col("japan_government_tco2")
    ),
    "credits_issued_in_year": _issued_in_year,
    "itmo_issuance_events": _count(
        lambda stated, ours: len(ours.transfers(stated.as_of)),
        "First transfers under Article 6.2 by that day, with or without an amount.",
        "その日までのパリ協定第6条2項に基づく初回移転の件数（量が不明なものを含む）。",
    ),
    "itmos_first_transferred_cumulative": _transferred,
    "target_cumulative_by_": _target,
    "target_cumulative_by_fy": _target,
}

_NOTHING_TO_COMPARE = (
    "These facts hold nothing to compare it with.",
    "比較の対象となる事実を収録していない。",
)
NO_COUNTERPART: Mapping[str, tuple[str, str]] = {
    "approved_methodologies": (
        "Methodologies are recorded only where a project uses one.",
        "方法論は案件で使用されているもののみ収録している。",
    ),
    "credits_retired_cumulative": (
        "These facts hold no retirements.",
        "無効化の記録を収録していない。",
    ),
    "partners_with_pin_process": (
        "These facts do not hold which partners adopted the Project Idea Note.",
        "プロジェクト概要書（PIN）の採択状況を収録していない。",
    ),
    "selected_in_fiscal_year": (
        "Selection rounds of a fiscal year are recorded in part only.",
        "年度ごとの採択は一部のみ収録している。",
    ),
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
