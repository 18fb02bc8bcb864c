"""Templates of other packages: found by name once they are installed, beside those that come with unitledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from unitledger import templates
from unitledger.cli import main
from unitledger.errors import EmptyLedger, NameRefused, TemplateFailed

RENT = '''from unitledger import Ledger

def rent():
    """What a machine costs a day."""
    book = Ledger("Rent", as_of="2026-01-05")
    book.headline(book.line("bill", book.assume("rate", "2 USD/h") * book.assume("day", "24 h"), "USD"))
    return book

def forgetful():
    pass

def broken():
    return {}["card"]

TEXT = "rent"
'''

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a package: install("house", {"rent": "house_rent:rent"}) with the module house_rent."""

    def add(name: str, points: dict[str, str], code: str = RENT) -> None:
        site = tmp_path / name
        about = site / f"{name}-1.0.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        said = "\n".join(f"{point} = {value}" for point, value in points.items())
        (about / "entry_points.txt").write_text(f"[unitledger.templates]\n{said}\n")
        (site / f"{name}_rent.py").write_text(code)
        monkeypatch.syspath_prepend(site)

    return add


def test_a_template_of_an_installed_package_is_one_like_others(install: Install) -> None:
    install("house", {"house_rent": "house_rent:rent"})

    assert "house_rent" in templates.names()
    assert templates.describe("house_rent") == "What a machine costs a day."
    assert str(templates.find("house_rent")()["bill"]) == "bill = 48 USD"
    assert "house_rent" in CliRunner().invoke(main, ("list",)).stdout
    assert "48" in CliRunner().invoke(main, ("eval", "house_rent")).stdout


def test_those_that_come_with_unitledger_stay(install: Install) -> None:
    install("house", {"serving_cost": "house_rent:rent"})

    assert templates.names().count("serving_cost") == 1
    assert templates.find("serving_cost")().title == "Serving LLaMA-2-70B"


def test_what_cannot_be_used_is_told_and_hides_nothing(install: Install) -> None:
    install("yard", {"yard_rent": "yard_rent:rent"}, "import nowhere")
    install("house", {"forgetful": "house_rent:forgetful", "broken": "house_rent:broken", "text": "house_rent:TEXT"})
    install("barn", {"twice": "barn_rent:rent"})
    install("shed", {"twice": "shed_rent:rent"})

    for name, error, said in [
        ("yard_rent", TemplateFailed, "Template 'yard_rent' of yard: ModuleNotFoundError: No module named 'nowhere'"),
        ("text", TemplateFailed, "Template 'text' of house: house_rent:TEXT is no function. Name the one that returns"),
        ("twice", NameRefused, "Several packages have a template 'twice': barn, shed. Remove all but one."),
    ]:
        with pytest.raises(error) as refused:
            templates.find(name)
        assert str(refused.value).startswith(said)
    with pytest.raises(EmptyLedger, match=r"^Template 'forgetful' of house: forgetful\(\) returned NoneType, not a"):
        templates.find("forgetful")()
    with pytest.raises(TemplateFailed, match=r"^Template 'broken' of house: KeyError: 'card'$"):
        templates.find("broken")()
    listed = CliRunner().invoke(main, ("list",))
    assert listed.exit_code == 0
    assert "cannot be used: Template 'yard_rent' of yard: ModuleNotFoundError" in listed.stdout
    assert "serving_cost" in listed.stdout
