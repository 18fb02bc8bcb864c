"""What a search query answered by a language model costs, against what the query earns; and reselling text."""

from __future__ import annotations

from unitledger import CacheHit, CostAtMargin, Figure, GrossMargin, Ledger, RequestCost, maximum
from unitledger.templates import catalog

DESIGN = "document 002, cost of a query"
MARKET = "document 002, revenue of a search engine"
CUT = "document 002, closing section"
RESALE = "document 002, resale of text"


def api_query() -> Ledger:
    """Cost of a search query answered by a language model, against the revenue of a query.

    Document 002. Headline: `cost_to_revenue`. Lines `printed.…` run on the cost and revenue as the
    document rounds them. A section of its own prices generated text that is sold on.
    """
    book = Ledger(
        "Search queries answered by a language model",
        option="chat",
        description="A chat that generates five samples of an answer.",
        purpose=__doc__,
        decision="Whether to answer queries by a chat or by summaries of their links, given what a query earns.",
        as_of="2023-01-01",
        owner="finance",
        stale_after="3 year",
        excludes=[
            "retrieval of the links themselves",
            "what users of a chat never click on (advertising lost)",
            "costs of the search engine that stay",
            "answers in languages with more tokens per word",
        ],
    )
    own = catalog.assumed("api_query")
    tokens, plan = catalog.price("api_token"), catalog.price("writing_service")

    book.section("Query and answer", source=DESIGN, minimum=0)
    prompt_words = book.assume("prompt_words", "50 word/prompt", "Words of a prompt")
    prompts = book.assume("prompts_per_query", own["prompts_per_query"], "Prompts billed for a query")
    context_words = book.assume("context_words_per_response", "0 word/response", "Retrieved words before a response")
    response_words = book.assume("response_words", "400 word/response", "Words of a response")
    responses = book.assume("responses_per_query", own["responses_per_query"], "Responses generated for a query")
    words_per_token = book.assume("word_ratio", "750 word/ktoken", "Words in a thousand tokens", above=0)

    book.section("Price and what is inside it", source=DESIGN, minimum=0)
    price = book.assume("token_price", tokens["davinci"], "List price of tokens", low="0.002 USD/ktoken", above=0)
    cheapest = book.assume("cheapest_price", tokens["ada"], "Cheapest list price (Ada)", above=0)
    cached = book.assume("cache_hit", own["cache_hit"], "Queries answered from a cache", maximum=1)
    margin = book.assume("gross_margin", own["gross_margin"], "Gross margin inside the list price", maximum=1)
    book.section("Cost of a query")
    asked = prompt_words * prompts + context_words * responses
    read = book.line("words_read", asked, "word/query", "Words put in")
    written = book.line("words_written", response_words * responses, "word/query", "Words generated")
    book.total("words_per_query", [read, written], "word/query", "Words billed")
    tokens_in = book.line("prompt_tokens", read / words_per_token, "token/query", "Tokens put in")
    tokens_out = book.line("output_tokens", written / words_per_token, "token/query", "Tokens generated")
    book.total("tokens_per_query", [tokens_in, tokens_out], "token/query", "Tokens billed")
    request = RequestCost(prompt_tokens=tokens_in, prompt_price=price, output_tokens=tokens_out, output_price=price)
    at_list = book.add(request, "price_per_query", label="Price of a query at list")
    computed = book.add(
        CostAtMargin(price=at_list, margin=margin), "computed_answer_cost", label="Cost of a query that is computed"
    )
    cost = book.add(
        CacheHit(hit_rate=cached, miss_cost=computed), "cost_per_query", label="Cost of a query, cache and margin off"
    )
    book.line("price_ratio", price / cheapest, "x", "List price over the cheapest")

    book.section("Search market", source=MARKET, above=0)
    searches_then = book.assume("reference_searches", "100e9 query/month", "Queries in a month of 2012")
    online_then = book.assume("reference_online_share", "0.34 ratio", "Share of people online, 2012", maximum=1)
    online_now = book.assume("current_online_share", "0.6 ratio", "Share of people online, 2020", maximum=1)
    earned = book.assume("search_revenue", "100e9 USD/year", "Revenue of the search engine")
    book.section("Revenue of a query")
    searches = book.line(
        "searches", searches_then * (online_now / online_then), "query/year", "Queries in a year, grown with users"
    )
    revenue = book.line("revenue_per_query", earned / searches, "USD/query", "Revenue of a query")

    book.section("Cuts", source=CUT, above=0)
    better_model = book.assume("optimisation_factor", own["optimisation_factor"], "Cost left by a better model")
    cloud_margin = book.assume(
        "cloud_gross_margin", "0.5 ratio", "Cloud's margin that own machines save", minimum=0, maximum=1
    )
    claimed = book.assume("claimed_reduction", own["claimed_reduction"], "Cut that an outside claim asks for")
    book.section("As rounded in document 002", source=DESIGN, minimum=0)
    printed_cost = book.assume("printed_cost_per_query", "0.01 USD/query", "Printed cost of a query")
    printed_revenue = book.assume(
        "printed_revenue_per_query", own["printed_revenue_per_query"], "Printed revenue of a query", above=0
    )
    book.section("What the cuts leave")
    own_machines = book.line("in_house_factor", 1 - cloud_margin, "ratio", "Cost left by own machines")
    remaining = book.line("remaining_cost", better_model * own_machines, "ratio", "Cost left by both cuts")
    book.line("total_reduction", 1 / remaining, "x", "Both cuts together")
    cuts = {"remaining_cost": remaining, "search_revenue": earned}
    book.include(search_economics(), given={**cuts, "cost_per_query": cost, "revenue_per_query": revenue})
    book.section("Against revenue")
    ratio = book.lines["cost_to_revenue"]
    book.line("claimed_share", ratio / claimed, "%", "Share of revenue after the claimed cut")
    printed = {"cost_per_query": printed_cost, "revenue_per_query": printed_revenue}
    book.include(search_economics(), "printed", given={**cuts, **printed})
    book.alert(ratio > 1, "A query costs more than it earns before any cut.")
    after = [book.lines[name] for name in ("reduced_cost", "revenue_share", "profit_loss")]
    book.headline(ratio, better="lower", beside=[cost, at_list, revenue, *after])

    book.section("Resale of text", source=RESALE)
    package = book.assume("package_price", plan["plan"], "Price of a writing plan", above=0)
    words = book.assume("package_words", plan["words"], "Words of the plan", above=0)
    texts = book.assume("samples_per_output", own["samples_per_output"], "Texts bought for one that is sold", minimum=0)
    target = book.assume("target_margin", "0.75 ratio", "Gross margin aimed at", maximum=1)
    resale = book.line(
        "resale_price",
        package / words * words_per_token,
        "USD/ktoken",
        "Price of resold tokens",
        note="Document 002 divides by the words per token where it should multiply, and prints 1.09.",
    )
    bought = book.line("text_cost", price * texts, "USD/ktoken", "Tokens bought for a token sold")
    resold = book.add(GrossMargin(unit_cost=bought, price=resale), "resale_margin", label="Margin of reselling text")
    allowed = book.add(CostAtMargin(price=resale, margin=target), "allowed_cost", label="Cost at the margin aimed at")
    book.line("samples_at_target", allowed / price, "ratio", "Texts affordable for one that is sold")
    book.alert(resold < target, "Resold text stays below the margin aimed at.")

    summariser = {
        "context_words_per_response": Figure("1000 word/response"),
        "responses_per_query": Figure("10 response/query", note="one for each link"),
        "printed_cost_per_query": Figure("0.066 USD/query"),
    }
    said = "An answer for each of ten links, with 1,000 retrieved words before it."
    book.option("summariser", summariser, description=said, source=DESIGN)
    return book


