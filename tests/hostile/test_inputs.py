"""Files of inputs that are broken, deep, long or endless: refused in a sentence with the line, and soon."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from budgets import budget
from outside import LONGEST_MESSAGE, LONGEST_SECONDS, ledger
from price_lists import price_list

from unitledger.errors import InputsFileError
from unitledger.notation import read as inputs
from unitledger.templates import catalog

DEEP = ".".join(["a"] * 20_000)
QUOTED = ".".join(['"a"', "'b'"] * 10_000)
TOML: dict[str, Callable[[], str]] = {
    "a key of 20,000 parts": lambda: f"{DEEP} = 1\n",
    "a key of quoted parts": lambda: f"{QUOTED} = 1\n",
    "a table of 20,000 parts": lambda: f"[{DEEP}]\n",
    "a table in a list of 20,000 parts": lambda: f"[[ {DEEP} ]]\n",
    "a key in a table in a line": lambda: f"load = {{{DEEP} = 1}}\n",
    "20,000 keys": lambda: "".join(f"a.b.c{place} = 1\n" for place in range(20_000)),
    "20,000 keys of one input": lambda: "".join(f"load.x{place}.y = 1\n" for place in range(20_000)),
    "20,000 tables": lambda: "".join(f"[t{place}]\nvalue = 1\n" for place in range(20_000)),
    "20,000 options": lambda: "".join(f"[load.options.x{place}]\nvalue = 1\n" for place in range(20_000)),
    "nested lists": lambda: "load = " + "[" * 5_000,
    "nested tables": lambda: "load = " + "{a = " * 5_000,
    "a gap": lambda: f"a{' ' * 200_000}b = 1\n",
    "a word": lambda: f"{'a' * 1_000_000}\n",
    "dots": lambda: f"{'.' * 1_000_000}\n",
    "quotes": lambda: '"' * 100_001,
    "4,000 digits": lambda: f"load = {'9' * 4_000}\n",
    "5,000 digits": lambda: f"load = {'9' * 5_000}\n",
    "100,000 hexadecimal digits": lambda: f"load = 0x{'f' * 100_000}\n",
    "a figure of three million letters": lambda: f'load = "{"x" * 3_000_000}"\n',
    "a field of 100,000 letters": lambda: f"[load]\nvalue = 1\n{'f' * 100_000} = 2\n",
    "a list for a figure": lambda: "load = [1, 2]\n",
    "no number": lambda: "load = nan\n",
    "endless": lambda: "load = inf\n",
    "a control character": lambda: "load = 1\0\n",
}
CSV: dict[str, Callable[[], str]] = {
    "no headings": lambda: "",
    "a million commas": lambda: "," * 1_000_000,
    "an open quote": lambda: 'name,value\n"load,1\n' * 1_000,
    "a cell of a million letters": lambda: f"name,value\nload,{'x' * 1_000_000}\n",
    "a long option twice": lambda: "name,option,value\n" + f"load,{'x' * 100_000},1\n" * 2,
    "20,000 strangers": lambda: "name,value\n" + "".join(f"x{place},1\n" for place in range(20_000)),
    "a control character": lambda: "name,value\nload,1\0\n",
}


def config(**fields: object) -> str:
    return json.dumps({"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, **fields})


JSON: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "nested lists": lambda: "[" * 100_000,
    "nested objects": lambda: '{"text_config":' * 100_000,
    "no number": lambda: config(hidden_size=float("nan")),
    "5,000 digits": lambda: '{"model_type": "llama", "hidden_size": ' + "9" * 5_000 + "}",
    "a long text": lambda: config(hidden_size="x" * 100_000),
    "a long list": lambda: config(hidden_size=[1] * 100_000),
    "a long kind": lambda: config(model_type="z" * 100_000),
    "a kind of control characters": lambda: config(model_type="lla\x1b[2Jma"),
    "half a character": lambda: '{"model_type": "\\ud800"}',
}


def refused(path: Path, read: Callable[[Path], object] = lambda path: inputs(path, ledger())) -> str:
    start = time.process_time()
    with pytest.raises(InputsFileError) as said:
        read(path)
    assert time.process_time() - start < LONGEST_SECONDS
    assert len(str(said.value)) < LONGEST_MESSAGE
    assert str(said.value).isprintable()
    return str(said.value)


@pytest.mark.parametrize("kind", TOML)
def test_toml(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sent.toml"
    path.write_text(TOML[kind](), encoding="utf-8")
    assert refused(path).startswith(f"{path}, line ")


@pytest.mark.parametrize("kind", ["a key of 20,000 parts", "a table of 20,000 parts", "a key of quoted parts"])
def test_a_key_of_many_parts_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sent.toml"
    path.write_text(f"# ours\nload = 0.5\n\n{TOML[kind]()}", encoding="utf-8")
    assert refused(path) == f"{path}, line 4: a key of more than 32 parts; names have fewer dots."


@pytest.mark.parametrize("kind", CSV)
def test_csv(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sent.csv"
    path.write_text(CSV[kind](), encoding="utf-8")
    assert refused(path).startswith(f"{path}, line ")


@pytest.mark.parametrize("kind", TOML)
def test_a_catalog(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sent.toml"
    path.write_text(TOML[kind](), encoding="utf-8")
    assert refused(path, catalog.faults).startswith(f"{path}, line ")


def test_a_catalog_of_unknown_fields_is_told_of_at_length_once(tmp_path: Path) -> None:
    path = tmp_path / "sent.toml"
    stated = '[mine]\nsource = "data sheet"\nas_of = 2024-01-01\n'
    path.write_text(f'{stated}{"f" * 100_000} = "80 GB/gpu"\n', encoding="utf-8")
    (fault,) = catalog.faults(path)
    assert "f" * 201 not in str(fault)


@pytest.mark.parametrize("kind", JSON)
def test_the_shape_of_a_model(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(JSON[kind](), encoding="utf-8")
    assert refused(path, catalog.read_config).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["fleet.price@", "people@"])
def test_a_long_name_of_an_item_or_a_period(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sent.csv"
    path.write_text(f"name,value\n{name}{'x' * 100_000},1\n", encoding="utf-8")
    book = price_list() if name.startswith("fleet") else budget(2)
    assert refused(path, lambda path: inputs(path, book)).startswith(f"{path}, line 2")


def test_a_file_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "sent.toml"
    path.write_text("# ours\n" * 1_000_000, encoding="utf-8")
    assert refused(path) == f"{path}: it has 7,000,000 bytes; 5,000,000 are allowed. Divide it."


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")
def test_pipes_and_devices(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.toml", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path in (pipe, link):
        assert refused(path) == f"{path}: it is no file but a pipe or a device. Check the path."
