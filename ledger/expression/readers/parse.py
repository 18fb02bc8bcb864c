"""Reader the other way: from the text of an Excel formula back to the tree."""

from __future__ import annotations

from collections.abc import Callable

from unitledger.errors import FormulaError, did_you_mean
from unitledger.expression.node import Apply, Expression, Number, Text
from unitledger.expression.readers.references import MOST_LEVELS, levels
from unitledger.expression.table import FUNCTIONS
from unitledger.expression.table.arithmetic import CONCATENATE, DIVIDE, NEGATE
from unitledger.expression.table.function import Function

INFIX = {row.symbol or row.typed: row for row in FUNCTIONS.values() if row.least > 1 and (row.symbol or row.typed)}

# Conversions that a line is lowered with come on top of how it was written.
_DEEPEST = MOST_LEVELS + 20
# The tokenizer looks at the rest of a formula once for each.
_MOST_SQUARE = 100


def parse(formula: str, resolve: Callable[[str], Expression]) -> Expression:
    """Read a formula (with its equals sign) into a tree.

    `resolve` turns an address or a range, as written, into a reference, a factor or an area. Excel's precedence
    holds: `-2^2` is 4. Raises FormulaError with the place and what was expected.
    """
    if not formula.startswith("="):
        raise FormulaError(f"{formula!r:.60} is not a formula: it does not begin with '='.")
    return _Parser(formula, resolve).whole()


class _Parser:
    """Precedence climbing over the tokens of openpyxl's tokenizer."""

    def __init__(self, formula: str, resolve: Callable[[str], Expression]) -> None:
        from openpyxl.formula import Tokenizer

        if formula.count("[") > _MOST_SQUARE:
            raise FormulaError(f"{formula!r:.120}: more than {_MOST_SQUARE} square brackets.")
        self._formula = formula
        self._resolve = resolve
        try:
            items = Tokenizer(formula).items
        except Exception as broken:
            raise FormulaError(f"{formula!r:.120}: {broken}") from broken
        self._tokens = [(token.type, token.subtype, token.value) for token in items if token.type != "WHITE-SPACE"]
        self._place = 0
        self._level = 0

    def whole(self) -> Expression:
        tree = self._climb(0)
        if self._place < len(self._tokens):
            raise self._unexpected("the end of the formula")
        if levels(tree) > _DEEPEST:
            raise self._too_deep()
        return tree

    def _peek(self) -> tuple[str, str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("END", "", "the end")

    def _unexpected(self, wanted: str) -> FormulaError:
        return FormulaError(f"{self._formula!r:.120}: expected {wanted}, found {self._peek()[2]!r}.")

    def _too_deep(self) -> FormulaError:
        said = f"nested, or a chain of operators, more than {_DEEPEST} deep. Write it in several cells, or with SUM"
        return FormulaError(f"{self._formula!r:.120}: the formula is {said}.")

    def _climb(self, level: int) -> Expression:
        self._level += 1
        if self._level > _DEEPEST:
            raise self._too_deep()
        tree = self._chain(level)
        self._level -= 1
        return tree

    def _chain(self, level: int) -> Expression:
        left = self._operand()
        while True:
            kind, _, symbol = self._peek()
            if kind == "OPERATOR-POSTFIX":
                self._place += 1
                left = Apply(DIVIDE, (left, Number(100.0)))
            elif kind == "OPERATOR-INFIX":
                row = INFIX.get(symbol)
                if row is None:
                    raise self._unexpected("an operator of the function table")
                if row.precedence < level:
                    return left
                self._place += 1
                left = _joined(row, left, self._climb(row.precedence + 1))
            else:
                return left

    def _operand(self) -> Expression:
        kind, subtype, text = self._peek()
        self._place += 1
        if kind == "OPERATOR-PREFIX":
            operand = self._climb(NEGATE.precedence)
            return operand if text == "+" else Apply(NEGATE, (operand,))
        if kind == "OPERAND" and subtype == "NUMBER":
            return Number(float(text))
        if kind == "OPERAND" and subtype == "TEXT":
            return Text(text[1:-1].replace('""', '"'))
        if kind == "OPERAND" and subtype == "RANGE":
            return self._resolve(text)
        if kind == "PAREN" and subtype == "OPEN":
            inside = self._climb(0)
            if self._peek()[:2] != ("PAREN", "CLOSE"):
                raise self._unexpected("')'")
            self._place += 1
            return inside
        if kind == "FUNC" and subtype == "OPEN":
            return self._call(text[:-1].upper())
        self._place -= 1
        raise self._unexpected("a number, a cell or a function")

    def _call(self, name: str) -> Expression:
        rows = [row for row in FUNCTIONS.values() if not row.symbol and (row.called or row.name).upper() == name]
        if not rows:
            calls = (row.called or row.name for row in FUNCTIONS.values() if not row.symbol)
            raise FormulaError(
                f"{self._formula!r:.120}: the function {name} is not one that a ledger uses.{did_you_mean(name, calls)}"
            )
        arguments: list[Expression] = []
        while self._peek()[:2] != ("FUNC", "CLOSE"):
            arguments.append(self._climb(0))
            if self._peek()[0] == "SEP":
                self._place += 1
            elif self._peek()[:2] != ("FUNC", "CLOSE"):
                raise self._unexpected("',' or ')'")
        self._place += 1
        for row in rows:
            hidden = tuple(Number(float(text)) for text in row.hidden)
            if tuple(arguments[len(arguments) - len(hidden) :]) == hidden:
                break
        else:
            endings = " or ".join(", ".join(row.hidden) for row in rows)
            raise FormulaError(f"{self._formula!r:.120}: {name} must end in {endings}.")
        del arguments[len(arguments) - len(hidden) :]
        if len(arguments) < row.least or (row.most is not None and len(arguments) > row.most):
            raise FormulaError(f"{self._formula!r:.120}: {name} has {len(arguments)} arguments.")
        return Apply(row, tuple(arguments))


def _joined(row: Function, left: Expression, right: Expression) -> Apply:
    """Apply an operator; a sign of comparison before a number says what is looked for."""
    sought = FUNCTIONS.get(f'"{left.text}"&') if row is CONCATENATE and isinstance(left, Text) else None
    return Apply(row, (left, right)) if sought is None else Apply(sought, (right,))
