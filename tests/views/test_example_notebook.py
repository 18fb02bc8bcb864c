"""The notebooks of the examples: their cells run in their order, and show what the file says that they show."""

from __future__ import annotations

import ast
import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
for library in ("matplotlib", "pandas", "scipy"):
    pytest.importorskip(library)
NOTEBOOKS = {path.stem: json.loads(path.read_text("utf-8")) for path in EXAMPLES.glob("*.ipynb")}


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
    """Return what a cell shows by the file, in words."""
    texts = (output.get("text") or output["data"].get("text/plain", "") for output in cell["outputs"])
    return "".join(line for text in texts for line in text)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_cell_shows_what_the_file_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    cells = [cell for cell in NOTEBOOKS[name]["cells"] if cell["cell_type"] == "code"]
    namespace: dict[str, Any] = {}

    assert len(cells) > 1
    for cell in cells:
        assert run("".join(cell["source"]), namespace).strip() == said(cell).strip()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_a_notebook_that_programs_open(name: str) -> None:
    notebook = NOTEBOOKS[name]

    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(set(names)) == len(names)
    for cell in notebook["cells"]:
        needed = {"cell_type", "id", "metadata", "source"}
        assert cell.keys() == (needed | {"execution_count", "outputs"} if cell["cell_type"] == "code" else needed)
