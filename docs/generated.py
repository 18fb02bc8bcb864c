"""What the pages of the reference take from the code whenever they are built: a small extension of Sphinx.

A page holds blocks that name what they show, in braces like a directive, and `filled` puts the text in their place:

- `{object} Ledger.assume`: signature and docstring; `{data} BILLING`: what has none, with what the block says
- `{members} expression.Operand`: docstring and a table of what users call of it
- `{functions}`, `{costs}`: an example a line, shown with what is said of its function, its value and its Excel formula
- `{errors}`: an error and an example that raises it on a line, shown with its message; beneath, indented, what to do
- `{units}`: every unit of a group, what it is called and what it converts to; `{extras}`: from setup.cfg

An example stands on what the Python blocks above it have made.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from configparser import ConfigParser
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory
from typing import Any

import attrs

import unitledger
from unitledger import CostLine, Ledger
from unitledger.errors import LedgerError
from unitledger.expression import Along, Apply, Area, Expression, Factor, Reference, Span, excel
from unitledger.units import known_units
from unitledger.units.atoms.atom import GROUPS

_ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(?P<kind>python|\{\w+\})(?P<of>[^\n]*)\n(?P<held>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"(?:(?P<of>[\w.]+): )?(?P<shown>(?P<called>\w*).*)")
# Of the timeline, and of rows that a formula brings with it.
_BROUGHT = re.compile(r"^(timeline|example_\d+)\.")
_MOST_FIGURES = 6

Known = dict[str, Any]


def filled(page: str) -> str:
    """Return the text of a page with what its blocks stand for; its Python runs in an empty folder."""
    known: Known = {}
    if not any(block["kind"][1:-1] in _BLOCKS for block in _BLOCK.finditer(page)):
        return page

    def put(block: re.Match[str]) -> str:
        if block["kind"] == "python":
            exec(block["held"], known)  # noqa: S102 - the pages are our own
            return block[0]
        make = _BLOCKS.get(block["kind"][1:-1])
        return make(block["of"].strip(), block["held"], known) if make else block[0]

    with TemporaryDirectory() as folder, chdir(folder), redirect_stdout(StringIO()):
        return _BLOCK.sub(put, page)


def found(name: str) -> Any:
    """Return what a page names: an export of unitledger, or what a module of it holds."""
    return resolve_name(f"unitledger.{name}")


def named(page: str) -> set[str]:
    """Return what the blocks of a page name, the members of a class not among them."""
    blocks = _BLOCK.finditer(page)
    single = {block["of"].strip() for block in blocks if block["kind"] in ("{object}", "{data}", "{members}")}
    return single.union(*({name for name, *_ in examples(page, kind)} for kind in ("functions", "costs", "errors")))


def examples(page: str, kind: str) -> list[tuple[str, str, str]]:
    """Return what each example in blocks of a kind is of, the example, and what stands indented beneath it."""
    blocks = (block["held"] for block in _BLOCK.finditer(page) if block["kind"] == f"{{{kind}}}")
    return [example for held in blocks for example in _examples(held)]


def _examples(held: str) -> Iterator[tuple[str, str, str]]:
    for lines in re.findall(r"^\S.*(?:\n +.*)*", held, re.MULTILINE):
        first, *beneath = lines.splitlines()
        example = _EXAMPLE.fullmatch(first)
        assert example is not None, first
        yield example["of"] or example["called"], example["shown"], " ".join(map(str.strip, beneath))


def _object(name: str, _: str, __: Known) -> str:
    thing = found(name)
    return _directive(
        "class" if inspect.isclass(thing) else "method" if "." in name else "function", name, _documented(thing)
    )


def _data(name: str, held: str, _: Known) -> str:
    return _directive("data", name, held)


def _directive(kind: str, name: str, said: str) -> str:
    thing = found(name)
    shown = ".".join(name.split(".")[-2:]) if kind == "method" else name.rpartition(".")[2]
    return f":::{{py:{kind}}} {shown}{_signature(thing) if kind != 'data' else ''}\n{said}\n:::"


def _signature(thing: Any) -> str:
    """Return the arguments with their defaults; what they take is said in words."""
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return ""
    plain = inspect.signature(thing)
    kept = [each.replace(annotation=each.empty) for each in plain.parameters.values() if each.name != "self"]
    return str(plain.replace(parameters=kept, return_annotation=plain.empty))


def _documented(thing: Any) -> str:
    """Return the docstring; of a class also that of the base that takes its arguments."""
    said = [inspect.getdoc(thing) or ""]
    if inspect.isclass(thing):
        taking = next(base for base in thing.__mro__ if "__init__" in vars(base))
        if taking is not thing and taking.__module__.startswith("unitledger"):
            said.append(inspect.getdoc(taking) or "")
    return "\n\n".join(said)


def members(owner: type) -> dict[str, str]:
    """Return what users call of a class that it defines itself: how it is written, by name."""
    held = {name: inspect.unwrap(getattr(thing, "fget", thing)) for name, thing in vars(owner).items()}
    public = {name: thing for name, thing in held.items() if not name.startswith("_") and inspect.isfunction(thing)}
    return {
        name: name if isinstance(vars(owner)[name], property) else name + _signature(getattr(owner, name))
        for name, thing in public.items()
        if thing.__doc__
    }


def _members(name: str, _: str, __: Known) -> str:
    owner = found(name)
    shown = {call: inspect.getdoc(vars(owner)[each]) or "" for each, call in members(owner).items()}
    return "\n".join(
        [_documented(owner), "", *_table(("call", "what it is"), [(f"`{c}`", s) for c, s in shown.items()])]
    )


def _functions(_: str, held: str, known: Known) -> str:
    return "\n\n".join(
        _directive(
            "method" if "." in name else "function", name, f"{_documented(found(name))}\n\n{_worked(shown, known)}"
        )
        for name, shown, _ in _examples(held)
    )


def _costs(_: str, held: str, known: Known) -> str:
    made = []
    for name, shown, _ in _examples(held):
        cost: type[CostLine] = found(name)
        rows = [
            (
                f"`{field.name}`",
                rule.label,
                "anything" if rule.any_unit else rule.unit.spelling + " per anything" * rule.per_any,
                _bounds(rule.limits),
                _default(rule),
            )
            for field in attrs.fields(cost)  # type: ignore[arg-type]
            for rule in field.metadata.values()
        ]
        table = "\n".join(_table(("term", "what it is", "unit", "bounds", "default"), rows))
        made.append(_directive("class", name, f"{_documented(cost)}\n\n{table}\n\n{_worked(shown, known)}"))
    return "\n\n".join(made)


def _bounds(limits: Any) -> str:
    said = (("at least", limits.minimum), ("more than", limits.above), ("at most", limits.maximum))
    return ", ".join(f"{words} {end}" for words, end in said if end is not None)


def _default(rule: Any) -> str:
    return {attrs.NOTHING: "", None: "can be left out"}.get(rule.default, f"{rule.default}")


def _worked(shown: str, known: Known) -> str:
    """Return the value of an example and its Excel formula; it becomes a line of the page's ledger `book`."""
    book: Ledger = known["book"]
    name = f"example_{len(book.lines) + len(book.rows) + len(book.columns)}"
    made = eval(shown, known)  # noqa: S307 - the pages are our own
    line = book.add(made, name, label=name) if isinstance(made, CostLine) else book.line(name, made)
    along = book.along(name)
    if along is None:
        value = str(book.value(name))
    else:
        figures = [*(book.by_item(name) if name in book.columns else book.by_period(name))]
        value = ", ".join(map(str, figures[:_MOST_FIGURES])) + (" ..." if len(figures) > _MOST_FIGURES else "")
    return f"`{shown}` is {value}. Excel: `{excel(_placed(line.lowered), _called)}`"


