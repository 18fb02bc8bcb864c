"""Ledgers that people write and nobody foresees: long, short, huge, tiny, in other scripts, with parts left out.

`ODD` gives a builder by name; each call builds the ledger anew. For workbooks, pictures and whatever shows a ledger.
"""

from __future__ import annotations

from collections.abc import Callable

from unitledger.ledger import Ledger
from unitledger.model import Figure
from unitledger.units import define

LONG = (
    "Cost of electrical energy at the wall, including the losses of the transformer and of the cooling plant, with the "
    "standing charge of the grid, the metering of both feeds, and a share of the lights."
)[:200]


def long_labels() -> Ledger:
    """Labels, options, title, owner and alert of 200 characters."""
    book = Ledger(LONG, option=f"First: {LONG}"[:200], owner="Desk of " + LONG[:100], excludes=[LONG, "staff"])
    book.section(LONG)
    draw = book.assume("draw", "5 kW", label=f"A {LONG}"[:200], low="4 kW", high="6 kW", source=LONG, note=LONG)
    tariff = book.assume("tariff", "0.1 USD/kWh", label=f"B {LONG}"[:200])
    way = book.choice(
        "way", [f"{each} {LONG}".replace(",", "")[:120] for each in ("one", "two")], label=f"C {LONG}"[:200]
    )
    energy = book.line("energy", draw * tariff, unit="USD/h", label=f"D {LONG}"[:200], note=LONG)
    bill = book.total("bill", [energy, way.select(dict.fromkeys(way.words, energy))], label=f"E {LONG}"[:200])
    book.option(f"Second: {LONG}"[:200], {"draw": "6 kW"}, source=LONG)
    book.headline(bill, beside=[energy])
    book.alert(energy > bill, f"F {LONG}"[:200])
    return book


def three_lines() -> Ledger:
    """One input and three lines."""
    book = Ledger("Three lines", option="only")
    rent = book.assume("rent", "1500 USD/month")
    year = book.line("year", rent, unit="USD/year")
    day = book.line("day", rent, unit="USD/day")
    book.line("both", year + day)
    return book


def many_lines() -> Ledger:
    """301 lines, most in thirty sections, each on the one before; totals; one hundred inputs."""
    book = Ledger("Three hundred lines", option="base", as_of="2024-01-31")
    last = book.line("begun", book.assume("start", "1 USD"))
    for section in range(30):
        book.section(f"Section {section + 1}")
        parts = []
        for place in range(9):
            number = 9 * section + place
            if number % 3 == 0:
                step = book.assume(f"step_{number}", f"{1 + number / 100} USD", low="0 USD", high="10 USD")
            last = book.line(f"line_{number}", step + last)
            parts.append(last)
        book.total(f"sum_{section}", parts)
    book.option("other", {"start": "2 USD"})
    book.headline(last)
    return book


def large_and_small() -> Ledger:
    """Figures of 1e-12 and 1e15 together, and lines that cancel."""
    book = Ledger("Large and small", option="base")
    tiny = book.assume("tiny", "0.000000000001 USD/token", low="0 USD/token")
    many = book.assume("many", "1e15 token", high="1e16 token")
    fee = book.assume("fee", "1e15 USD")
    cost = book.line("cost", tiny * many)
    whole = book.line("whole", cost + fee)
    rest = book.line("rest", whole - fee)
    book.line("per_token", rest / many, unit="USD/token")
    book.total("everything", [cost, fee, whole, -rest])
    book.option("half", {"tiny": "5e-13 USD/token"})
    book.headline(rest, beside=[cost, whole])
    return book


def in_yuan() -> Ledger:
    """Amounts in CNY, one converted at a dated rate; a price that is out of date."""
    book = Ledger("In yuan", option="Shanghai", as_of="2024-06-30", stale_after="1 year")
    rate = book.assume("rate", "7.1 CNY/USD", as_of="2023-01-02", source="central bank")
    machine = book.assume("machine", "300000 USD", as_of="2023-06-01")
    room = book.assume("room", "¥12000", label="Machine room", as_of="2024-05-01")
    bought = book.line("bought", machine * rate, unit="CNY")
    book.headline(book.total("outlay", [bought, room]), beside=[bought])
    book.option("Shenzhen", {"room": "9000 CNY"}, as_of="2024-06-01")
    return book


