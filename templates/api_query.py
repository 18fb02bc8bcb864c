"""What a search query answered by a language model costs, against what the query earns; and reselling text."""

from __future__ import annotations

from unitledger.expression import maximum
from unitledger.ledger import Ledger
from unitledger.lines import CacheHit, CostAtMargin, GrossMargin, RequestCost
from unitledger.model import Figure
from unitledger.templates import catalog

AS_OF = "2023-01-01"
DESIGN = "document 002, cost of a query"
MARKET = "document 002, revenue of a search engine"
CUT = "document 002, closing section"
RESALE = "document 002, resale of text"

EXCLUDED = (
    "retrieval of the links themselves",
    "what users of a chat never click on (advertising lost)",
    "costs of the search engine that stay",
    "answers in languages with more tokens per word",
)


def api_query() -> Ledger:
    """Cost of a search query answered by a language model, against the revenue of a query.

    Document 002. Headline: `cost_to_revenue`. Options: `chat` samples an answer several times, `summariser` answers
    once for each link. Lines `printed.…` run on the cost and revenue as the document rounds them. A section of its
    own prices generated text that is sold on.
    """
    book = Ledger(
        "Search queries answered by a language model",
        option="chat",
        as_of=AS_OF,
        owner="finance",
        stale_after="3 year",
        excludes=EXCLUDED,
    )
    _assume_design(book)
    _assume_prices(book)
    _assume_market(book)
    _add_query(book)
    _add_revenue(book)
    _add_economics(book)
    _add_resale(book)
    book.option(
        "summariser",
        {
            "context_words_per_response": "1000 word/response",
            "responses_per_query": Figure("10 response/query", note="one for each link"),
            "printed_cost_per_query": "0.066 USD/query",
        },
        source=DESIGN,
    )
    return book


def search_economics() -> Ledger:
    """Return the ledger that sets the cost of a query against its revenue, before and after cutting the cost.

    Inputs `cost_per_query` and `revenue_per_query` [USD/query], `remaining_cost` [ratio] after all cuts and
    `search_revenue` [USD/year]; `profit_loss` [USD/year] is what the cut cost takes from that revenue.
    """
    book = Ledger("Cost of a query against its revenue", as_of=AS_OF, owner="finance")
    book.section("Against revenue")
    cost = book.assume("cost_per_query", "0.066 USD/query", source=DESIGN, minimum=0)
    revenue = book.assume("revenue_per_query", "0.048 USD/query", source=MARKET, above=0)
    remaining = book.assume("remaining_cost", "0.125 ratio", source=CUT, minimum=0)
    search_revenue = book.assume("search_revenue", "100e9 USD/year", source=MARKET, above=0)
    ratio = book.line("cost_to_revenue", cost / revenue, "x", "Cost of a query over its revenue")
    book.line("needed_reduction", maximum(ratio, 1), "x", "Cut needed to break even (1: none)")
    reduced = book.line("reduced_cost", cost * remaining, "USD/query", "Cost of a query after the cuts")
    share = book.line("revenue_share", reduced / revenue, "%", "Share of revenue after the cuts")
    book.line("profit_loss", share * search_revenue, "USD/year", "Profit lost in a year after the cuts")
    return book


def _assume_design(book: Ledger) -> None:
    book.section("Query and answer")
    book.assume("prompt_words", "50 word/prompt", "Words of a prompt", source=DESIGN, minimum=0)
    book.assume(
        "prompts_per_query",
        "1 prompt/query",
        "Prompts billed for a query",
        source=DESIGN,
        high="10 prompt/query",
        minimum=0,
        note="high: each of ten calls carries the prompt, which the document bills once",
    )
    book.assume(
        "context_words_per_response", "0 word/response", "Retrieved words before a response", source=DESIGN, minimum=0
    )
    book.assume("response_words", "400 word/response", "Words of a response", source=DESIGN, minimum=0)
    book.assume(
        "responses_per_query",
        "5 response/query",
        "Responses generated for a query",
        source=DESIGN,
        minimum=0,
        note="samples of one answer",
    )
    book.assume("word_ratio", "750 word/ktoken", "Words in a thousand tokens", source=DESIGN, above=0)


def _assume_prices(book: Ledger) -> None:
    tokens = catalog.price("api_token")
    book.section("Price and what is inside it")
    book.assume("token_price", tokens.figure("davinci"), "List price of tokens", low="0.002 USD/ktoken", above=0)
    book.assume("cheapest_price", tokens.figure("ada"), "Cheapest list price (Ada)", above=0)
    book.assume(
        "cache_hit",
        "0.3 ratio",
        "Queries answered from a cache",
        source=DESIGN,
        low="0.1 ratio",
        high="0.5 ratio",
        minimum=0,
        maximum=1,
        note="range is assumed",
    )
    book.assume(
        "gross_margin",
        "0.75 ratio",
        "Gross margin inside the list price",
        source=DESIGN,
        low="0.5 ratio",
        minimum=0,
        maximum=1,
        note="low is assumed: margin of a cloud",
    )


