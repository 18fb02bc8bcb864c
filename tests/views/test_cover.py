"""What a ledger says of itself, in a terminal, in a notebook and on the command line; cases have no winner."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from unitledger import Ledger
from unitledger.cli import main

WINNER = re.compile(r"best|better|lowest|highest|cheapest|recommend|break-even", re.IGNORECASE)

# As people write a template of their own.
TEMPLATE = """
from unitledger import Ledger


def cards():
    book = Ledger(
        "Cards",
        option="cheap",
        description="Eight cards in a server.",
        alternatives=False,
        as_of="2026-01-05",
        owner="purchasing",
        purpose="What a server costs.",
        decision="Whether to sign.",
        author="A. Engineer",
        period="2026 to 2028",
        built_on="2026-01-07",
    )
    price = book.assume("price", "200 USD", low="100 USD")
    book.headline(book.line("cost", price * book.constant("cards", "8 ratio")))
    book.advise(price < book.constant("budget", "250 USD"), "Buy it.")
    book.option("dear", {"price": "300 USD"}, description="The same, bought complete.")
    return book
"""

COVER = [
    "Purpose: What a server costs.",
    "Decision asked for: Whether to sign.",
    "Figures for: 2026 to 2028",
    "Author: A. Engineer",
    "Owner: purchasing",
    "Built on: 2026-01-07",
]


def written(folder: Path) -> Path:
    path = folder / "cards.py"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def cards() -> Ledger:
    held: dict[str, object] = {}
    exec(TEMPLATE, held)  # noqa: S102 - it stands above
    made = held["cards"]
    assert callable(made)
    book = made()
    assert isinstance(book, Ledger)
    return book


def told(path: Path, *command: str) -> str:
    result = CliRunner().invoke(main, [command[0], str(path), *command[1:]])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_a_ledger_says_of_itself_stands_beneath_its_lines() -> None:
    after = str(cards()).split("\n\n")[-3]

    assert after.splitlines() == [
        *COVER,
        "Answer: Cost, case by case.",
        "cheap: Eight cards in a server.",
        "dear: The same, bought complete.",
        "Advice (cheap): Buy it.",
    ]


def test_show_begins_with_what_a_template_says_of_itself(tmp_path: Path) -> None:
    shown = told(written(tmp_path), "show").splitlines()

    assert shown[2:9] == [*COVER, "Answer: cost, case by case"]
    assert "  cheap (base): Eight cards in a server." in shown
    assert "  dear: The same, bought complete." in shown


def test_show_json_says_it_to_programs(tmp_path: Path) -> None:
    report = json.loads(told(written(tmp_path), "show", "--json"))

    about = ("purpose", "decision", "author", "owner", "period", "built_on", "alternatives")
    assert [report[each] for each in about] == [
        *("What a server costs.", "Whether to sign.", "A. Engineer", "purchasing", "2026 to 2028", "2026-01-07", False)
    ]
    assert report["answer"] == {"line": "cost", "better": None, "beside": []}
    assert report["options"]["dear"]["description"] == "The same, bought complete."


def test_among_cases_nothing_is_called_the_best(tmp_path: Path) -> None:
    book, path = cards(), written(tmp_path)
    shown = [str(book), book._repr_html_(), str(book.trace("cost")), str(book.sensitivity())]
    shown += [told(path, "show"), told(path, "eval"), told(path, "trace", "cost")]
    for text in shown:
        assert "price" in text.casefold() or "cost" in text.casefold()
        assert WINNER.search(text) is None
