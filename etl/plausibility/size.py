"""Size: estimates against capacity, against their kind, against stated totals and shares of the whole."""

from collections.abc import Iterator

import polars as pl

from etl.plausibility.record import KEPT_ASIDE, Record
from etl.plausibility.rule import Doubt, Rule, of_project

ENOUGH = 5
"""Projects of a kind from which its median is learnt; with fewer the rule is silent."""
PER_MW_COUNTRY = 2
"""Factor around the median of a technology in one country. On record the sun of one country varies by 1.55 (one roof
in Chile that shades itself); a lost digit is a factor of 10, a doubled figure one of 2."""
PER_MW = 3.2
"""Factor around the median of a technology in all countries: for solar 1.9 to 2.7 from Thailand to Mongolia on record,
as the grid that is replaced differs."""
POSSIBLE_PER_MW = (50, 10_000)
"""tCO2 a year of one MW, where no band is known: from a tenth of the hours on a clean grid to all hours of the year
with the dirtiest fuel replaced."""
OF_KIND = 10
"""Factor around the median of a technology, for projects whose title states no capacity."""
SHORTEST_TOTAL = 2
"""Years of the annual estimate that a stated total holds at least; 4 on record."""
OVER_LIFE = 1.5
"""A stated total is at most so many times estimate × life; 1.2 on record, where the project period is longer."""
TELLING_SHARE = 0.10
"""Share of the sum of all estimates from which one project is told."""
WHOLE_AND_PARTS = 3
"""Factor between a figure stated for several projects and the sum of theirs; 1.5 on record."""

_COUNTED = pl.col("est_annual_tco2").is_not_null()


def _per_megawatt(record: Record) -> Iterator[Doubt]:
    rows = record.projects.filter(_COUNTED & (pl.col("mw") > 0)).with_columns(
        (pl.col("est_annual_tco2") / pl.col("mw")).alias("per_mw")
    )
    of_country, of_kind = ["technology", "iso3"], ["technology"]
    median, number = pl.col("per_mw").median(), pl.len()
    known_here = number.over(of_country) >= ENOUGH
    judged = rows.with_columns(
        pl.when(known_here).then(median.over(of_country)).otherwise(median.over(of_kind)).alias("usual"),
        pl.when(known_here).then(pl.lit(float(PER_MW_COUNTRY))).otherwise(pl.lit(PER_MW)).alias("factor"),
        (known_here | (number.over(of_kind) >= ENOUGH)).alias("is_known"),
    )
    ratio = pl.col("per_mw") / pl.col("usual")
    far = (ratio > pl.col("factor")) | (ratio < 1 / pl.col("factor"))
    impossible = ~pl.col("per_mw").is_between(*POSSIBLE_PER_MW)
    for r in judged.filter((pl.col("is_known") & far) | impossible).iter_rows(named=True):
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"{r['est_annual_tco2']:,} t a year with {r['mw']:g} MW are {r['per_mw']:,.0f} t/MW; usual are {r['usual']:,.0f}"
            f" t/MW ({r['technology']}).",
            f"{r['mw']:g}MWで年間{r['est_annual_tco2']:,}t（{r['per_mw']:,.0f}t/MW）。同種（{r['technology']}）の中央値は"
            f"{r['usual']:,.0f}t/MW。",
        )


def _far_from_its_kind(record: Record) -> Iterator[Doubt]:
    rows = record.projects.filter(_COUNTED & pl.col("mw").is_null() & ~pl.col("status").is_in(KEPT_ASIDE))
    judged = rows.with_columns(
        pl.col("est_annual_tco2").median().over("technology").alias("usual"),
        pl.len().over("technology").alias("number"),
    )
    ratio = pl.col("est_annual_tco2") / pl.col("usual")
    far = (ratio > OF_KIND) | (ratio < 1 / OF_KIND)
    for r in judged.filter((pl.col("number") >= ENOUGH) & far).iter_rows(named=True):
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"{r['est_annual_tco2']:,} t a year; the median of {r['number']} of its kind ({r['technology']}) is"
            f" {r['usual']:,.0f} t.",
            f"年間{r['est_annual_tco2']:,}t。同種（{r['technology']}、{r['number']}件）の中央値は{r['usual']:,.0f}t。",
        )