def _assume_market(book: Ledger) -> None:
    book.section("Search market")
    book.assume("reference_searches", "100e9 query/month", "Queries in a month of 2012", source=MARKET, above=0)
    for name, share, year in (("reference", "0.34 ratio", "2012"), ("current", "0.6 ratio", "2020")):
        book.assume(f"{name}_online_share", share, f"Share of people online, {year}", source=MARKET, above=0, maximum=1)
    book.assume("search_revenue", "100e9 USD/year", "Revenue of the search engine", source=MARKET, above=0)
    book.section("Cuts")
    book.assume(
        "optimisation_factor",
        "0.25 ratio",
        "Cost left by a better model",
        source=CUT,
        above=0,
        note="smaller numbers, distillation, a compute-optimal size",
    )
    book.assume(
        "cloud_gross_margin", "0.5 ratio", "Cloud's margin that own machines save", source=CUT, minimum=0, maximum=1
    )
    book.assume(
        "claimed_reduction",
        "10 x",
        "Cut that an outside claim asks for",
        source="document 002, motivation",
        above=0,
        note="quoted there; its own figures need far less",
    )
    book.section("As rounded in document 002")
    book.assume("printed_cost_per_query", "0.01 USD/query", "Printed cost of a query", source=DESIGN, minimum=0)
    book.assume(
        "printed_revenue_per_query",
        "0.048 USD/query",
        "Printed revenue of a query",
        source=MARKET,
        above=0,
        note="from a rounded number of queries",
    )


def _add_query(book: Ledger) -> None:
    responses, ratio, price = book["responses_per_query"], book["word_ratio"], book["token_price"]
    asked = book["prompt_words"] * book["prompts_per_query"] + book["context_words_per_response"] * responses
    book.section("Cost of a query")
    read = book.line("words_read", asked, "word/query", "Words put in")
    written = book.line("words_written", book["response_words"] * responses, "word/query", "Words generated")
    book.total("words_per_query", [read, written], "word/query", "Words billed")
    tokens_in = book.line("prompt_tokens", read / ratio, "token/query", "Tokens put in")
    tokens_out = book.line("output_tokens", written / ratio, "token/query", "Tokens generated")
    book.total("tokens_per_query", [tokens_in, tokens_out], "token/query", "Tokens billed")
    list_price = book.add(
        RequestCost(prompt_tokens=tokens_in, prompt_price=price, output_tokens=tokens_out, output_price=price),
        "price_per_query",
        label="Price of a query at list",
    )
    computed = book.add(
        CostAtMargin(price=list_price, margin=book["gross_margin"]),
        "computed_answer_cost",
        label="Cost of a query that is computed",
    )
    book.add(
        CacheHit(hit_rate=book["cache_hit"], miss_cost=computed),
        "cost_per_query",
        label="Cost of a query, cache and margin off",
    )
    book.line("price_ratio", price / book["cheapest_price"], "x", "List price over the cheapest")


def _add_revenue(book: Ledger) -> None:
    growth = book["current_online_share"] / book["reference_online_share"]
    book.section("Revenue of a query")
    searches = book.line(
        "searches", book["reference_searches"] * growth, "query/year", "Queries in a year, grown with users"
    )
    book.line("revenue_per_query", book["search_revenue"] / searches, "USD/query", "Revenue of a query")


def _add_economics(book: Ledger) -> None:
    book.section("What the cuts leave")
    factor = book.line("in_house_factor", 1 - book["cloud_gross_margin"], "ratio", "Cost left by own machines")
    remaining = book.line("remaining_cost", book["optimisation_factor"] * factor, "ratio", "Cost left by both cuts")
    book.line("total_reduction", 1 / remaining, "x", "Both cuts together")
    shared = {"remaining_cost": remaining, "search_revenue": book["search_revenue"]}
    figures = {name: book[name] for name in ("cost_per_query", "revenue_per_query")}
    printed = {name: book[f"printed_{name}"] for name in figures}
    book.include(search_economics(), given={**shared, **figures})
    book.section("Against revenue")
    ratio = book.lines["cost_to_revenue"]
    book.line("claimed_share", ratio / book["claimed_reduction"], "%", "Share of revenue after the claimed cut")
    book.include(search_economics(), "printed", given={**shared, **printed})
    book.alert(ratio > 1, "A query costs more than it earns before any cut.")
    beside = ("cost_per_query", "price_per_query", "revenue_per_query", "reduced_cost", "revenue_share", "profit_loss")
    book.headline(ratio, better="lower", beside=[book.lines[name] for name in beside])


def _add_resale(book: Ledger) -> None:
    plan, price = catalog.price("writing_service"), book["token_price"]
    book.section("Resale of text")
    package = book.assume("package_price", plan.figure("plan"), "Price of a writing plan", above=0)
    words = book.assume("package_words", plan.figure("words"), "Words of the plan", above=0)
    samples = book.assume(
        "samples_per_output",
        "1 ratio",
        "Texts bought for one that is sold",
        source=RESALE,
        high="5 ratio",
        minimum=0,
        note="high is assumed",
    )
    target = book.assume("target_margin", "0.75 ratio", "Gross margin aimed at", source=RESALE, maximum=1)
    resale = book.line(
        "resale_price",
        package / words * book["word_ratio"],
        "USD/ktoken",
        "Price of resold tokens",
        note="Document 002 divides by the words per token where it should multiply, and prints 1.09.",
    )
    bought = book.line("text_cost", price * samples, "USD/ktoken", "Tokens bought for a token sold")
    margin = book.add(GrossMargin(unit_cost=bought, price=resale), "resale_margin", label="Margin of reselling text")
    allowed = book.add(CostAtMargin(price=resale, margin=target), "allowed_cost", label="Cost at the margin aimed at")
    book.line("samples_at_target", allowed / price, "ratio", "Texts affordable for one that is sold")
    book.alert(margin < target, "Resold text stays below the margin aimed at.")
