"""`unitledger catalog`: entries and figures with their ages, and files of one's own checked."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from unitledger.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("catalog", *arguments), prog_name="unitledger")


def rows(result: Result) -> list[list[str]]:
    return [re.split(r"  +", line.strip()) for line in result.stdout.splitlines()]


def test_entries_are_listed_by_catalog_with_the_age_of_their_figures() -> None:
    found = rows(run("--as-of", "2026-11-21"))

    assert found[0] == ["entry", "figures", "stale", "oldest", "newest", "source"]
    shape = ["llama_3_1_8b", "9", "0", "2026-11-21", "2026-11-21", "(ext) config.json on the hub, read 2026-11-21"]
    assert found.index(["accelerators"]) < found.index(["shapes"]) < found.index(shape)


def test_the_figures_of_an_entry_say_whether_they_are_stale() -> None:
    result = run("tpu_v5e", "--as-of", "2026-03-01", "--stale-after", "1 year")

    assert ["tpu_v5e (accelerators)"] in rows(result)
    assert [
        *("rent.google", "1.2 USD/gpu/h", "2025-02-18", "1.0 years, stale"),
        "(ext) jax-ml/scaling-book, Google's list, commit 0819a7d",
    ] in rows(result)
    assert result.stdout.endswith("6 figures, 1 of them older than 1 year.\n")


def test_json_has_an_object_for_each_figure() -> None:
    found = json.loads(run("l40s", "--as-of", "2026-08-23", "--json").stdout)

    assert found[2] == {
        "catalog": "accelerators",
        "entry": "l40s",
        "field": "memory",
        "value": 48,
        "unit": "GB/gpu",
        "source": "(ext) stas00/ml-engineering, compute/accelerator, commit 744d01e",
        "as_of": "2026-08-22",
        "age_days": 1,
        "stale": False,
    }


def test_an_entry_that_no_catalog_has() -> None:
    result = run("h20_sxm")

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: No catalog has an entry 'h20_sxm'. Did you mean 'h200_sxm'")


def test_what_begins_as_it_was_typed_comes_before_what_looks_alike() -> None:
    assert run("h100").stderr == (
        "Error: No catalog has an entry 'h100'. Did you mean 'h100_sxm' or 'h100_nvl' or 'h100_pcie'? "
        "See: unitledger catalog.\n"
    )


def test_a_file_of_ones_own_is_checked(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text('[card]\nsource = "x"\nas_of = 2026-01-02\nmemory = "80 GB/gpu"\n', encoding="utf-8")
    fits = run("--check", str(ours))
    ours.write_text('[card]\nsource = "x"\nas_of = 2026-01-02\nmemory = "80 GB"\n', encoding="utf-8")
    wrong = run("--check", str(ours))

    assert (fits.exit_code, wrong.exit_code) == (0, 2)
    assert fits.stdout == f"{ours}: every field is known, every figure has unit, source and date.\n"
    assert wrong.stderr == f"Error: {ours}: card.memory: expected GB/gpu, got 80 GB.\n"


def test_what_is_stale_in_a_file_of_ones_own_is_listed(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text('[card]\nsource = "x"\nas_of = 2024-01-02\nmemory = "80 GB/gpu"\n', encoding="utf-8")
    old = run("--check", str(ours), "--as-of", "2026-01-02")
    young = run("--check", str(ours), "--as-of", "2026-01-02", "--stale-after", "3 year")

    assert old.exit_code == 0
    assert old.stdout == f"{young.stdout}card.memory is stale: of 2024-01-02, 2.0 years old.\n"


def test_of_many_faults_the_first_are_told(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(
        "".join(f'[card_{at}]\nsource = "x"\nas_of = 2026-01-02\nmemory = "80 GB"\n' for at in range(1_012)),
        encoding="utf-8",
    )
    *told, more = run("--check", str(ours)).stderr.splitlines()

    assert told[-1] == f"{ours}: card_9.memory: expected GB/gpu, got 80 GB."
    assert (len(told), more) == (10, "... and 1,002 more.")
