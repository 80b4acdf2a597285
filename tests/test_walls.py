"""What may stand where: SQL, arithmetic, the clock. Who may import whom is in pyproject.toml (import-linter)."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "etl", "exports", "model", "pages", "queries", "serve", "view", "workbench")


def modules(room: str) -> list[Path]:
    if room == "app":
        return [ROOT / "app.py"]
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ["app", "exports", "model", "pages", "view"])
def test_sql_stands_in_queries_and_etl_only(room: str) -> None:
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.upper()
                assert not ("SELECT " in text and " FROM " in text), f"SQL in {path}: {node.value[:60]}"


def test_a_page_holds_no_arithmetic() -> None:
    for path in modules("pages"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr)), (
                f"{path.name}:{node.lineno} computes"
            )
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"sum", "round", "min", "max"}, (
                    f"{path.name}:{node.lineno} computes"
                )


@pytest.mark.parametrize("room", ["app", "pages"])
def test_a_remark_on_a_page_is_a_comment(room: str) -> None:
    # The framework can print an expression that stands alone to the reader.
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            alone = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.Expr)]
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
                alone = alone[1:]
            for part in alone:
                assert isinstance(part.value, ast.Call), f"{path}:{part.lineno} stands alone"


def test_the_framework_prints_no_expression_by_itself() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["magicEnabled"] is False


@pytest.mark.parametrize("room", ["view", "pages"])
def test_a_download_never_runs_the_page_again(room: str) -> None:
    # A run beside the request may end first, and the end of a run forgets the file that was asked for.
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "download_button":
                given = {word.arg: word.value for word in node.keywords}
                assert getattr(given.get("on_click"), "value", None) == "ignore", f"{path}:{node.lineno}"


@pytest.mark.parametrize("room", ["etl", "exports", "model", "queries", "view"])
def test_the_present_day_is_an_argument(room: str) -> None:
    # A command, like a page, is where the day comes in.
    for path in (path for path in modules(room) if path.name not in {"__main__.py", "command.py"}):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"today", "now", "utcnow"}, f"{path}:{node.lineno} reads the clock"


def test_names_say_what_a_file_is_for() -> None:
    for room in ROOMS:
        for path in modules(room):
            assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}, path


def test_modules_stay_readable() -> None:
    for room in ROOMS:
        for path in modules(room):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            is_page = path.parent.name == "pages" and path.stem != "frame"
            assert lines <= (60 if is_page else 350), f"{path} has {lines} lines"
