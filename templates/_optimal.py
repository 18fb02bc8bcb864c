"""How large a model a given work is best spent on, by three laws."""

from __future__ import annotations

from unitledger import Ledger, power, square_root
from unitledger.templates.cost_trajectory import best_split

CHINCHILLA = "(ext) Hoffmann and others 2022, compute-optimal training"
HERD = "(ext) The Llama 3 Herd of Models, section 3.2.1"


def compute_optimal() -> Ledger:
    """Return the ledger of the compute-optimal size: by tokens a parameter, by fitted loss, by the law of Llama 3.

    Lines `rule_parameters`, `best_parameters`, `law_parameters` [parameter] and the tokens of each. The
    laws leave attention beyond the parameters out.
    """
    book = Ledger("Compute-optimal size", option="chinchilla", as_of="2022-03-01", owner="infrastructure")
    with book.section("Work", source=CHINCHILLA, above=0):
        work = book.assume("work", "576 ZFLOP", "Work of the run")
        size = book.assume("trained", "70e9 parameter", "Parameters that a token is multiplied with")
        tokens = book.assume("trained_tokens", "1.4e12 token", "Training tokens")
    with book.section("Laws of size", source=CHINCHILLA, above=0):
        ratio = book.assume("optimal_ratio", "20 token/parameter", "Rule: tokens for a parameter")
        coefficient = book.assume("law_coefficient", "0.299 token", "Llama 3: coefficient", source=HERD)
        exponent = book.assume("law_exponent", "0.537 ratio", "Llama 3: exponent", source=HERD, maximum=1)

    book.section("Compute-optimal size")
    each = book.constant(
        "optimal_work", "6 FLOP/(parameter token)", "Work for a parameter and token", source=CHINCHILLA
    )
    pairs = book.line("pairs", work / each, "parameter token", "Parameters times tokens that the work is enough for")
    book.line("tokens_per_parameter", tokens / size, "token/parameter", "Tokens of the run for a parameter")
    parameters = book.line("rule_parameters", square_root(pairs / ratio), "parameter", "Rule: parameters")
    book.line("rule_tokens", parameters * ratio, "token", "Rule: tokens")

    fit = book.include(best_split(), given={"pairs": pairs})
    best = fit["best_tokens"] / fit["best_parameters"]
    book.line("fit_ratio", best, "token/parameter", "Tokens for a parameter at the best split")

    book.section("Law of Llama 3")
    one_operation = book.one("FLOP", "one_operation", "One operation")
    by_law = book.line("law_tokens", coefficient * power(work / one_operation, exponent), "token", "Llama 3: tokens")
    book.line("law_parameters", pairs / by_law, "parameter", "Llama 3: parameters")
    return book
