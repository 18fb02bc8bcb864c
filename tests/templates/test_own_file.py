"""A template in a file of the user's own, named by its path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner

from unitledger.cli import main
from unitledger.errors import EmptyLedger, TemplateFailed, UnitMismatch, UnknownName
from unitledger.templates import describe, find

STORAGE = '''
from dataclasses import dataclass

from unitledger import Ledger


@dataclass
class Offer:
    price: str


def storage_cost() -> Ledger:
    """What a month of stored data costs.

    The rest is for those who read the file.
    """
    book = Ledger("Storage", as_of="2026-01-05")
    size = book.assume("size", "20 TB")
    price = book.assume("price", Offer("0.02 USD/GB/month").price)
    book.headline(book.line("storage_bill", size * price, "USD/month"))
    return book
'''


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "storage_cost.py"
    path.write_text(STORAGE, encoding="utf-8")
    return path


def test_the_function_named_like_the_file_is_the_template(own_file: Path) -> None:
    assert str(find(str(own_file))()["storage_bill"]) == "storage_bill = 400 USD/month"
    assert describe(str(own_file)) == "What a month of stored data costs."


def test_a_file_named_like_a_library_does_not_take_its_place(tmp_path: Path) -> None:
    path = tmp_path / "json.py"
    path.write_text(STORAGE.replace("storage_cost", "json"), encoding="utf-8")
    find(str(path))

    import json

    assert json.loads("[1]") == [1]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "storage_kost.py"

    with pytest.raises(UnknownName) as refused:
        find(str(path))

    assert str(refused.value) == f"There is no file {path}. Name the .py file of a template by its path."


def test_a_file_without_its_function_is_refused(own_file: Path) -> None:
    own_file.write_text(STORAGE.replace("def storage_cost", "def storage_costs"), encoding="utf-8")

    with pytest.raises(UnknownName) as refused:
        find(str(own_file))

    assert str(refused.value) == (
        f"{own_file} has no function 'storage_cost'. Did you mean 'storage_costs'? The function that builds the "
        "ledger has the name of its file."
    )


def test_a_function_that_forgets_to_return_is_told_so(own_file: Path) -> None:
    own_file.write_text(STORAGE.replace("    return book\n", ""), encoding="utf-8")

    with pytest.raises(EmptyLedger) as refused:
        find(str(own_file))()

    assert str(refused.value) == (
        f"{own_file}: storage_cost() returned NoneType, not a Ledger. End it with 'return book'."
    )


RENT = """
{imports}
from unitledger import Ledger


def rent():
    {inside}
    book = Ledger("Rent")
    book.line("bill", book.assume("rate", {rate}))
    return book