def options(count: int) -> Ledger:
    """A bill in `count` options with long names, every second one cheaper."""
    names = [f"{place + 1} x machine of the {'newer' if place % 2 else 'older'} kind, rented" for place in range(count)]
    book = Ledger(f"{count} options", option=names[0])
    rent = book.assume("rent", "2 USD/h", low="1 USD/h", high="9 USD/h")
    hours = book.assume("hours", "700 h/month", maximum=744)
    kind = book.choice("kind", ["rented", "leased"])
    month = book.line("month", kind.select({"rented": rent * hours, "leased": rent * hours / 1}), unit="USD/month")
    year = book.total("year", [month, month], unit="USD/year")
    for place, name in enumerate(names[1:], start=1):
        book.option(name, {"rent": f"{place % 3 + 1} USD/h"} if place % 4 else {"kind": "leased"})
    book.headline(year, beside=[month])
    book.alert(year > rent * hours, "Twice is more than once.")
    return book


def in_chinese() -> Ledger:
    """Labels, options, words, sources and alerts in Chinese; signs beyond the basic plane."""
    book = Ledger("大模型推理成本 🧮", option="八卡 4090", owner="财务部", excludes=["人员", "税"])
    book.section("电费")
    draw = book.assume("draw", "5 kW", label="整机功率", source="实测 2023 年", low="4 kW", high="6 kW", note="含风扇")
    tariff = book.assume("tariff", "0.8 CNY/kWh", label="电价", source="供电合同")
    mode = book.choice("mode", ["白天", "全天"], label="运行方式")
    energy = book.line("energy", draw * tariff, unit="CNY/h", label="每小时电费", note="不含冷却")
    bill = book.line("bill", mode.select({"白天": energy, "全天": energy + energy}), unit="CNY/h", label="账单")
    draw_of_h100 = Figure("10 kW", low="8 kW", high="11 kW")
    book.option("八卡 H100", {"draw": draw_of_h100, "mode": "全天"}, source="厂商报价")
    book.headline(bill, beside=[energy])
    book.alert(energy > bill, "电费高于账单")
    return book


def alike() -> Ledger:
    """An input and a line with one label but for case, as far as a ledger takes labels that are alike."""
    book = Ledger("Alike", option="Rent")
    small = book.assume("small", "1 USD/h", label="rent")
    large = book.assume("large", "2 USD/h", label="Rent.")
    word = book.choice("word", ["Rent", "rent by the hour"], label="Inputs used")
    bill = book.line("bill", word.select({"Rent": small, "rent by the hour": large}), label="RENT")
    again = book.line("again", bill + large, label="Inputs Used")
    book.option("rent?", {"small": "3 USD/h", "word": "rent by the hour"})
    book.headline(again, beside=[bill])
    return book


def like_formulas() -> Ledger:
    """Labels, words, options, sources and notes that a spreadsheet would take for formulas, numbers or links."""
    book = Ledger("=1+1", option="=A1", owner="@SUM(A1)", excludes=["-1", "+2"])
    book.section("=SUM(A1:A9)")
    one = book.assume("one", "1 USD", label="1", source="http://example.org/a", note="=cmd|' /C calc'!A0")
    two = book.assume("two", "2 USD", label="#N/A", source='=HYPERLINK("x")')
    three = book.assume("three", "3 USD", label="TRUE", low="1 USD", high="4 USD")
    word = book.choice("word", ["=1", "-1", "1e3", "TRUE"], value="-1", label="2024-01-31")
    first = book.line("first", word.select({"=1": one, "-1": two, "1e3": three, "TRUE": one}), label="+1")
    second = book.total("second", [first, three], label="{=1}")
    book.option("3", {"word": "TRUE", "two": "5 USD"}, source="-2+3")
    book.option("*", {"word": "=1"})
    book.headline(second, beside=[first])
    book.alert(first > second, "=1/0")
    return book