def _placed(tree: Expression) -> Expression:
    """Return a formula in which other periods of a line, or all items, are cells: sales[first]:sales."""
    match tree:
        case Along(inner, Span.BEFORE):
            return Reference(f"{_text(inner)}[before]", unitledger.Unit.parse("ratio"))
        case Along(inner, span):
            ends = ("", "[before]") if span is Span.EARLIER else ("[first]", "" if span is Span.SO_FAR else "[last]")
            return Area(tuple(Reference(f"{_text(inner)}{end}", unitledger.Unit.parse("ratio")) for end in ends))
        case Apply(function, arguments):
            return Apply(function, tuple(map(_placed, arguments)))
    return tree


def _text(inner: Expression) -> str:
    return excel(_placed(inner), _called)[1:]


def _called(leaf: Reference | Factor) -> str:
    return leaf.step.label.replace(" ", "_") if isinstance(leaf, Factor) else _BROUGHT.sub("", leaf.name)


def _errors(_: str, held: str, known: Known) -> str:
    made = []
    for name, shown, remedy in _examples(held):
        error: type[LedgerError] = found(name)
        builtin = next(base.__name__ for base in error.__mro__ if base.__module__ == "builtins")
        said = f"{_documented(error)} Caught as `{builtin}` too.\n\n{remedy}"
        if shown != "...":
            said += f"\n\n`{shown}`\n\n```text\n{_message(error, shown, known)}\n```"
        made.append(_directive("exception", name, said).replace(":::", "::::"))
    return "\n\n".join(made)


def _message(error: type[LedgerError], shown: str, known: Known) -> str:
    try:
        eval(shown, known)  # noqa: S307 - the pages are our own
    except error as raised:
        if type(raised) is error:
            return str(raised)
    raise ValueError(f"{shown} does not raise {error.__name__}")


def _units(groups: str, _: str, __: Known) -> str:
    rows = [
        (f"`{unit.name}`", _code(unit.also), unit.means.replace("*", "\\*") or "its own", _code(unit.alike))
        for unit in known_units()
        if unit.group in groups.split()
    ]
    prefixes = GROUPS[groups.split(maxsplit=1)[0]][1]
    said = f"Prefixes: {', '.join(prefixes)}." if prefixes else "No prefixes."
    return "\n".join([said, "", *_table(("unit", "also", "is", "converts to"), rows)])


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _extras(_: str, __: str, ___: Known) -> str:
    parser = ConfigParser()
    parser.read(_ROOT / "setup.cfg", encoding="utf-8")
    held = parser["options.extras_require"]
    rows = [
        (f"`unitledger[{name}]`", ", ".join(f"`{each}`" for each in held[name].split("\n") if each and each[0] != "#"))
        for name in held
    ]
    return "\n".join(_table(("extra", "installs"), rows))


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    cells = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in (headings, *rows)]
    return [f"| {' | '.join(row)} |" for row in (cells[0], ["---"] * len(headings), *cells[1:])]


_BLOCKS: dict[str, Callable[[str, str, Known], str]] = {
    "object": _object,
    "data": _data,
    "members": _members,
    "functions": _functions,
    "costs": _costs,
    "errors": _errors,
    "units": _units,
    "extras": _extras,
}


def _fill(_: Any, __: str, content: list[str]) -> None:
    content[0] = filled(content[0])


def setup(app: Any) -> dict[str, Any]:
    """Fill the pages as Sphinx reads them."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": False}