def _total_against_life(record: Record) -> Iterator[Doubt]:
    lives = (
        record["assumption"]
        .filter((pl.col("kind") == "lifetime") & pl.col("subject").is_not_null())
        .group_by(pl.col("subject").alias("technology"))
        .agg(pl.col("value").max().alias("life"))
    )
    years = pl.col("est_total_tco2") / pl.col("est_annual_tco2")
    rows = (
        record["project"]
        .filter(_COUNTED & (pl.col("est_total_tco2") != pl.col("est_annual_tco2")))
        .join(lives, on="technology")
        .filter((years < SHORTEST_TOTAL) | (years > OVER_LIFE * pl.col("life")))
    )
    for r in rows.iter_rows(named=True):
        years_in_total = r["est_total_tco2"] / r["est_annual_tco2"]
        yield of_project(
            r,
            f"{r['est_annual_tco2']}/{r['est_total_tco2']}",
            f"A total of {r['est_total_tco2']:,} t is {years_in_total:,.1f} years of {r['est_annual_tco2']:,} t; the life is"
            f" {r['life']:g} years.",
            f"総量{r['est_total_tco2']:,}tは年間{r['est_annual_tco2']:,}tの{years_in_total:,.1f}年分。稼働年数は{r['life']:g}年。",
        )


def _annual_is_a_total(record: Record) -> Iterator[Doubt]:
    stated = record["aggregate_statement"].with_columns(
        pl.col("project_ids").str.split(";").alias("project_id")
    )
    of_several = (
        stated.explode("project_id", empty_as_null=True)
        .with_columns(pl.col("project_id").str.strip_chars())
        .group_by("project_id")
        .agg(pl.col("est_annual_tco2").append(pl.col("est_total_tco2")).drop_nulls().alias("of_several"))
    )
    rows = (
        record["project"]
        .filter(_COUNTED)
        .join(of_several, on="project_id", how="left")
        .filter(
            (pl.col("est_annual_tco2") == pl.col("est_total_tco2"))
            | pl.col("of_several").list.contains(pl.col("est_annual_tco2")).fill_null(value=False)
        )
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"The annual estimate of {r['est_annual_tco2']:,} t equals a stated total or a figure for several projects.",
            f"年間見込量{r['est_annual_tco2']:,}tが、公表された総量又は複数案件の合計値と同じ。",
        )


def _annual_is_a_year(record: Record) -> Iterator[Doubt]:
    own = [
        pl.col("fy_selected"),
        pl.col("fy_selected") + 1,
        pl.col("registered_on").dt.year().cast(pl.Int64),
        pl.col("operation_start_on").dt.year().cast(pl.Int64),
    ]
    is_year = pl.any_horizontal(pl.col("est_annual_tco2") == year for year in own)
    for r in record["project"].filter(is_year.fill_null(value=False)).iter_rows(named=True):
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"The annual estimate of {r['est_annual_tco2']} t is also a year in the life of the project.",
            f"年間見込量{r['est_annual_tco2']}tが、当該案件の採択、登録又は稼働開始の年と同じ数字である。",
        )


def _large_share(record: Record) -> Iterator[Doubt]:
    limit = TELLING_SHARE * record.expected_sum
    rows = record["project"].filter(pl.col("in_target_scope") & (pl.col("est_annual_tco2") > limit))
    for r in rows.iter_rows(named=True):
        share = r["est_annual_tco2"] / record.expected_sum
        yield of_project(
            r,
            r["est_annual_tco2"],
            f"{r['est_annual_tco2']:,} t a year are {share:.1%} of the sum of all estimates.",
            f"年間{r['est_annual_tco2']:,}tは全案件の見込量の合計の{share:.1%}に当たる。",
        )


def _whole_against_parts(record: Record) -> Iterator[Doubt]:
    projects = record["project"].select("project_id", pl.col("est_annual_tco2").alias("part"))
    rows = (
        record["aggregate_statement"]
        .filter(_COUNTED)
        .with_columns(pl.col("project_ids").str.split(";").alias("project_id"))
        .explode("project_id", empty_as_null=True)
        .with_columns(pl.col("project_id").str.strip_chars())
        .join(projects, on="project_id")
        .group_by("aggregate_id", "est_annual_tco2", maintain_order=True)
        .agg(pl.col("part").sum().alias("sum"), pl.col("part").null_count().alias("unknown"))
        .filter(
            (pl.col("sum") > WHOLE_AND_PARTS * pl.col("est_annual_tco2"))
            | ((pl.col("sum") * WHOLE_AND_PARTS < pl.col("est_annual_tco2")) & (pl.col("unknown") == 0))
        )
    )
    for r in rows.iter_rows(named=True):
        yield Doubt(
            "aggregate_statement",
            r["aggregate_id"],
            r["aggregate_id"],
            str(r["est_annual_tco2"]),
            f"{r['est_annual_tco2']:,} t a year are stated for projects whose own estimates make {r['sum']:,} t.",
            f"複数案件について年間{r['est_annual_tco2']:,}tとされるが、各案件の見込量の合計は{r['sum']:,}t。",
            r["est_annual_tco2"],
        )


