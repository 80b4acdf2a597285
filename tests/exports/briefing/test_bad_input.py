"""Requests that cannot be, texts that may break a file, fonts that are not there, a disk without room."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from exports.briefing import drawing, fonts, layout
from exports.briefing.compose import document_of
from exports.briefing.document import Document, Grid
from exports.briefing.fonts import FontMissing
from exports.briefing.formats import FORMATS
from exports.briefing.request import RequestError, request_of
from exports.briefing.writing import WRITERS
from queries.warehouse import Warehouse
from tests.exports.briefing.reading_back import cells_of, paper_of, slides_of, web_page_of
from view.texts import texts

ROOT = Path(__file__).parents[3]
HOSTILE = "<b>=1+1</b>\x07 & “دولة الشريك” 『長い題名』 \u202eabc\u202c 🏭 \ud800"


@pytest.mark.parametrize(
    ("given", "field", "allowed"),
    [
        ({"audience": "everybody"}, "audience", "programme, country, sector, participant, comparison"),
        ({"audience": "country", "subject": "ZZZ"}, "country", "MNG"),
        ({"audience": "sector", "subject": "99"}, "sector", "14"),
        ({"audience": "participant", "subject": "Marubenni"}, "participant", "marubeni"),
        ({"audience": "participant", "subject": ""}, "participant", "no participant"),
        ({"lang": "fr"}, "lang", "ja, en"),
        ({"scenario": "miracle"}, "scenario", "present-pace"),
        ({"as_of": date(2012, 12, 31)}, "as_of", "2013-01-08"),
        ({"as_of": date(2099, 1, 1)}, "as_of", "2026"),
        ({"audience": "comparison"}, "earlier", "needs an earlier day"),
        ({"audience": "comparison", "earlier": date(2099, 1, 1)}, "earlier", "2013-01-08"),
    ],
)
def test_a_request_that_cannot_be_names_the_field_and_what_is_allowed(
    given: dict[str, object], field: str, allowed: str, warehouse: Warehouse
) -> None:
    with pytest.raises(RequestError) as caught:
        request_of(warehouse, **given)  # type: ignore[arg-type]
    fault = caught.value.faults[0]
    assert fault.field == field
    assert allowed in fault.en
    assert any(ord(c) > 0x3000 for c in fault.ja)


def test_every_fault_is_told_at_once(warehouse: Warehouse) -> None:
    with pytest.raises(RequestError) as caught:
        request_of(
            warehouse, audience="country", subject="", lang="xx", scenario="none", as_of=date(1999, 1, 1)
        )
    assert [f.field for f in caught.value.faults] == ["lang", "scenario", "as_of", "country"]


@pytest.fixture
def hostile(warehouse: Warehouse) -> Document:
    """A briefing whose texts are as bad as those of a register may be."""
    made = document_of(warehouse, request_of(warehouse, audience="country", subject="PLW", lang="ja"))
    title = HOSTILE + " 省エネルギー設備導入事業" * 120
    first = replace(
        made.sections[0],
        title=title,
        sentence=title,
        grid=Grid(("題名", "量"), ((title, "1"), ("=HYPERLINK(1)", "2")), frozenset({1})),
        data=pa.table({"題名": [title.encode("utf-8", "replace").decode(), "=HYPERLINK(1)"], "量": [1, 2]}),
    )
    return replace(made, title=title[:80], sections=(first, *made.sections[1:]))


@pytest.mark.parametrize("code", FORMATS)
def test_no_file_breaks_on_strange_texts(code: str, hostile: Document) -> None:
    body = WRITERS[code](hostile, texts("ja"))
    if code == "pptx":
        slides = slides_of(body)
        assert any("=HYPERLINK(1)" in row for row in slides.rows)
        assert max(slides.bottoms) <= 540.5
        assert not any("\x07" in text for text in slides.texts)
    elif code == "slide":
        slide = slides_of(body)
        assert max(slide.bottoms) <= 540.5
        assert any("<b>=1+1</b>" in text for text in slide.texts)
    elif code == "xlsx":
        cells = [c for rows in cells_of(body).values() for row in rows for c in row]
        assert "=HYPERLINK(1)" in cells
    elif code == "html":
        page = web_page_of(body)
        assert "<b>=1+1</b>" in page.text
        assert b"<b>=1+1" not in body
    else:
        paper = paper_of(body)
        assert any("省エネルギー設備導入事業" in text for text in paper.pages)
        assert code == "pdf" or len(paper.pages) == 1


def test_a_machine_without_fonts_takes_the_one_of_the_package(
    monkeypatch: pytest.MonkeyPatch, warehouse: Warehouse
) -> None:
    monkeypatch.setattr(fonts, "_ON_THE_MACHINE", ())
    forget_fonts()
    try:
        assert fonts.family().name == "IPAexGothic"
        made = document_of(warehouse, request_of(warehouse, audience="country", subject="PLW", lang="ja"))
        body = WRITERS["page"](made, texts("ja"))
    finally:
        forget_fonts()
    assert b"IPAexGothic" in body
    assert "パラオ" in paper_of(body).pages[0]


def test_without_any_font_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_ON_THE_MACHINE", ())
    monkeypatch.setattr(fonts, "_PACKAGED", ("no_such_package", "x.ttf", "x"))
    forget_fonts()
    try:
        with pytest.raises(FontMissing, match=r"fonts-noto-cjk.*日本語フォント"):
            fonts.family()
    finally:
        monkeypatch.undo()
        forget_fonts()


def forget_fonts() -> None:
    for kept in (fonts.family, fonts._face, fonts._width_of, layout.lines, drawing.svg):
        kept.cache_clear()


def brief(*arguments: str, warehouse_dir: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    program = "import sys; from exports.__main__ import app; sys.exit(app(['briefing', *sys.argv[1:]]))"
    if limit:
        program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); {program}"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "JCM_WAREHOUSE_DIR": str(warehouse_dir)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_files_it_names(warehouse_dir: Path, tmp_path: Path) -> None:
    done = brief(
        *(
            "country",
            "MNG",
            "--lang",
            "both",
            "--formats",
            "xlsx",
            "--formats",
            "html",
            "--to",
            str(tmp_path),
        ),
        warehouse_dir=warehouse_dir,
    )
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 4
    assert all(name.startswith("jcm_briefing_country-mng_") for name in names)
    assert all(name in done.stdout for name in names)


def test_the_command_refuses_what_it_does_not_know(warehouse_dir: Path, tmp_path: Path) -> None:
    done = brief("country", "ATL", "--to", str(tmp_path), warehouse_dir=warehouse_dir)
    assert done.returncode == 2
    assert "country = ATL: allowed are" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_file(warehouse_dir: Path, tmp_path: Path) -> None:
    done = brief(
        *("country", "MNG", "--lang", "en", "--formats", "html", "--to", str(tmp_path / "out")),
        warehouse_dir=warehouse_dir,
        limit=20_000,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
