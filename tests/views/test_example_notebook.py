"""The notebook of the examples: its cells run in their order, and show what the file says that they show."""

from __future__ import annotations

import ast
import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pandas")
NOTEBOOK = json.loads((Path(__file__).parents[2] / "examples" / "fleet_budget.ipynb").read_text("utf-8"))


def run(source: str, namespace: dict[str, Any]) -> str:
    """Run a cell as a notebook does; return what it prints, and then what it ends with."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), namespace)  # noqa: S102 - our own example
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)  # noqa: S307
            if shown is not None:
                printed.write(repr(shown))
    return printed.getvalue()


def said(cell: dict[str, Any]) -> str:
    """Return what a cell shows by the file."""
    texts = (output.get("text") or output["data"]["text/plain"] for output in cell["outputs"])
    return "".join(line for text in texts for line in text)


def test_each_cell_shows_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    namespace: dict[str, Any] = {}

    assert len(cells) > 1
    for cell in cells:
        assert run("".join(cell["source"]), namespace).strip() == said(cell).strip()


def test_it_is_a_notebook_that_programs_open() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(set(names)) == len(names)
    for cell in NOTEBOOK["cells"]:
        needed = {"cell_type", "id", "metadata", "source"}
        assert cell.keys() == (needed | {"execution_count", "outputs"} if cell["cell_type"] == "code" else needed)
