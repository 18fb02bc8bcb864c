"""How the cost of a fixed capability falls: better trained models, cheaper arithmetic, busier machines."""

from __future__ import annotations

from unitledger import Figure, Ledger, different, power
from unitledger.expression import Operand
from unitledger.templates import catalog
from unitledger.templates._figures import as_ratio
from unitledger.templates._formulas import in_a_year, work_of

LOSS = "document 002, loss and size"


def cost_trajectory() -> Ledger:
    """How the cost of a fixed capability falls over time: size against data, cost per operation, utilisation.

    Documents 000 and 002. Headline: `inference_factor` [x], cost of inference against GPT-3 in 2020.
    """
    book = Ledger(
        "Cost of a capability over time",
        option="chinchilla",
        description="A model of the size and the training data of Chinchilla.",
        alternatives=False,
        purpose=__doc__,
        as_of="2023-01-01",
        owner="infrastructure",
        excludes=[
            "what it costs to run the experiments behind a better model",
            "data quality (the loss counts tokens alone)",
            "margins and list prices",
        ],
    )
    own = catalog.assumed("cost_trajectory")
    gpt_3, chinchilla, palm, gopher = (catalog.model(name) for name in ("gpt_3", "chinchilla", "palm", "gopher"))

    book.section("Model and its training data")
    parameters = book.assume("parameters", chinchilla["parameters"], "Parameters", minimum="1 parameter")
    tokens = book.assume("tokens", chinchilla["training_tokens"], "Tokens of training", minimum="1 token")
    book.section("Fitted loss", source=LOSS, above=0)
    irreducible = book.assume("irreducible", "1.69 ratio", "Loss that no model avoids")
    book.section("Work of training")
    work = book.constant("work_per_parameter_token", own["work_per_parameter_token"], "Training work")
    train_work = book.line("train_work", work_of(work, parameters, tokens), "FLOP", "Work of training")
    pairs = book.line("parameter_tokens", train_work / work, "parameter token", "Parameters times tokens")
    book.include(best_split(), given={"pairs": pairs})
    book.section("Loss")

    def terms(size: Operand, data: Operand) -> tuple[Operand, Operand]:
        """Return what a model loses for want of parameters and of tokens."""
        of_size = book["coeff_n"] / power(size / book["one_parameter"], book["exponent_n"])
        return of_size, book["coeff_d"] / power(data / book["one_token"], book["exponent_d"])

    for_size, for_data = terms(parameters, tokens)
    size = book.line("parameter_term", for_size, "ratio", "Loss for want of parameters")
    data = book.line("token_term", for_data, "ratio", "Loss for want of tokens")
    loss = book.total("loss", [irreducible, size, data], "ratio", "Loss by the fit")
    for_size, for_data = terms(book["best_parameters"], book["best_tokens"])
    book.line(
        "best_loss",
        irreducible + for_size + for_data,
        "ratio",
        "Loss at the best split",
        note="Hardly below that of Chinchilla, at less than half its size: the loss is flat there.",
    )

    book.section("Successor of GPT-3", source="document 002, fall of the cost")
    old_size = book.assume("old_parameters", gpt_3["parameters"], "Parameters, GPT-3", above=0)
    new_size = book.assume("new_parameters", chinchilla["parameters"], "Parameters, successor", above=0)
    old_year = book.assume("old_year", gpt_3["year"], "Year of GPT-3")
    new_year = book.assume("new_year", palm["year"], "Year of the successor")
    cheaper = book.assume(
        "cost_per_work_reduction", own["cost_per_work_reduction"], "Fall of the cost of an operation", maximum=1
    )
    old_used = book.assume("old_utilisation", as_ratio(gpt_3["utilisation"]), "Utilisation, GPT-3", above=0, maximum=1)
    new_used = book.assume(
        "new_utilisation",
        as_ratio(palm["utilisation"]),
        "Utilisation, successor",
        note="PaLM's, for a successor without its own",
        above=0,
        maximum=1,
    )
    reduction = book.assume("reduction", own["reduction"], "Fall of the cost in round numbers", maximum=1)
    elapsed = book.assume("elapsed", "2.5 year", "Time that the fall took", above=0)
    book.section("Cost against GPT-3")
    one_year = book.one("year")
    ratio = book.line("parameter_ratio", new_size / old_size, "x", "Size against GPT-3")
    book.line("parameter_reduction", 1 - ratio, "%", "Fall of the size")
    busier = book.line("utilisation_gain", new_used / old_used, "x", "Utilisation against GPT-3")
    inference = book.line("inference_factor", ratio * (1 - cheaper), "x", "Cost of inference against GPT-3")
    book.line("inference_reduction", 1 - inference, "%", "Fall of the cost of inference")
    training = book.line(
        "training_factor",
        (1 - cheaper) / busier,
        "x",
        "Cost of training against GPT-3",
        note="Size does not enter: a smaller model is trained on more tokens.",
    )
    book.line("training_reduction", 1 - training, "%", "Fall of the cost of training")
    yearly = (1 - in_a_year(1 - reduction, one_year, elapsed)) / one_year
    book.line("annual_reduction", yearly, "%/year", "Fall in a year, from round numbers")
    yearly_growth = in_a_year(ratio, one_year, new_year - old_year)
    book.line("model_growth", yearly_growth, "x", "Growth of the size, factor for each year")
    book.alert(different(parameters, new_size), "The loss is of a model of another size than the cost against GPT-3.")

    book.section("Forecast", source="document 000, closing forecast", as_of="2024-07-01", above=0)
    factor = book.assume("total_factor", "1000 ratio", "Fall to come")
    horizon = book.assume("horizon", "10 year", "Time of the fall to come")
    today = book.assume("start_cost", own["start_cost"], "Cost of a token today", minimum=0)
    book.section("Forecast", source="assumed: half of the horizon")
    years = book.assume("years", "5 year", "Years from today", minimum=0)
    book.section("Forecast of the cost")
    book.line("yearly_factor", in_a_year(factor, one_year, horizon), "x", "Fall in a year, as a factor")
    future = book.line("future_cost", today / power(factor, years / horizon), "USD/Mtoken", "Cost of a token then")
    book.headline(inference, better="lower", beside=[training, loss, future])

    def successor(size: Figure, data: Figure) -> dict[str, Figure]:
        """Return the settings of a model whose loss and whose cost against GPT-3 are asked for."""
        return {"parameters": size, "new_parameters": size, "tokens": data}

    for name, model, called in (("gopher", gopher, "Gopher"), ("palm", palm, "PaLM")):
        busy = {"new_utilisation": as_ratio(model["utilisation"]), "new_year": model["year"]}
        settings = {**successor(model["parameters"], model["training_tokens"]), **busy}
        book.option(name, settings, description=f"A model like {called}, at the utilisation of its training.")
    again = successor(gpt_3["parameters"], gpt_3["training_tokens", "published"])
    again["new_utilisation"] = as_ratio(gpt_3["utilisation"])
    book.option("gpt3", again, description="GPT-3 again, on newer cards.", note="the same model again on newer cards")
    large, said = successor(Figure("1e12 parameter"), Figure("300e9 token")), "1e12 parameters on 3e11 tokens."
    book.option("trillion", large, description=said, source=LOSS)
    return book


