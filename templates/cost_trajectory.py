"""How the cost of a fixed capability falls: better trained models, cheaper arithmetic, busier machines."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from unitledger.expression import Operand, different, power
from unitledger.ledger import Ledger
from unitledger.model import Figure, Given
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio

AS_OF = "2023-01-01"
LOSS = "document 002, loss and size"
REDUCTION = "document 002, fall of the cost"
MYTH = "document 002, myth of growing models"
FORECAST = "document 000, closing forecast"

EXCLUDED = (
    "what it costs to run the experiments behind a better model",
    "data quality (the loss counts tokens alone)",
    "margins and list prices",
)


def cost_trajectory() -> Ledger:
    """How the cost of a fixed capability falls over time: size against data, cost per operation, utilisation.

    Documents 000 and 002. Headline: `inference_factor` [x], cost of inference against GPT-3 in 2020. Options: models
    that might succeed it.
    """
    book = Ledger(
        "Cost of a capability over time", option="chinchilla", as_of=AS_OF, owner="infrastructure", excludes=EXCLUDED
    )
    _assume_loss(book)
    _assume_reduction(book)
    _assume_forecast(book)
    _add_loss(book)
    _add_optimum(book)
    _add_reduction(book)
    _add_forecast(book)
    _add_models(book)
    return book


def _assume_loss(book: Ledger) -> None:
    model = catalog.model("chinchilla")
    book.section("Model and its training data")
    book.assume("parameters", model.figure("parameters"), "Parameters", minimum="1 parameter")
    book.assume("tokens", model.figure("training_tokens"), "Tokens of training", minimum="1 token")
    book.section("Fitted loss")
    for name, value, label in (
        ("irreducible", "1.69 ratio", "Loss that no model avoids"),
        ("coeff_n", "406.4 ratio", "Coefficient of the parameters"),
        ("exponent_n", "0.34 ratio", "Exponent of the parameters"),
        ("coeff_d", "410.7 ratio", "Coefficient of the tokens"),
        ("exponent_d", "0.28 ratio", "Exponent of the tokens"),
    ):
        book.assume(name, value, label, source=LOSS, above=0)


def _assume_reduction(book: Ledger) -> None:
    old, new, busy = (catalog.model(name) for name in ("gpt_3", "chinchilla", "palm"))
    book.section("Successor of GPT-3")
    book.assume("old_parameters", old.figure("parameters"), "Parameters, GPT-3", above=0)
    book.assume("new_parameters", new.figure("parameters"), "Parameters, successor", above=0)
    book.assume("old_year", old.figure("year"), "Year of GPT-3")
    book.assume("new_year", busy.figure("year"), "Year of the successor")
    book.assume(
        "cost_per_work_reduction",
        "0.58 ratio",
        "Fall of the cost of an operation",
        source="document 002, cost on own machines",
        note="as printed: H100 against V100 with energy; the training_run template computes it",
        maximum=1,
    )
    book.assume("old_utilisation", as_ratio(old.figure("utilisation")), "Utilisation, GPT-3", above=0, maximum=1)
    book.assume(
        "new_utilisation",
        attrs.evolve(as_ratio(busy.figure("utilisation")), note="PaLM's, for a successor without its own"),
        "Utilisation, successor",
        above=0,
        maximum=1,
    )
    book.assume(
        "reduction",
        "0.8 ratio",
        "Fall of the cost in round numbers",
        source=REDUCTION,
        note="below a fifth is left for training and for inference alike",
        maximum=1,
    )
    book.assume("elapsed", "2.5 year", "Time that the fall took", source=REDUCTION, above=0)


def _assume_forecast(book: Ledger) -> None:
    book.section("Forecast")
    then = "2024-07-01"
    book.assume("total_factor", "1000 ratio", "Fall to come", source=FORECAST, as_of=then, above=0)
    book.assume("horizon", "10 year", "Time of the fall to come", source=FORECAST, as_of=then, above=0)
    book.assume(
        "start_cost",
        "0.3 USD/Mtoken",
        "Cost of a token today",
        source="document 000, cost of inference",
        as_of=then,
        note="as printed: GPT-3 on H100 of one's own; the cloud_token_cost template computes it",
        minimum=0,
    )
    book.assume("years", "5 year", "Years from today", source="assumed: half of the horizon", minimum=0)


def _add_loss(book: Ledger) -> None:
    work = book.constant(
        "work_per_parameter_token",
        "6 FLOP/(token parameter)",
        "Training work",
        source="counted: a multiplication and an addition each way, per parameter and token",
    )
    parameters, tokens = book["parameters"], book["tokens"]
    book.one("parameter")
    book.one("token")
    book.section("Loss")
    book.line("train_work", work * parameters * tokens, "FLOP", "Work of training")
    terms = _loss_terms(book, parameters, tokens)
    size = book.line("parameter_term", terms[0], "ratio", "Loss for want of parameters")
    data = book.line("token_term", terms[1], "ratio", "Loss for want of tokens")
    book.total("loss", [book["irreducible"], size, data], "ratio", "Loss by the fit")


def _loss_terms(book: Ledger, parameters: Operand, tokens: Operand) -> tuple[Operand, Operand]:
    return (
        book["coeff_n"] / power(parameters / book["one_parameter"], book["exponent_n"]),
        book["coeff_d"] / power(tokens / book["one_token"], book["exponent_d"]),
    )


def _add_optimum(book: Ledger) -> None:
    """Append the split of the same work between parameters and tokens at which the fitted loss is least."""
    exponent_n, exponent_d = book["exponent_n"], book["exponent_d"]
    one_parameter, one_token = book["one_parameter"], book["one_token"]
    book.section("Best split of the same work")
    growth = book.line(
        "growth_exponent_n",
        exponent_d / (exponent_n + exponent_d),
        "ratio",
        "Best parameters grow as work to the power",
        note="Half would mean that parameters and tokens grow alike.",
    )
    scale = book.line(
        "optimum_scale",
        power(exponent_n * book["coeff_n"] / (exponent_d * book["coeff_d"]), 1 / (exponent_n + exponent_d)),
        "ratio",
        "Scale of the best split",
    )
    pairs = book.line(
        "parameter_tokens",
        book["train_work"] / book["work_per_parameter_token"],
        "parameter token",
        "Parameters times tokens",
    )
    best_parameters = book.line(
        "best_parameters",
        scale * power(pairs / one_parameter / one_token, growth) * one_parameter,
        "parameter",
        "Best number of parameters",
    )
    best_tokens = book.line("best_tokens", pairs / best_parameters, "token", "Best number of tokens")
    best_terms = _loss_terms(book, best_parameters, best_tokens)
    book.line(
        "best_loss",
        book["irreducible"] + best_terms[0] + best_terms[1],
        "ratio",
        "Loss at the best split",
        note="Hardly below that of Chinchilla, at less than half its size: the loss is flat there.",
    )


def _add_reduction(book: Ledger) -> None:
    one_year = book.one("year")
    left = 1 - book["cost_per_work_reduction"]
    book.section("Cost against GPT-3")
    ratio = book.line("parameter_ratio", book["new_parameters"] / book["old_parameters"], "x", "Size against GPT-3")
    book.line("parameter_reduction", 1 - ratio, "%", "Fall of the size")
    busier = book.line(
        "utilisation_gain", book["new_utilisation"] / book["old_utilisation"], "x", "Utilisation against GPT-3"
    )
    inference = book.line("inference_factor", ratio * left, "x", "Cost of inference against GPT-3")
    book.line("inference_reduction", 1 - inference, "%", "Fall of the cost of inference")
    training = book.line(
        "training_factor",
        left / busier,
        "x",
        "Cost of training against GPT-3",
        note="Size does not enter: a smaller model is trained on more tokens.",
    )
    book.line("training_reduction", 1 - training, "%", "Fall of the cost of training")
    book.line(
        "annual_reduction",
        (1 - power(1 - book["reduction"], one_year / book["elapsed"])) / one_year,
        "%/year",
        "Fall in a year, from round numbers",
    )
    book.line(
        "model_growth",
        power(ratio, one_year / (book["new_year"] - book["old_year"])),
        "x",
        "Growth of the size, factor for each year",
    )
    book.alert(
        different(book["parameters"], book["new_parameters"]),
        "The loss is of a model of another size than the cost against GPT-3.",
    )


def _add_forecast(book: Ledger) -> None:
    factor, horizon = book["total_factor"], book["horizon"]
    book.section("Forecast of the cost")
    book.line("yearly_factor", power(factor, book["one_year"] / horizon), "x", "Fall in a year, as a factor")
    book.line(
        "future_cost", book["start_cost"] / power(factor, book["years"] / horizon), "USD/Mtoken", "Cost of a token then"
    )
    beside = [book.lines[name] for name in ("training_factor", "loss", "future_cost")]
    book.headline(book.lines["inference_factor"], better="lower", beside=beside)


def _add_models(book: Ledger) -> None:
    for name in ("gopher", "palm"):
        model = catalog.model(name)
        tokens, utilisation = model.figure("training_tokens"), as_ratio(model.figure("utilisation"))
        settings = _successor(model.figure("parameters"), tokens)
        book.option(name, {**settings, "new_utilisation": utilisation, "new_year": model.figure("year")})
    gpt3 = catalog.model("gpt_3")
    book.option(
        "gpt3",
        {
            **_successor(gpt3.figure("parameters"), gpt3.figure("training_tokens", "published")),
            "new_utilisation": as_ratio(gpt3.figure("utilisation")),
        },
        note="the same model again on newer cards",
    )
    book.option("trillion", _successor(Figure("1e12 parameter"), Figure("300e9 token")), source=LOSS)


def _successor(parameters: Figure, tokens: Figure) -> Mapping[str, Given]:
    """Return the settings of a model whose loss and whose cost against GPT-3 are asked for."""
    return {"parameters": parameters, "new_parameters": parameters, "tokens": tokens}
