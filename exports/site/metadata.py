"""What machines are told: the data set by schema.org and by DCAT, the map of the site, and its feeds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from xml.etree import ElementTree as ET

from exports.briefing.document import sentences_of
from exports.package.descriptor import NAME, licences
from exports.site.page import SitePage
from queries.warehouse import Warehouse
from view.texts import LANGUAGES, Texts, texts

_KINDS: Final = {
    "CSV": "text/csv",
    "Parquet": "application/vnd.apache.parquet",
    "JSON": "application/json",
}
DESCRIPTION: Final = 300
"""Letters of a description, about as many as are shown."""
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_KEYWORDS: Final = {
    "en": ["Joint Crediting Mechanism", "JCM", "Article 6", "ITMO", "carbon credits"],
    "ja": ["二国間クレジット制度", "JCM", "パリ協定第6条", "ITMO", "カーボンクレジット"],
}


def path_of_file(table: str, kind: str) -> str:
    """Path of a table as a file of a kind: CSV, Parquet or JSON."""
    return f"data/{kind.lower()}/{table}.{kind.lower()}"


def description(t: Texts) -> str:
    """What the data set is."""
    return t(
        "How far the Joint Crediting Mechanism is from its cumulative targets: projects, issuances, Article 6 events, targets"
        " and statements, each with its source. A partial compilation of public statements."
    )


def dataset(warehouse: Warehouse, t: Texts, package: str, root: str, *, is_named: bool) -> dict[str, Any]:
    """The data set by schema.org, for the page of the data; `root` leads from the page to the site.

    Where `is_named`, `root` is the address of the site.
    """
    files = [(package, "application/zip")]
    files += [
        (path_of_file(name, kind), _KINDS[kind])
        for name in ("project", "issuance", "ladder")
        for kind in _KINDS
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": t("JCM target tracker"),
        "description": description(t),
        "version": warehouse.data_version,
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "dateModified": warehouse.data_as_of.isoformat(),
        "temporalCoverage": f"{warehouse.first_on.isoformat()}/{warehouse.data_as_of.isoformat()}",
        "keywords": _KEYWORDS[t.of_files],
        "creator": {"@type": "Organization", "name": t("JCM target tracker")},
        **({"url": f"{root}/{t.lang}/data.html"} if is_named else {}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{root}/{path}"}
            for path, kind in files
        ],
    }


def catalogue(
    warehouse: Warehouse,
    tables: Sequence[Mapping[str, Any]],
    package: str,
    base: str,
    sizes: Mapping[str, int],
) -> bytes:
    """The data set with each of its tables by DCAT 3, as JSON-LD; without a base addresses are relative to the file."""
    root = base or ".."
    both = {lang: texts(lang) for lang in LANGUAGES}
    day = {"@type": "xsd:date", "@value": warehouse.data_as_of.isoformat()}
    words = {
        "dct:title": [_said(t("JCM target tracker"), lang) for lang, t in both.items()],
        "dct:description": [_said(description(t), lang) for lang, t in both.items()],
    }

    def distribution(path: str, kind: str) -> dict[str, Any]:
        return {
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": f"{root}/{path}"},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
            "dcat:byteSize": sizes[path],
        }

    series = [
        {
            "@type": "dcat:Dataset",
            "@id": f"#{row['table_name']}",
            "dct:identifier": row["table_name"],
            "dct:title": [_said(row[f"table_{lang}"], lang) for lang in LANGUAGES],
            "dct:isPartOf": {"@id": "#dataset"},
            "dct:modified": day,
            "dcat:distribution": [
                distribution(path_of_file(row["table_name"], kind), media) for kind, media in _KINDS.items()
            ],
        }
        for row in tables
    ]
    whole = {
        "@type": "dcat:Dataset",
        "@id": "#dataset",
        "dct:identifier": f"{NAME}-{warehouse.data_version}",
        **words,
        "dct:modified": day,
        "dcat:version": warehouse.data_version,
        "dct:language": list(LANGUAGES),
        "dcat:keyword": [_said(word, lang) for lang, some in _KEYWORDS.items() for word in some],
        "dct:rights": [one["title"] for one in licences(texts("en"))],
        "dcat:landingPage": [{"@id": f"{root}/{lang}/data.html"} for lang in LANGUAGES],
        "dcat:distribution": [distribution(package, "application/zip")],
    }
    found = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "@id": "#catalogue",
        **words,
        "dct:modified": day,
        "dcat:dataset": [whole, *series],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _said(text: str, lang: str) -> dict[str, str]:
    return {"@value": text, "@language": lang}


def sitemap(pages: Iterable[str], base: str, day: date) -> bytes:
    """Every page with its other language, for search engines. Paths are those within a language."""
    ET.register_namespace("", _SITEMAP)
    ET.register_namespace("xhtml", "http://www.w3.org/1999/xhtml")
    found = ET.Element(f"{{{_SITEMAP}}}urlset")
    for path in pages:
        for lang in LANGUAGES:
            url = ET.SubElement(found, f"{{{_SITEMAP}}}url")
            ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = f"{base}/{lang}/{path}"
            ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = day.isoformat()
            for other in LANGUAGES:
                place = {"rel": "alternate", "hreflang": other, "href": f"{base}/{other}/{path}"}
                ET.SubElement(url, "{http://www.w3.org/1999/xhtml}link", place)
    ET.indent(found)
    body: bytes = ET.tostring(found, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def robots(base: str) -> bytes:
    """Everything may be read; where the site is known, its map."""
    return b"User-agent: *\nAllow: /\n" + (f"\nSitemap: {base}/sitemap.xml\n".encode() if base else b"")


def search_index(pages: Sequence[tuple[SitePage, str]]) -> bytes:
    """Paths and names of the pages of a language, as a script: files cannot be asked for from a page on a disk.

    Each page with its name in the other language, so that either finds it.
    """
    rows = [[page.path, page.title, other] for page, other in pages]
    return f"window.jcmPages={json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def previews(pages: Mapping[str, Sequence[SitePage]], base: str) -> bytes:
    """Title, description and picture of each page, for the app that serves the site: what it says to those without scripts."""
    told = {
        f"{lang}/{page.path}": [page.title, shortened(page.answer), picture_path(page, lang)]
        for lang, some in pages.items()
        for page in some
    }
    return (json.dumps({"base": base, "pages": told}, ensure_ascii=False, indent=0) + "\n").encode()


def shortened(text: str) -> str:
    """A description of a page: whole sentences, as many as previews show, and the first whatever its length."""
    found = ""
    for sentence in sentences_of(text):
        longer = f"{found} {sentence}" if found and sentence[:1].isascii() else f"{found}{sentence}"
        if found and len(longer) > DESCRIPTION:
            break
        found = longer
    return found


def picture_path(page: SitePage, lang: str) -> str:
    """Where the picture of a page is."""
    return f"pictures/{page.picture}.{lang}.png"