def best_split() -> Ledger:
    """Return the ledger of the split of a work between parameters and tokens at which the fitted loss is least.

    Document 002. Inputs of the fit `coeff_n`, `exponent_n`, `coeff_d`, `exponent_d` [ratio], and `pairs` [parameter
    token] that the work is enough for; lines `best_parameters` [parameter], `best_tokens` [token].
    """
    book = Ledger("Best split of work", option="chinchilla", as_of="2023-01-01", owner="infrastructure")
    with book.section("Fitted loss", source=LOSS, above=0):
        coeff_n = book.assume("coeff_n", "406.4 ratio", "Coefficient of the parameters")
        exponent_n = book.assume("exponent_n", "0.34 ratio", "Exponent of the parameters")
        coeff_d = book.assume("coeff_d", "410.7 ratio", "Coefficient of the tokens")
        exponent_d = book.assume("exponent_d", "0.28 ratio", "Exponent of the tokens")
        pairs = book.assume("pairs", "98e21 parameter token", "Parameters times tokens")
    book.section("Best split of the same work")
    one_parameter, one_token = book.one("parameter"), book.one("token")
    growth = book.line(
        "growth_exponent_n",
        exponent_d / (exponent_n + exponent_d),
        "ratio",
        "Best parameters grow as work to the power",
        note="Half would mean that parameters and tokens grow alike.",
    )
    steepness = power(exponent_n * coeff_n / (exponent_d * coeff_d), 1 / (exponent_n + exponent_d))
    scale = book.line("optimum_scale", steepness, "ratio", "Scale of the best split")
    best = scale * power(pairs / one_parameter / one_token, growth) * one_parameter
    best_parameters = book.line("best_parameters", best, "parameter", "Best number of parameters")
    book.line("best_tokens", pairs / best_parameters, "token", "Best number of tokens")
    return book
