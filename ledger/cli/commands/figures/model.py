"""`unitledger model`: the config.json of a language model as inputs of a template."""

from __future__ import annotations

from pathlib import Path

import click

from unitledger import Figure, templates
from unitledger.cli.options import PATH, examples, take_output
from unitledger.cli.output import Refusal, check_absent
from unitledger.errors import brief
from unitledger.files.save import save
from unitledger.model import Assumption
from unitledger.notation import written
from unitledger.templates.catalog import read_config
from unitledger.units import quantity


@click.command(
    "model",
    epilog=examples("unitledger model config.json -o own.toml"),
    short_help="Write the shape in CONFIG as inputs.",
)
@click.argument("config", type=PATH)
@click.option("--for", "template", default="model_architecture", show_default=True, help="The template that reads it.")
@take_output("A .toml or .csv file of inputs.")
def command(*, config: Path, template: str, output: Path, force: bool) -> None:
    """Write the shape of the language model in CONFIG, its config.json, as inputs of a template; nothing is fetched.

    Fields that are not known are named. Give the file to --inputs.
    """
    shape, ledger = read_config(config), templates.find(template)()
    own = [entry for entry in ledger.inputs.values() if isinstance(entry, Assumption) and entry.name.startswith("own.")]
    if not own:
        having = "model_architecture, roofline_serving and training_programme"
        raise Refusal(f"{template} takes no shape of a model; {having} do.")
    source = f"{config.name}, model_type {shape.model_type}"
    settings = {
        entry.name: Figure(quantity(shape.fields.get(entry.name.removeprefix("own."), 0), entry.unit), source)
        for entry in own
    }
    option = "own" if "own" in ledger.options else ledger.base
    ledger = ledger.only(option).with_settings({option: {"model": Figure("own", source), **settings}})
    text = written(output, template, ledger)
    check_absent(output, force=force)
    save(text.encode(), output, overwrite=force)
    click.echo(f"Wrote {output}: a {shape.model_type} of {shape.fields['layers']:g} layers.")
    if shape.unknown:
        click.echo(f"Not read, since not known: {brief(', '.join(shape.unknown))}.", err=True)
