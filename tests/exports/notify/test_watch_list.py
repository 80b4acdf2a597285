"""A watch list that is wrong says where, what, and what to write instead."""

from pathlib import Path

import pytest

from exports.notify.command import notify
from exports.notify.watch_list import WatchListError, read_watch_list
from queries.warehouse import Warehouse, current

HEAD = 'sender = "tracker@example.org"\n[[watch]]\nname = "one"\n'
MAIL = 'mail = "a@example.org"\n'


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "is not TOML"),
        ("", "there is nothing to watch"),
        ("watch = 1", "there is nothing to watch"),
        (HEAD, "line 2, watch 1, mail: nobody is told"),
        (
            f'{HEAD}country = ["Vietnam"]\n{MAIL}',
            "line 4, watch 1, country: “Partner country” has no value “Vietnam”. Near: VNM",
        ),
        (f"{HEAD}sector = [99]\n{MAIL}", "has no value “99”"),
        (f'{HEAD}participant = ["Marubeny"]\n{MAIL}', "Near: marubeni"),
        (f'{HEAD}stage = "registred"\n{MAIL}', "Near: registered"),
        (f"{HEAD}country = []\n{MAIL}", "is empty; leave it out to watch all"),
        (f"{HEAD}country = 1.5\n{MAIL}", "write a list of values"),
        (
            f'{HEAD}contry = "VNM"\n{MAIL}',
            "line 4, watch 1, contry: there is no key 'contry' here; near: country",
        ),
        (f'{HEAD}lang = "fr"\n{MAIL}', "'fr' is no language here"),
        (f"{HEAD}even_if_empty = 1\n{MAIL}", "write true or false"),
        (f'{HEAD}mail = "a@@example.org"', "is no mail address"),
        (f'{HEAD}mail = "a@example.org, b@example.org"', "is no mail address"),
        (f'{HEAD}mail = "X\\nBcc: b@example.org <a@example.org>"', "is no mail address"),
        (f'{HEAD}mail = ["a@example.org", "A@example.org"]', "stands twice"),
        (f'[[watch]]\nname = "one"\n{MAIL}', "mail needs a sender"),
        (f'address = "jcm.example.org"\n{HEAD}{MAIL}', "line 1, address"),
        (f'unsubscribe = "call us"\n{HEAD}{MAIL}', "write it as mailto:"),
        (f'{HEAD}webhook = [{{ kind = "irc", url_from = "X" }}]', "kind is one of slack, teams, json"),
        (f'{HEAD}webhook = "https://T0KEN"', "write webhook = ["),
        (
            f'{HEAD}webhook = [{{ kind = "json", url_from = "https://T0KEN" }}]',
            "the name of an environment variable",
        ),
        (f'{HEAD}webhook = [{{ kind = "json", url = "https://T0KEN" }}]', "come from environment variables"),
        (f'password = "T0KEN"\n{HEAD}{MAIL}', "passwords come from environment variables"),
        (f"{HEAD.replace('one', 'a' * 300)}{MAIL}", "at most 200 letters"),
    ],
)
def test_every_fault_is_told_with_its_place(
    text: str, said: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "watch.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WatchListError) as caught:
        read_watch_list(path, warehouse)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "T0KEN" not in str(caught.value)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"x" * 1_000_001])
def test_what_is_no_text_is_told(body: bytes, warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "watch.toml"
    path.write_bytes(body)
    for one in (path, tmp_path, tmp_path / "none.toml"):
        with pytest.raises(WatchListError):
            read_watch_list(one, warehouse)


def test_all_faults_are_told_at_once_and_nothing_is_noted(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    path = tmp_path / "watch.toml"
    path.write_text(f'{HEAD}country = "Vietnam"\nlang = "fr"\n', encoding="utf-8")
    assert notify(path) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert list(tmp_path.iterdir()) == [path]


def test_names_in_any_script_and_one_value_without_brackets_are_taken(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "watch.toml"
    path.write_text(
        f'\ufeff{HEAD.replace("one", "ベトナム 🌏")}lang = "en"\nsector = 1\nstage = "registered"\n'
        'mail = ["Đỗ Văn <a@例え.jp>", \'"Y, Z" <b@example.org>\']\n',
        encoding="utf-8",
    )
    first, second = read_watch_list(path, warehouse).recipients
    assert first.part.chosen == (("sector", ("1",)), ("status", ("registered",)))
    assert first.mail is not None
    assert str(first.mail) == "Đỗ Văn <a@xn--r8jz45g.jp>"
    assert second.key == "ベトナム 🌏/mail/b@example.org"


def test_the_example_in_the_documentation_is_a_watch_list(warehouse: Warehouse, tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "docs" / "alerts.md").read_text(encoding="utf-8")
    path = tmp_path / "watch.toml"
    path.write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert len(read_watch_list(path, warehouse).recipients) >= 4