def search_economics() -> Ledger:
    """Return the ledger that sets the cost of a query against its revenue, before and after cutting the cost.

    Inputs `cost_per_query` and `revenue_per_query` [USD/query], `remaining_cost` [ratio] after all cuts and
    `search_revenue` [USD/year]; `profit_loss` [USD/year] is what the cut cost takes from that revenue.
    """
    book = Ledger("Cost of a query against its revenue", as_of="2023-01-01", owner="finance")
    book.section("Against revenue", minimum=0)
    cost = book.assume("cost_per_query", "0.066 USD/query", source=DESIGN)
    revenue = book.assume("revenue_per_query", "0.048 USD/query", source=MARKET, above=0)
    remaining = book.assume("remaining_cost", "0.125 ratio", source=CUT)
    search_revenue = book.assume("search_revenue", "100e9 USD/year", source=MARKET, above=0)
    ratio = book.line("cost_to_revenue", cost / revenue, "x", "Cost of a query over its revenue")
    book.line("needed_reduction", maximum(ratio, 1), "x", "Cut needed to break even (1: none)")
    reduced = book.line("reduced_cost", cost * remaining, "USD/query", "Cost of a query after the cuts")
    share = book.line("revenue_share", reduced / revenue, "%", "Share of revenue after the cuts")
    book.line("profit_loss", share * search_revenue, "USD/year", "Profit lost in a year after the cuts")
    return book