def _basis_does_not_fit(record: Record) -> Iterator[Doubt]:
    basis, is_listed = pl.col("est_annual_basis"), pl.col("ref_no").is_not_null()
    sources = pl.col("source_ids").str.split(";").list.eval(pl.element().str.strip_chars())
    unfit = (
        ((basis == "project document") != is_listed)
        | ((basis == "study") != (pl.col("status") == "study"))
        | ~sources.list.contains(pl.col("est_annual_source_id"))
    )
    yield from _on_basis(record["project"].filter(_COUNTED & (basis != "unknown") & unfit))


def _basis_unknown(record: Record) -> Iterator[Doubt]:
    yield from _on_basis(record["project"].filter(_COUNTED & (pl.col("est_annual_basis") == "unknown")))


def _on_basis(rows: pl.DataFrame) -> Iterator[Doubt]:
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            f"{r['est_annual_basis']} {r['est_annual_source_id']}",
            f"The estimate rests on {r['est_annual_source_id']} ({r['est_annual_basis']}); the status is {r['status']}.",
            f"見込量の根拠は{r['est_annual_source_id']}（{r['est_annual_basis']}）、状態は{r['status']}。",
        )


FAMILY = "size"
RULES = (
    Rule(
        "SIZE-PER-MW",
        "hold",
        FAMILY,
        "Tonnes per MW are near those of the technology in the country",
        "設備容量当たりの見込量は同じ国及び技術の案件に近い",
        _per_megawatt,
    ),
    Rule(
        "SIZE-OF-KIND",
        "hold",
        FAMILY,
        f"An estimate is within a factor of {OF_KIND} of the median of its technology",
        f"見込量は同じ技術の中央値の{OF_KIND}分の1から{OF_KIND}倍までの範囲にある",
        _far_from_its_kind,
    ),
    Rule(
        "SIZE-TOTAL-LIFE",
        "hold",
        FAMILY,
        "A stated total fits the annual estimate and the life of the project",
        "公表された総量は年間見込量及び稼働年数と整合する",
        _total_against_life,
    ),
    Rule(
        "SIZE-ANNUAL-TOTAL",
        "hold",
        FAMILY,
        "An annual estimate is no total",
        "年間見込量は総量ではない",
        _annual_is_a_total,
    ),
    Rule(
        "SIZE-ANNUAL-YEAR",
        "hold",
        FAMILY,
        "An annual estimate is no year",
        "年間見込量は西暦年ではない",
        _annual_is_a_year,
    ),
    Rule(
        "SIZE-SHARE",
        "tell",
        FAMILY,
        f"No project makes more than {TELLING_SHARE:.0%} of all expected tonnes",
        f"1案件の見込量は全体の{TELLING_SHARE:.0%}以下である",
        _large_share,
    ),
    Rule(
        "SIZE-WHOLE-PARTS",
        "hold",
        FAMILY,
        f"A figure for several projects is within a factor of {WHOLE_AND_PARTS} of the sum of theirs",
        f"複数案件の公表値は各案件の見込量の合計の{WHOLE_AND_PARTS}分の1から{WHOLE_AND_PARTS}倍までの範囲にある",
        _whole_against_parts,
    ),
    Rule(
        "SIZE-BASIS",
        "hold",
        FAMILY,
        "Estimates of listed projects rest on project documents, those of studies on studies, all on a source of the row",
        "見込量の根拠は、掲載案件では設計書、調査では調査であり、その出典は案件の出典に含まれる",
        _basis_does_not_fit,
    ),
    Rule(
        "SIZE-BASIS-UNKNOWN",
        "tell",
        FAMILY,
        "It is known what an estimate rests on",
        "見込量の根拠は判明している",
        _basis_unknown,
    ),
)
