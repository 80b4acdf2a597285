"""Files as people save them: any line ends, UTF-8 or Shift_JIS, true line numbers; what is unclear is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources.limits import Limits
from etl.sources.reading import TextTable, read_table, trim
from etl.sources.stops import BuildStopped

HEADER = ["id", "name", "note"]
FILE = "snapshot/example.csv"
GOOD = "id,name,note\nA,モンゴル,\nB,ベトナム,ok\n"


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    return Reader(tmp_path)


class Reader:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "example.csv"

    def rows(self, content: bytes) -> list[tuple[int, tuple[str, ...]]]:
        """Line and cells of the records that fit the heading, empty cells as empty text."""
        frame = self(content).frame
        assert frame.columns[1:] == HEADER
        return [(line, tuple(cell or "" for cell in cells)) for line, *cells in frame.iter_rows()]

    def __call__(self, content: bytes, limits: Limits | None = None) -> TextTable:
        self.path.write_bytes(content)
        return read_table(self.path, FILE, HEADER, limits or Limits())

    def refusal(self, content: bytes, limits: Limits | None = None) -> str:
        with pytest.raises(BuildStopped) as stopped:
            self(content, limits)
        assert FILE in stopped.value.message_ja
        assert re.search("[ぁ-ん]", stopped.value.message_ja)
        return stopped.value.message_en


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (GOOD.encode(), "utf-8"),
        (GOOD.encode("utf-8-sig"), "utf-8"),
        (GOOD.encode("cp932"), "cp932"),
        (GOOD.replace("\n", "\r\n").encode("cp932"), "cp932"),
        (GOOD.replace("\n", "\r\n").encode("utf-8-sig"), "utf-8"),
        (GOOD.replace("\n", "\r").encode(), "utf-8"),
        (GOOD.rstrip("\n").encode(), "utf-8"),
        (GOOD.replace("A,", '"A",').encode(), "utf-8"),
        ((GOOD + "\n,,\n  , ,\u3000\n").encode(), "utf-8"),
        (GOOD.replace("A", "\u200b A\u3000").encode(), "utf-8"),
    ],
    ids=[
        "UTF-8",
        "BOM",
        "cp932",
        "cp932 CRLF",
        "BOM CRLF",
        "CR",
        "no last",
        "quotes",
        "blank rows",
        "spaces",
    ],
)
def test_the_same_rows_however_the_file_was_saved(content: bytes, encoding: str, read: Reader) -> None:
    table = read(content)
    assert table.encoding == encoding
    assert table.header == ("id", "name", "note")
    assert read.rows(content) == [
        (2, ("A", "モンゴル", "")),
        (3, ("B", "ベトナム", "ok")),
    ]


def test_a_row_is_told_by_the_line_on_which_it_begins(read: Reader) -> None:
    rows = read.rows(
        'id,name,note\r\nA,"one\r\ntwo\r\nthree",\r\n\r\nB,b,"x ""y"", z"\r\nC,c\u2028c,\r\n'.encode()
    )
    assert [line for line, _ in rows] == [2, 6, 7]
    assert rows[0][1][1] == "one\ntwo\nthree"
    assert rows[1][1][2] == 'x "y", z'
    assert rows[2][1][1] == "c\u2028c"


cells = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\",'="),
    max_size=20,
)


@settings(max_examples=50)
@given(rows=st.lists(st.tuples(cells, cells, cells), max_size=8), ends=st.sampled_from(["\n", "\r\n"]))
def test_whatever_a_cell_holds_its_row_keeps_its_line(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], ends: str
) -> None:
    text, lines, line = "id,name,note" + ends, [], 2
    for row in rows:
        lines.append(line)
        record = ",".join('"' + cell.replace('"', '""').replace("\n", ends) + '"' for cell in ("k", *row[1:]))
        text += record + ends
        line += 1 + record.count("\n")
    found = Reader(tmp_path_factory.mktemp("rows")).rows(text.encode())
    assert [line for line, _ in found] == lines
    assert [cells for _, cells in found] == [tuple(trim(cell) for cell in ("k", *row[1:])) for row in rows]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildStopped, match=r"snapshot/example\.csv is missing.*version control") as stopped:
        read_table(tmp_path / "no.csv", FILE, HEADER, Limits())
    assert stopped.value.message_ja == f"{FILE} がありません。data フォルダーに戻してください。"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildStopped, match=r"snapshot/example\.csv cannot be read"):
        read_table(tmp_path, FILE, HEADER, Limits())


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b" \r\n\t\n", "\u3000\n".encode()])
def test_an_empty_file_is_no_table(content: bytes, read: Reader) -> None:
    assert read.refusal(content) == f"{FILE} is empty. Expected a heading with the columns id, name, note."


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("id,name", "line 1: the column note is missing. Found: id, name."),
        (
            "id,name,note,extra",
            "line 1: the column extra is not known. Remove it, or add it to the contract.",
        ),
        ("id,nmae,note", "the column nmae is not known. Is name meant?"),
        ("id,name,name,note", "line 1: the column name stands twice; which one is meant?"),
        ("id,name,,note", "line 1: column 3 has no heading."),
        ("id;name;note", "line 1: the cells are separated by semicolons. Expected commas."),
        ("id\tname\tnote", "line 1: the cells are separated by tabs. Expected commas."),
        ("ID,name,note", "the column id is missing."),
    ],
)
def test_a_wrong_heading_is_told_with_what_was_expected(header: str, message: str, read: Reader) -> None:
    assert message in read.refusal(f"{header}\nA,b,c\n".encode())


def test_all_faults_of_a_heading_are_told_at_once(read: Reader) -> None:
    assert read.refusal(b"nmae,other,other\n").splitlines() == [
        f"{FILE}, line 1: the column other stands twice; which one is meant?",
        f"{FILE}, line 1: the column id is missing. Found: nmae, other, other.",
        f"{FILE}, line 1: the column name is missing. Found: nmae, other, other.",
        f"{FILE}, line 1: the column note is missing. Found: nmae, other, other.",
        f"{FILE}, line 1: the column nmae is not known. Is name meant?",
        f"{FILE}, line 1: the column other is not known. Is note meant?",
        f"{FILE}, line 1: the column other is not known. Is note meant?",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "id,name,note\nA,モンゴル,\n".encode() + "B,ベトナム,\n".encode("cp932"),
            "mixes encodings: line 2 is UTF-8, line 3 is not. Save the whole file as UTF-8.",
        ),
        (
            "id,name,note\nA,Références,x\n".encode("latin-1"),
            "line 2: not UTF-8, and not for certain Shift_JIS.",
        ),
        ("id,name,note\nA,b,c\nB,Caf\xe9 ,\n".encode("latin-1"), "line 3: neither UTF-8 nor Shift_JIS."),
        (GOOD.encode("utf-16"), "is UTF-16. Save it as UTF-8"),
        (b"id,name,note\nA,b\x00,c\n", "line 2: a zero byte; this is not a text file."),
        (b'id,name,note\nA,"b,c\nB,c,d\n', "record beginning on line 2: unexpected end of data."),
        (b'id,name,note\nA,b,c\nB,"b"x,c\n', "record beginning on line 3:"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a zero byte; this is not a text file. Expected CSV"),
    ],
    ids=[
        "mixed",
        "latin-1 as kanji",
        "latin-1",
        "UTF-16",
        "zero byte",
        "open quote",
        "text after quote",
        "xlsx",
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(content: bytes, message: str, read: Reader) -> None:
    assert message in read.refusal(content)


def test_a_file_larger_than_the_limit_names_the_limit(read: Reader) -> None:
    content = b"id,name,note\n" + b"A,b,c\n" * 200_000
    assert "1,200,013 bytes, more than 1 MB. Set JCM_MAX_FILE_MB" in read.refusal(
        content, Limits(max_file_mb=1)
    )


def test_a_cell_of_ten_million_characters_is_read_as_one_cell(read: Reader) -> None:
    rows = read.rows(b"id,name,note\nA," + b"x" * 10_000_000 + b",\nB,b,c\n")
    assert len(rows[0][1][1]) == 10_000_000
    assert rows[1][0] == 3


def test_marks_within_a_cell_that_is_not_quoted_are_part_of_its_text(read: Reader) -> None:
    rows = read.rows(b'id,name,note\nA,5" pipe,x\nB,b,c\nC,6" pipe,"y"\nD,"d",""\n')
    assert rows == [
        (2, ("A", '5" pipe', "x")),
        (3, ("B", "b", "c")),
        (4, ("C", '6" pipe', "y")),
        (5, ("D", "d", "")),
    ]


def test_records_with_another_number_of_cells_are_set_apart_with_their_line(read: Reader) -> None:
    table = read(b'id,name,note\nA,b\nB,b,c\nC,"c,\nd",e,f\nD,d,e\n')
    assert [(row.line, row.cells) for row in table.ragged] == [(2, ("A", "b")), (4, ("C", "c,\nd", "e", "f"))]
    assert table.frame["id"].to_list() == ["B", "D"]
    assert table.height == 4


def test_an_empty_cell_is_null_with_quotation_marks_and_without(read: Reader) -> None:
    frame = read(b'id,name,note\nA,"",\nB," ",\xe3\x80\x80\n').frame
    assert frame.select("name", "note").rows() == [(None, None), (None, None)]
