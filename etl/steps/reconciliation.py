"""Our figures beside what officials and the press stated, each for the date of the statement.

Nothing is scaled to close a difference: the coverage, our figure ÷ the stated one, is shown. A statement
that counts something else than these facts hold is kept and marked as not comparable, with the reason.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.steps.evidence import Evidence
from etl.steps.statement import Statement, any_project, event_scope, project_scope
from model.ladder import PROJECT_RUNGS

RECONCILIATION_COLUMNS = {
    "metric": pl.String,
    "as_of_on": pl.Date,
    "as_of_precision": pl.String,
    "known_on": pl.Date,
    "calendar_year": pl.Int64,
    "scope": pl.String,
    "scope_code": pl.String,
    "iso3": pl.String,
    "stated_value": pl.Float64,
    "unit": pl.String,
    "qualifier": pl.String,
    "our_value": pl.Float64,
    "our_high_value": pl.Float64,
    "coverage": pl.Float64,
    "basis_en": pl.String,
    "basis_ja": pl.String,
    "is_comparable": pl.Boolean,
    "source_id": pl.String,
    "reliability": pl.String,
    "note": pl.String,
}


@dataclass(frozen=True)
class OwnFigure:
    """Our figure for a statement, None where there is none, and how it was made; `high` is the upper end of a range."""

    value: float | None
    basis_en: str
    basis_ja: str
    high: float | None = None


ESTIMATES_KNOWN_EN = (
    "Only projects with an estimate; one that no dated page gives counts from the day its project was known."
)
ESTIMATES_KNOWN_JA = "見込量の記載がある案件のみ。資料に日付のない見込量は、案件が判明した日から計上。"

Measure = Callable[[Statement, Evidence], OwnFigure]
Ends = tuple[pl.Expr, pl.Expr]
"""Low and high end of what is counted of an event; null where it is not known."""

_DATED_ON = pl.coalesce("issued_on", "decided_on")


def reconcile(
    official_total: pl.DataFrame, statement_scope: pl.DataFrame, evidence: Evidence, data_as_of: date
) -> pl.DataFrame:
    """Return `reconciliation`: one row per row of `official_total`, in its order of metric, date, scope and value.

    An undated statement is compared on the day its page was read, since it may mean any day before.
    """
    scopes = {row["scope"]: row for row in statement_scope.iter_rows(named=True)}
    rows = []
    for row in official_total.iter_rows(named=True):
        scope = scopes[row["scope"]]
        statement = Statement(
            row["metric"],
            min(row["known_on"], data_as_of),
            row["value"],
            scope["scope_code"],
            scope["iso3"],
            scope["project_id"],
            row["calendar_year"],
            scope["until_year"],
        )
        own = _measure(statement)(statement, evidence)
        is_weak = row["reliability"] == "weak"
        is_comparable = own.value is not None and not is_weak
        notes = [(own.basis_en, own.basis_ja)]
        if row["as_of_on"] is None and own.value is not None:
            notes.append(
                (
                    "The page is undated: ours is of the day it was read.",
                    "資料に日付がないため、取得日の値による。",
                )
            )
        if is_weak:
            notes.append(("Weak source: not compared.", "信頼度の低い資料のため比較しない。"))
        kept = (
            "metric",
            "as_of_on",
            "as_of_precision",
            "known_on",
            "calendar_year",
            "scope",
            "unit",
            "qualifier",
        )
        rows.append(
            {
                **{key: row[key] for key in kept},
                "scope_code": statement.scope,
                "iso3": statement.iso3,
                "stated_value": row["value"],
                "our_value": own.value,
                "our_high_value": own.value if own.high is None else own.high,
                "coverage": own.value / row["value"] if is_comparable and own.value is not None else None,
                "basis_en": " ".join(note for note, _ in notes),
                "basis_ja": "".join(note for _, note in notes),
                "is_comparable": is_comparable,
                **{key: row[key] for key in ("source_id", "reliability", "note")},
            }
        )
    return pl.DataFrame(rows, schema=RECONCILIATION_COLUMNS, orient="row").sort(
        "metric", "as_of_on", "calendar_year", "scope", "stated_value", "source_id", nulls_last=True
    )


def _measure(statement: Statement) -> Measure:
    if statement.scope == "other":
        return _no_counterpart
    by_year = re.sub(r"\d{4}$", "", statement.metric)
    return MEASURES.get(statement.metric) or MEASURES.get(by_year) or _no_counterpart


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
        evidence.projects(statement.as_of, ("registered",), any_project),
        "Projects registered by that day.",
        "その日までに登録された案件数。",
    )


def _registered_with_issuance(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.registered_with_issuance(statement.as_of, statement.iso3),
        "Registered projects named by an issuance event known by that day.",
        "その日までに判明している発行に記載された登録済み案件数。",
    )


def _supported(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = project_scope(statement)
    return OwnFigure(
        evidence.projects(statement.as_of, PROJECT_RUNGS, counts),
        f"Counted: {scope_en} known by that day, without studies and withdrawn ones; the stated scope may differ.",
        f"その日までに判明している{scope_ja}の数(調査・取下げを除く)。公表値の対象範囲とは異なる場合がある。",
    )


def _listed(statement: Statement, evidence: Evidence) -> OwnFigure:
    if statement.iso3 is None:
        return _no_counterpart(statement, evidence)
    return OwnFigure(
        evidence.listed(statement.as_of, statement.iso3),
        "Projects of the country with a JCM reference number, withdrawn ones included.",
        "当該国のJCM登録簿番号のある案件数(取下げを含む)。",
    )


def _pre_registration(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.projects(statement.as_of, ("dormant", "pipeline", "validation"), any_project),
        "Projects in the pipeline or under validation.",
        "採択・計画段階及び妥当性確認中の案件数。",
    )


def _all_stages(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        evidence.projects(statement.as_of, PROJECT_RUNGS, any_project),
        "Projects in the pipeline, under validation or registered.",
        "採択・計画段階、妥当性確認中及び登録済みの案件数。",
    )


def _annual_estimates(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = project_scope(statement)
    return OwnFigure(
        evidence.annual_estimates_tco2(statement.as_of, counts),
        f"Sum of the annual estimates known by that day: {scope_en}. {ESTIMATES_KNOWN_EN}",
        f"その日までに判明している年間見込量の合計({scope_ja})。{ESTIMATES_KNOWN_JA}",
    )


def _expected(statement: Statement, evidence: Evidence) -> OwnFigure:
    counts, scope_en, scope_ja = project_scope(statement)
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
    return _issued_sum(statement, evidence, _issued_amount(), ("Tonnes", "発行量"))


def _issued_japan(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _issued_sum(statement, evidence, _japan_amount(), ("The Japanese side's tonnes", "日本側の量"))


def _issued_partner(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _issued_sum(
        statement, evidence, _partner_amount(), ("The partner side's tonnes", "パートナー国側の量")
    )


def _issued_amount() -> Ends:
    """The part of an event that may have been issued: without the partner's side where that is known to wait."""
    waits = pl.when("is_partner_issuance_pending")
    return waits.then("japan_low").otherwise("low"), waits.then("japan_high").otherwise("high")