"""


NOBODY: Mapping[str, str] = MappingProxyType({})
NEIGHBOURS = {
    "my_prices.py": 'CARD = "2 USD/h"\n',
    "again.py": "from my_prices import CARD\n",
    "shop/__init__.py": "from .cards import CARD as AGAIN\n",
    "shop/cards.py": "from my_prices import CARD\n",
}


def rent(
    folder: Path, imports: str = "", rate: str = '"1 USD/h"', inside: str = "", neighbours: Mapping[str, str] = NOBODY
) -> Path:
    """A template in a folder, beside its neighbours: contents by file name."""
    content = RENT.format(imports=imports, inside=inside, rate=rate)
    for name, text in {"rent.py": content, **neighbours}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "rent.py"


def bill(path: Path) -> str:
    return str(find(str(path))().value("bill"))


@pytest.mark.parametrize(
    ("imports", "inside", "rate"),
    [
        ("from my_prices import CARD", "", "CARD"),
        ("from my_prices import *", "", "CARD"),
        ("import my_prices", "", "my_prices.CARD"),
        ("import my_prices as prices", "", "prices.CARD"),
        ("", "from my_prices import CARD", "CARD"),
        ("from .my_prices import CARD", "", "CARD"),
        ("from shop.cards import CARD", "", "CARD"),
        ("import shop.cards", "", "shop.cards.CARD"),
        ("import shop.cards as cards", "", "cards.CARD"),
        ("from shop import cards", "", "cards.CARD"),
        ("from shop import AGAIN", "", "AGAIN"),
        ("from again import CARD", "", "CARD"),
    ],
)
def test_a_template_imports_its_neighbours(tmp_path: Path, imports: str, inside: str, rate: str) -> None:
    before = list(sys.path), list(sys.meta_path)
    path = rent(tmp_path / "mine", imports, rate, inside, NEIGHBOURS)

    assert bill(path) == "2 USD/h"
    assert (sys.path, sys.meta_path) == before
    for name in ("my_prices", "again", "shop", "shop.cards", "rent"):
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(name)
    assert sorted(each.name for each in tmp_path.rglob("*.pyc")) == []


def test_neighbours_of_the_same_name_in_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (
        rent(tmp_path / name, "", "CARD", "from my_prices import CARD", {"my_prices.py": f'CARD = "{price} USD/h"\n'})
        for name, price in (("one", 1), ("two", 2))
    )
    # A notebook finds what lies in its own folder, and may have imported it.
    monkeypatch.syspath_prepend(tmp_path / "one")
    monkeypatch.setitem(sys.modules, "my_prices", importlib.import_module("my_prices"))
    first, second = find(str(one)), find(str(two))

    assert [str(build().value("bill")) for build in (first, second, first)] == ["1 USD/h", "2 USD/h", "1 USD/h"]


def test_a_neighbour_that_was_edited_is_read_anew(tmp_path: Path) -> None:
    path = rent(tmp_path / "mine", "from my_prices import CARD", "CARD", neighbours=NEIGHBOURS)
    assert bill(path) == "2 USD/h"

    (tmp_path / "mine" / "my_prices.py").write_text('CARD = "3 USD/h"\n', encoding="utf-8")
    assert bill(path) == "3 USD/h"


@pytest.mark.parametrize("name", ["json", "statistics", "attrs", "pandas", "unitledger"])
def test_a_neighbour_named_like_an_installed_module_does_not_take_its_place(tmp_path: Path, name: str) -> None:
    rate = f'"1 USD/h" if found.__name__ == {name!r} else None'
    path = rent(tmp_path / "mine", f"import {name} as found", rate, neighbours={f"{name}.py": "1 / 0\n"})

    assert bill(path) == "1 USD/h"


def test_only_the_folder_itself_finds_its_modules(tmp_path: Path) -> None:
    path = rent(tmp_path / "mine", inside="import importlib; importlib.import_module('again')", neighbours=NEIGHBOURS)

    with pytest.raises(TemplateFailed) as failed:
        bill(path)
    assert str(failed.value) == f"{path}, line 7: ModuleNotFoundError: No module named 'again'"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"imports": "x = y"}, "rent.py, line 2: NameError: name 'y' is not defined"),
        ({"imports": "x = ("}, "rent.py, line 2: SyntaxError: '(' was never closed\n"),
        ({"imports": "import my_prizes"}, "rent.py, line 2: ModuleNotFoundError: No module named 'my_prizes'"),
        ({"imports": "raise SystemExit(3)"}, "rent.py, line 2: SystemExit: 3"),
        ({"imports": "raise RuntimeError"}, "rent.py, line 2: RuntimeError"),
        ({"inside": "x = {}['card']"}, "rent.py, line 7: KeyError: 'card'"),
        ({"inside": "raise ValueError('one\\n  two')"}, "rent.py, line 7: ValueError: one two"),
        (
            {"inside": "import json; json.loads('[')"},
            "rent.py, line 7: JSONDecodeError: Expecting value: line 1 column 2",
        ),
        ({"rate": "'2 apples'"}, "rent.py, line 9: Input 'rate'"),
        ({"imports": "import near", "near.py": "\n\n1 / 0\n"}, "near.py, line 3: ZeroDivisionError: division by zero"),
        ({"imports": "import near", "near.py": "\nfor\n"}, "near.py, line 2: SyntaxError: invalid syntax"),
        (
            {"imports": "import sub.near", "sub/__init__.py": "", "sub/near.py": "1 / 0\n"},
            "sub/near.py, line 1: ZeroDivisionError: division by zero",
        ),
        (
            {"imports": "from near import CARD", "near.py": "\n"},
            "rent.py, line 2: ImportError: cannot import name 'CARD' from 'near'",
        ),
    ],
)
def test_what_fails_in_a_template_is_one_message_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, Any], said: str
) -> None:
    neighbours = {name: content for name, content in parts.items() if name.endswith(".py")}
    rent(tmp_path / "mine", **{name: parts[name] for name in parts.keys() - neighbours}, neighbours=neighbours)
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ("eval", "mine/rent.py"), prog_name="unitledger")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: mine/{said}")
    assert result.stderr.count("\n") == 1


def test_the_error_itself_is_the_cause(tmp_path: Path) -> None:
    path = rent(tmp_path / "mine", inside="x = 1 / 0")

    with pytest.raises(TemplateFailed) as failed:
        bill(path)
    assert isinstance(failed.value.__cause__, ZeroDivisionError)

    path = rent(tmp_path / "mine", rate='"1 USD/h", minimum="1 kW"')
    with pytest.raises(TemplateFailed) as mismatch:
        bill(path)
    assert isinstance(mismatch.value.__cause__, UnitMismatch)


def test_a_template_that_wants_an_argument(tmp_path: Path) -> None:
    path = tmp_path / "rent.py"
    path.write_text("def rent(rate):\n    pass\n", encoding="utf-8")

    with pytest.raises(TemplateFailed) as failed:
        bill(path)
    assert str(failed.value) == f"{path}: TypeError: rent() missing 1 required positional argument: 'rate'"


@pytest.mark.parametrize(("imports", "inside"), [("raise KeyboardInterrupt", ""), ("", "raise KeyboardInterrupt")])
def test_an_interrupt_stays_one(tmp_path: Path, imports: str, inside: str) -> None:
    path = rent(tmp_path / "mine", imports, inside=inside)

    with pytest.raises(KeyboardInterrupt):
        bill(path)
