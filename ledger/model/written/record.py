"""Making entries: each function checks what the caller gave and appends one frozen entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from unitledger.errors import (
    CircularLedger,
    ExpressionError,
    NameRefused,
    UnitMismatch,
    UnknownName,
    ValueRefused,
    did_you_mean,
)
from unitledger.expression import Formed, check_extent, expression_of, leaves, lower, words
from unitledger.expression.kind import LOGICAL, TEXT, WORD, ZERO, by_word, spelled
from unitledger.expression.node import Expression, Number, Operand, Reference, apply
from unitledger.expression.readers.references import MOST_PARTS
from unitledger.expression.table.arithmetic import DUST, ROUND
from unitledger.model.axis.reach import beside_items, has_axis, in_figures, in_rows, looked_along, of_items
from unitledger.model.axis.rows import along_axis, row_of, said_of
from unitledger.model.axis.spread import by_cell
from unitledger.model.axis.timelines import constant_over_time
from unitledger.model.entry.axis import ONE_FIGURE
from unitledger.model.entry.figure import UNBOUNDED, Figure, Setting, check_writable
from unitledger.model.entry.inputs import Assumption, Choice, Constant, Words
from unitledger.model.entry.line import Advice, Alert, Line, Option
from unitledger.model.entry.names import label_of, labelled, numbered, said, told_apart
from unitledger.model.entry.over import AxisLine, one_figure_of
from unitledger.model.entry.settle import UNLIMITED, Given, Limits, bounded, given_quantity, setting_of, stored
from unitledger.model.held.entries import Entries, has_axes, names, own_entry
from unitledger.model.held.growing import same, take, told
from unitledger.model.held.narrowed import asked, narrow
from unitledger.units import DIMENSIONLESS, Unit, quantity

# A figure is as good as its end where no more than dust lies between: engines add up in different ways.
_DECIMALS = Number(float(DUST))
_SOURCE = "assumed: what is plausible"
# So many letters of a label go into an alert, which is no longer than a label.
_LONGEST = 100


def add_assumption(
    entries: Entries, name: str, figure: Figure, label: str, limits: Limits, *, unit: Unit | None = None
) -> Assumption:
    """Append an assumption within hard bounds, in a unit or in that of its figure."""
    what = f"Input {name!r}"
    unit = unit or Unit.of(given_quantity(figure.quantity, what))
    bounds = limits.settled(unit, what, entries.calendar)
    setting = bounded(name, unit, figure, bounds, entries.calendar)
    label, section = label_of(name, label, "input"), entries._section.title
    return take(entries, Assumption(name, setting, label, section, unit, bounds, **entries._here))


def add_choice(entries: Entries, name: str, words: tuple[str, ...], figure: Figure, label: str) -> Choice:
    """Append a choice. Raises ValueRefused for a list of words that a dropdown or MATCH could not tell apart."""
    if not words:
        raise ValueRefused(f"Choice {name!r} has no words to choose from.")
    for word in words:
        if not isinstance(word, str):
            raise ValueRefused(f"Choice {name!r}: {word!r:.60} is not a text, and a choice is between words.")
        if not word.strip() or any(sign in word for sign in '*?~",'):
            raise ValueRefused(f'Choice {name!r}: {word!r} cannot be a word of a list (empty, or one of * ? ~ " ,).')
    if len({told_apart(word) for word in words}) < len(words):
        raise ValueRefused(f"Choice {name!r}: words must differ in more than case and spaces: {', '.join(words)}.")
    label, section = label_of(name, label, "input"), entries._section.title
    setting = Setting(str(figure.quantity), figure)
    made = Choice(name, setting, label, section, words, **entries._here)
    made.place(figure.quantity)
    return take(entries, made)


def add_constant(entries: Entries, name: str, figure: Figure, label: str) -> Constant:
    """Append a constant whose unit is that of its figure."""
    what = f"Constant {name!r}"
    unit = Unit.of(given_quantity(figure.quantity, what))
    magnitude = stored(figure.quantity, unit, what, entries.calendar)
    label = label_of(name, label, "constant")
    return take(entries, Constant(name, magnitude, unit, figure, label, **entries._here))


def add_line(
    entries: Entries,
    name: str,
    formula: object,
    *,
    unit: Unit | str | None,
    label: str,
    note: str = "",
    parts: tuple[Expression, ...] = (),
    limits: Limits = UNLIMITED,
    total: str | None = None,
    opening: Expression | None = None,
) -> Line:
    """Append a line; its formula is checked against what is there already, and lowered.

    `limits`: what is plausible; who watches it is the caller's business. `total`, `opening`: of a line over time, what
    all periods come to and what it is before the first.
    """
    what = f"Line {name!r}"
    written = expression_of(formula)
    formed = check_references(entries, what, written, name)
    if entries._columns:
        written = of_items(written, entries, name)
    if entries._columns and entries._rows:
        written = beside_items(written, entries, name, partial(_figure_of, entries))
    if has_axes(entries):
        written = in_rows(written, partial(row_of, entries, name))
        formed = entries._forms.of(written)
    declared = Unit.parse(unit) if isinstance(unit, str) else unit
    lowered, kind = formed.lowered(name, declared, entries.calendar)
    if declared is None and isinstance(kind, Unit):
        plain = kind.simplified()
        if plain != kind:
            lowered, _ = formed.lowered(name, plain, entries.calendar)
        kind = plain
    if kind is ZERO:
        kind = DIMENSIONLESS
    if not isinstance(kind, Unit):
        hint = "Write when(condition, a, b), or use alert(condition, text)."
        if kind is WORD:
            hint = by_word(words(written))
        raise UnitMismatch(f"{what} is {spelled(kind)}, not a number. {hint}")
    plausible = limits.settled(kind, what, entries.calendar)
    check_writable(note, f"The note of line {name!r},")
    made = Line(
        *(name, written, lowered, kind, label_of(name, label, "line"), entries._section.title),
        *(note, parts, plausible),
        **entries._here,
    )
    kept = asked(entries, formed, what)
    held = take(entries, along_axis(entries, made, total, opening))
    narrow(entries, kept)
    return held


def watched(entries: Entries, line: Line) -> Line:
    """Append what is plausible of a line, as constants unless it is 0, and an alert for each end; return the line.

    Of a line over time the least and the largest figure is watched.
    """
    if line.plausible is UNBOUNDED:
        return line
    label = line.label if len(line.label) <= _LONGEST else f"{line.label[: _LONGEST - 1]}…"
    least, most = ("minimum", "least", "below"), ("maximum", "most", "above")
    for (kind, amount, beyond), end in ((least, line.plausible.least), (most, line.plausible.most)):
        if end is None:
            continue
        shown = quantity(end, line.unit)
        looked_at: Operand = line
        told = f"{label} is"
        if entries.along(line.name) is not None:
            looked_at = line.least() if kind == "minimum" else line.largest()
            told = f"{label}, {'of one item' if line.name in entries.columns else 'in one period'} at least, is"
        if end:
            figure = Figure(shown, _SOURCE, entries.as_of)
            called = f"{label}: {amount} plausible"
            plausible = add_constant(entries, f"{line.name}.{kind}", figure, called)
            if line.unit.is_date:
                later = kind == "maximum"
                said = f"{told} {'after' if later else 'before'} {shown}, which is not plausible."
                add_alert(entries, looked_at > plausible if later else looked_at < plausible, said, line.name)
                continue
            looked_at = looked_at / plausible
        # Beside a negative end, what is below it is more than the whole of it.
        rises = (kind == "maximum") == (end >= 0)
        rounded = apply(ROUND, looked_at, _DECIMALS)
        limit = 1 if end else 0
        condition = rounded > limit if rises else rounded < limit
        add_alert(entries, condition, f"{told} {beyond} {shown}, which is not plausible.", line.name)
    return line


def check_references(entries: Entries, what: str, formula: Expression, name: str = "") -> Formed:
    """Return a formula taken apart, if it is not too large and refers only to what is in the ledger.

    `name`: that of the line that the formula is for. Raises, beginning with `what`, ExpressionError, also for an entry
    of another ledger, or for one figure that is looked at along periods, CircularLedger, UnknownName, or UnitMismatch
    for a name that stands for something else here.
    """
    formed = entries._forms.of(formula, MOST_PARTS)
    if formed.form.excess:
        check_extent(formula, what)
    for leaf in formed.operands:
        here = own_entry(entries, leaf.name, leaf.home, what)
        if here is None:
            here = constant_over_time(entries, leaf)
        if leaf.name == name:
            raise CircularLedger(f"{what} refers to itself: {name} -> {name}.")
        if here is None:
            raise UnknownName(
                f"{what} refers to {leaf.name!r}, which is not in {entries.title!r}."
                f"{did_you_mean(leaf.name, names(entries))}"
            )
        # What was made here is of the kind that it is here.
        words_of = WORD if isinstance(here, Choice) else TEXT
        kind = leaf.kind if leaf.home else words_of if isinstance(here, Choice | Words) else here.unit
        if kind is not leaf.kind and kind != leaf.kind:
            raise UnitMismatch(
                f"{what} takes {leaf.name!r} for {spelled(leaf.kind)}; in {entries.title!r} it is {spelled(kind)}."
            )
    for along in looked_along(formula) if formed.form.looks_along else ():
        if not has_axis(along.inner, entries):
            raise ExpressionError(f"{what}: {ONE_FIGURE.format(words(along.inner))}")
    return formed


def add_option(
    entries: Entries, name: str, settings: Mapping[str, Given], shared: Figure, description: str = ""
) -> Option:
    """Append an option; `shared` holds the provenance of settings that bring none."""
    labelled(name, "an option")
    if not isinstance(settings, Mapping):
        raise ValueRefused(f"Option {name!r} takes its settings as {{'input': 'quantity'}}, not as {settings!r:.60}.")
    alike = {told_apart(other): other for other in entries.options}.get(told_apart(name), name)
    if alike != name:
        raise NameRefused(
            f"There is already an option named {alike!r}; options must differ in more than case and spaces."
        )
    settled = {}
    for target, given in by_cell(entries, settings).items():
        figure = Figure.of(given).completed(shared)
        entry = entries.input(target)
        settled[entry.name] = setting_of(entry, figure, entries.calendar)
    made = Option(name, settled, said(description, f"The description of option {name!r}"))
    known = entries._options.setdefault(name, made)
    return made if known is made else same(known, made, f"Option {name!r}")


def shown(entries: Entries, given: object) -> str:
    """Return the name of a line to show. Raises ExpressionError for what is no line, or one by period."""
    if not isinstance(given, Line):
        if isinstance(given, str) and given in entries.lines:
            raise ExpressionError(f"A headline takes the line {given!r} itself, not its name: book[{given!r}].")
        what = f"the input {given.name!r}" if isinstance(given, Assumption | Choice) else f"{given!r:.60}"
        raise ExpressionError(f"A headline shows lines, not {what}. Make a line of it: line(name, formula).")
    own_entry(entries, given.name, given.home, "The headline")
    if isinstance(given, AxisLine):
        raise ExpressionError(f"A headline shows one figure each. {one_figure_of(given)}")
    return given.name


def answer(entries: Entries, line: Line) -> str:
    """Return the name of a line that is the answer. Raises ExpressionError for one that is not shown, or for a date."""
    name = shown(entries, line)
    if line.unit.is_date:
        raise ExpressionError(
            f"A headline shows amounts, and {name!r} is a date. Take the time between two dates: end - start."
        )
    return name


def add_alert(entries: Entries, condition: Operand, text: str, line: str = "", *, refused: bool = False) -> Alert:
    """Append an alert; `line`: the line that is not plausible where it holds; `refused`: whether the option is.

    Raises UnitMismatch when the condition is not true or false.
    """
    name = f"alert_{len(entries.alerts) + 1}"
    said = _condition(entries, name, condition, f"Alert {text!r:.60}")
    entries.alerts, kept = told(entries.alerts, Alert(name, *said, labelled(text, "an alert"), line, refused))
    return kept


def add_advice(entries: Entries, condition: Operand, text: str, topic: str) -> Advice:
    """Append a recommendation. Raises UnitMismatch when the condition is not true or false."""
    name = f"advice_{len(entries.advice) + 1}"
    said = _condition(entries, name, condition, f"Advice {text!r:.60}")
    about = topic if topic == "" else labelled(topic, "a topic")
    entries.advice, kept = told(entries.advice, Advice(name, *said, labelled(text, "an advice"), about))
    return kept


def _condition(entries: Entries, name: str, condition: Operand, what: str) -> tuple[Expression, Expression]:
    """Return a condition as written and lowered; what it takes from figures by period becomes a line.

    Raises ExpressionError for one that holds in some periods and not in others.
    """
    written = expression_of(condition)
    check_references(entries, what, written)
    if has_axis(written, entries):
        raise ExpressionError(
            f"{what}: its condition {words(written)} is true or false in each period. Compare one figure: .least(), "
            ".largest(), .sum() or .closing() of what has periods."
        )
    written = in_figures(written, partial(_figure_of, entries))
    lowered = lower(written, name, None, entries.calendar)
    if lowered.kind is not LOGICAL:
        hint = f" {by_word(words(written))}" if lowered.kind is WORD else ""
        raise UnitMismatch(
            f"{what}: its condition is {spelled(lowered.kind)}; it must be true or false, such as a > b.{hint}"
        )
    return written, lowered.expression


def _figure_of(entries: Entries, tree: Expression) -> Reference:
    """Return a reference to a line that holds what is taken from all periods, made unless there is one."""
    for known in entries.lines.values():
        if known.written == tree:
            return Reference(known.name, known.unit, entries._home)
    row = next(leaf.name for leaf in leaves(tree) if isinstance(leaf, Reference)).partition("@")[0]
    name = next(name for name in numbered(f"{row}.watched") if name not in entries)
    made = add_line(entries, name, tree, unit=None, label=said_of(entries, tree))
    return Reference(name, made.unit, entries._home)
