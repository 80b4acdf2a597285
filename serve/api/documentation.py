"""The first page of the API for people: what there is, how to ask, what problems mean. It asks nothing of any host."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from exports.package.descriptor import licences
from model.ladder import RUNGS
from queries.catalogue import DAY_OF_THE_DATA, Query, catalogue
from serve.api.asking import PAGE, Asked
from serve.api.encoding import FORMATS
from serve.api.keeping import Answer
from view.texts import LANGUAGE_NAMES, Texts
from workbench.limits import limits

_CSS: Final = Markup(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
    '<link rel="icon" href="data:,"><style>{css}</style></head>\n<body><nav>{links}</nav>\n<main>{body}</main></body></html>\n'
)
Pair = tuple[str, str]


def answer(asked: Asked) -> Answer:
    """The page in the language of the request."""
    asked.values(())
    t = asked.t
    links = Markup(
        '<a href="../../">{}</a><a href="openapi.json">OpenAPI 3.1</a><a href="?lang={}" lang="{}">{}</a>'
    )
    body = Markup("\n").join(
        (
            *_introduction(asked),
            *_addresses(t),
            *_asking(t),
            *_reading(t),
            *_problems(t),
            *_queries(t),
            _heading(t("Terms"), "terms"),
            *(_paragraph(one["title"]) for one in licences(t)),
        )
    )
    page = _PAGE.format(
        lang=t.lang,
        title=_title(t),
        css=_CSS,
        links=links.format(t("JCM target tracker"), t.other, t.other, LANGUAGE_NAMES[t.other]),
        body=body,
    )
    return Answer(page.encode(), "text/html; charset=utf-8", {"Content-Language": t.lang})


def _title(t: Texts) -> str:
    return t("Interface for programs")


def _introduction(asked: Asked) -> Iterable[Markup]:
    t, warehouse = asked.t, asked.warehouse
    yield Markup("<h1>{}</h1>").format(_title(t))
    yield _paragraph(
        t(
            "Everything that the pages of the tracker show, as JSON, CSV, Parquet and Arrow, for reading only and without a"
            " key. Data version {version}, facts of {day}.",
            version=warehouse.data_version,
            day=t.day(warehouse.data_as_of),
        )
    )
    yield _paragraph(
        t(
            "There is never one number: every figure is of a stage, and stages that hold parts of each other must not be added"
            " up. An expectation is what documents state, not what happened. The record is a partial compilation of"
            " public statements; its coverage comes with every answer."
        )
    )
    yield Markup("<pre><code>{}</code></pre>").format(
        "curl 'HOST/api/v1/ladder?countries=MNG'\n"
        "curl 'HOST/api/v1/query/projects?sort=annual&rows_at_most=10&format=csv'"
    )


def _addresses(t: Texts) -> Iterable[Markup]:
    yield _heading(t("Addresses"), "addresses")
    yield _table(
        (
            (_link("queries"), t("every named query with its parameters and columns")),
            (_link("query/ladder", "query/{name}"), t("the rows of one of them")),
            (
                _link("ladder"),
                t(
                    "each stage with its tonnes and how much is known, issued tonnes itemised year by year beside what was"
                    " reported, official statements, targets, sources"
                ),
            ),
            (_link("projects/MN003", "projects/{id}"), t("all facts of one project with the source of each")),
            (_link("countries/MNG", "countries/{iso3}"), t("what is known of one partner country")),
            (_link("versions"), t("the data versions that are kept, and which is the latest")),
            (
                Markup("<code>versions/{}/…</code>").format("{version}"),
                t(
                    "each of the addresses above for one data version: such an answer never changes and may be kept for"
                    " good. Without a version the latest is meant, and a client asks again with its ETag."
                ),
            ),
        )
    )


def _asking(t: Texts) -> Iterable[Markup]:
    yield _heading(t("How to ask"), "asking")
    yield _table(
        (
            (_code("as_of=2025-03-31"), t("what was known on that day; the day of the data if left out")),
            (_code("countries=MNG&countries=VNM"), t("a list: the parameter once for each value")),
            (
                _code("limit= offset="),
                t(
                    "a part of the rows: {page} of JSON by default, at most {most}; files are whole. The header Link leads"
                    " to the next page, X-Total-Count says how many rows there are.",
                    page=t.number(PAGE),
                    most=t.number(limits().rows_downloaded),
                ),
            ),
            (
                _code("format="),
                t(
                    "{formats}. The header Accept does the same: {types}.",
                    formats=t.listing(list(FORMATS)),
                    types=t.listing([form.media_type for form in FORMATS.values()]),
                ),
            ),
            (_code("lang=ja"), t("language of problems and of this page; else that of Accept-Language")),
        )
    )


def _reading(t: Texts) -> Iterable[Markup]:
    yield _heading(t("How to read an answer"), "reading")
    yield _table(
        (
            (
                _code("meta"),
                t(
                    "data version, day, coverage, stages, sources, terms, the meaning of each column, and in lasting the"
                    " address of this very answer for good; in Parquet and Arrow the same stands in the metadata jcm"
                ),
            ),
            (_code("data"), t("the rows, or the parts of the answer")),
            (_code("null"), t("not known, or does not apply, as the meaning of the column says; never zero")),
            (
                _code("tco2_low tco2_high"),
                t("whole tonnes of CO2 equivalent; two ends where an amount is known as a range"),
            ),
            (_code('"Infinity"'), t("what is no finite number is a text: Infinity, -Infinity or NaN")),
        )
    )
    yield _table((_code(rung.code), t.pick(rung.meaning_en, rung.meaning_ja)) for rung in RUNGS)


def _problems(t: Texts) -> Iterable[Markup]:
    yield _heading(t("Problems"), "problems")
    yield _paragraph(
        t(
            "In place of an answer a problem is told by RFC 9457 (application/problem+json): what is wrong, where, near names,"
            " and what to do next."
        )
    )
    told = (
        ("400", ("unreadable",), t("the address cannot be read")),
        ("403", ("closed",), t("only for people who have signed in")),
        (
            "404",
            (
                "unknown-address",
                "unknown-query",
                "unknown-project",
                "unknown-country",
                "unknown-version",
                "older-version",
            ),
            t("nothing of that name, or not in that version"),
        ),
        ("405", ("only-reading",), t("a method other than GET, HEAD and OPTIONS")),
        ("406, 422", ("wrong-format",), t("a format that is not offered")),
        ("413", ("too-large",), t("an answer that is too large")),
        ("414", ("too-long",), t("an address that is too long")),
        ("422", ("unknown-parameter", "wrong-value", "unanswerable"), t("a name or value that does not fit")),
        ("429", ("too-often",), t("asked too often; Retry-After says how many seconds to wait")),
        ("503", ("no-data", "busy", "too-slow"), t("no data, or too much asked at once")),
    )
    mark = Markup('<code id="{0}">{0}</code>')
    yield _table(
        (Markup("{} {}").format(status, Markup(" ").join(mark.format(kind) for kind in kinds)), said)
        for status, kinds, said in told
    )


def _queries(t: Texts) -> Iterable[Markup]:
    yield _heading(t("Named queries"), "queries")
    yield from (_query(one, t) for one in catalogue().values())


def _query(one: Query, t: Texts) -> Markup:
    parameters = _table(
        (
            _code(f"{p.name} {p.sql_type}"),
            t.pick(p.en, p.ja)
            if p.default in {"null", "''", DAY_OF_THE_DATA}
            else t.noted(t.pick(p.en, p.ja), t("default {value}", value=p.default.strip("'"))),
        )
        for p in one.parameters
    )
    columns = _table((_code(c.name), t.pick(c.en, c.ja)) for c in one.columns)
    return Markup(
        '<details id="query-{name}"><summary><code>{name}</code> {title}</summary>'
        '<p><a href="query/{name}">query/{name}</a></p>{parameters}{columns}</details>'
    ).format(
        name=one.name,
        title=t.pick(one.title_en, one.title_ja),
        parameters=Markup("<p>{}</p>{}").format(t("Parameters"), parameters) if one.parameters else "",
        columns=Markup("<p>{}</p>{}").format(t("Columns"), columns),
    )


def _heading(title: str, anchor: str) -> Markup:
    return Markup('<h2 id="{}">{}</h2>').format(anchor, title)


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(text)


def _link(address: str, shown: str = "") -> Markup:
    return Markup('<a href="{}"><code>{}</code></a>').format(address, shown or address)


def _table(rows: Iterable[Pair]) -> Markup:
    line = Markup('<tr><th scope="row">{}</th><td>{}</td></tr>')
    return Markup("<table><tbody>{}</tbody></table>").format(
        Markup("").join(line.format(*map(escape, row)) for row in rows)
    )