def sections_missing() -> Ledger:
    """Sections without rows, repeated titles, rows before the first title."""
    book = Ledger("Sections", option="only")
    one = book.assume("one", "1 USD")
    book.section("Power")
    book.section("Rent")
    two = book.assume("two", "2 USD")
    book.section("Power")
    three = book.assume("three", "3 USD")
    first = book.line("first", one + two)
    book.section("power")
    four = book.assume("four", "4 USD")
    second = book.line("second", first + three)
    book.section("Power")
    book.line("third", second + four)
    book.section("Empty at the end")
    return book


def constants_only() -> Ledger:
    """Constants and lines, no inputs."""
    book = Ledger("Constants only", option="only")
    price = book.constant("price", "5 USD/kWh", source="contract")
    power = book.constant("power", "3 kW")
    hourly = book.line("hourly", price * power, unit="USD/h")
    book.line("yearly", hourly, unit="USD/year")
    return book


def choices_only() -> Ledger:
    """Choices between constants, no numbers among the inputs."""
    book = Ledger("Choices only", option="first")
    low, high = book.constant("low", "1 USD"), book.constant("high", "2 USD")
    size = book.choice("size", ["small", "large"])
    ways = book.choice("ways", [f"way {place}" for place in range(1, 25)])
    cost = book.line("cost", size.select({"small": low, "large": high}))
    sent = book.line("sent", ways.select({word: cost if place % 2 else high for place, word in enumerate(ways.words)}))
    book.option("second", {"size": "large", "ways": "way 24"})
    book.headline(sent, better="higher")
    return book


def no_headline() -> Ledger:
    """Several options and totals, but no line that answers."""
    book = Ledger("No headline", option="a")
    rent = book.assume("rent", "2 USD/h")
    power = book.assume("power", "1 USD/h")
    book.total("bill", [rent, power])
    book.total("double", [rent, rent])
    book.option("b", {"rent": "3 USD/h"})
    return book


def headline_alone() -> Ledger:
    """A headline with nothing beside it, in one option, equal to 0."""
    book = Ledger("Headline alone", option="only")
    rent = book.assume("rent", "2 USD/h")
    book.headline(book.line("nothing", rent - rent))
    return book


def all_equal() -> Ledger:
    """Options that give the same answer, and an answer below 0."""
    book = Ledger("All equal", option="a")
    rent = book.assume("rent", "2 USD/h")
    book.headline(book.line("loss", -rent), better="higher")
    book.option("b", {"rent": "2 USD/h"})
    book.option("c", {})
    return book


def own_units() -> Ledger:
    """Units of one's own: one that counts, one that is made of it, a currency, a sum of money."""
    define("flat = [flat]\ntower = 12 flat\nsixpence = 0.025 GBP")
    define("@group currency\nTHB = [THB]\n@end")
    book = Ledger("Own units", option="low")
    towers = book.assume("towers", "3 tower", low="2 tower", high="5 tower")
    rent = book.assume("rent", "1500 kTHB/flat/month")
    fee = book.assume("fee", "40 sixpence/flat/month")
    rate = book.assume("rate", "45 THB/GBP", low="40 THB/GBP", high="50 THB/GBP")
    income = book.line("income", towers * rent, unit="THB/month")
    everything = book.total("all", [income, book.line("fees", towers * fee * rate, unit="THB/month")])
    book.option("high", {"towers": "20 tower"})
    book.headline(everything, better="higher")
    return book


ODD: dict[str, Callable[[], Ledger]] = {
    "long labels": long_labels,
    "three lines": three_lines,
    "300 lines": many_lines,
    "large and small": large_and_small,
    "CNY": in_yuan,
    "1 option": lambda: options(1),
    "2 options": lambda: options(2),
    "6 options": lambda: options(6),
    "8 options": lambda: options(8),
    "Chinese": in_chinese,
    "equal but for case": alike,
    "like formulas": like_formulas,
    "sections missing": sections_missing,
    "constants only": constants_only,
    "choices only": choices_only,
    "no headline": no_headline,
    "headline alone": headline_alone,
    "all equal": all_equal,
    "own units": own_units,
}