def _is_within(statement: Statement) -> pl.Expr:
    """Whether an event falls into the years that a statement covers; one without a date does."""
    if statement.until_year is None:
        return pl.lit(value=True)
    return (_DATED_ON.dt.year() <= statement.until_year).fill_null(value=True)


def _japan_amount() -> Ends:
    return pl.col("japan_tco2"), pl.col("japan_tco2")


def _partner_amount() -> Ends:
    rest = pl.when(pl.col("amount_basis") == "exact").then(pl.col("low") - pl.col("japan_tco2"))
    stated = pl.when(~pl.col("is_partner_issuance_pending")).then(pl.coalesce("partner_tco2", rest))
    return stated, stated


def _summed(events: pl.LazyFrame, ends: Ends) -> tuple[int, int, int]:
    """How many events have an amount, and the sums of their low and high ends."""
    low, high = ends
    known = events.select(low.alias("low"), high.alias("high")).drop_nulls().collect()
    return known.height, int(known["low"].sum()), int(known["high"].sum())


def _issued_sum(
    statement: Statement,
    evidence: Evidence,
    ends: Ends,
    what: tuple[str, str],
) -> OwnFigure:
    counted = evidence.events(statement.as_of).filter(event_scope(statement), _is_within(statement))
    count, low, high = _summed(counted, ends)
    if not count:
        return OwnFigure(
            None,
            f"{what[0]} of no event known by that day are known.",
            f"その日までに{what[1]}が判明している発行がない。",
        )
    return OwnFigure(
        low,
        f"{what[0]} of {count} events issued by that day, or decided and the issue not known; the low end where an"
        " amount is a range or known in part; nothing that is known to wait for its issue.",
        f"その日までの発行{count}件(発行の有無が不明な発行決定を含む)の{what[1]}の合計"
        "(幅又は一部のみ判明している場合は下限。未発行と判明している量を除く)。",
        high,
    )


def _issued_in_year(statement: Statement, evidence: Evidence) -> OwnFigure:
    counted = evidence.event.lazy().filter(
        _DATED_ON.dt.year() == statement.calendar_year, event_scope(statement)
    )
    count, low, high = _summed(counted, _issued_amount())
    return OwnFigure(
        low,
        f"Tonnes of {count} events issued in the calendar year, or decided in it where the issue is not dated.",
        f"当該暦年に発行された(発行日不明の場合は決定された){count}件の発行量。",
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


def _event(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _first_event(statement, evidence, pl.when(pl.col("amount_basis") == "exact").then("low"))


def _event_government(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _first_event(statement, evidence, pl.col("japan_government_tco2"))


def _event_company(statement: Statement, evidence: Evidence) -> OwnFigure:
    return _first_event(statement, evidence, pl.col("japan_tco2") - pl.col("japan_government_tco2"))


def _first_event(statement: Statement, evidence: Evidence, amount: pl.Expr) -> OwnFigure:
    events = evidence.first_events(statement.iso3) if statement.iso3 else evidence.event.clear()
    known = events.select(amount.alias("tco2")).get_column("tco2")
    if known.is_empty() or known.null_count():
        return OwnFigure(None, "The amount of this event is not known.", "当該発行の量が判明していない。")
    return OwnFigure(
        int(known.sum()),
        "The country's first dated issuance, all events of that day.",
        "当該国の最初の発行(同日の発行の合計)。",
    )


def _transfers(statement: Statement, evidence: Evidence) -> OwnFigure:
    return OwnFigure(
        len(evidence.transfers(statement.as_of)),
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
    "credits_issued_in_year": _issued_in_year,
    "itmo_issuance_events": _transfers,
    "itmos_first_transferred_cumulative": _transferred,
    "target_cumulative_by_": _target,
    "target_cumulative_by_fy": _target,
}

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
        "プロジェクトアイデアノートの採用状況を収録していない。",
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
