"""What the tests of workbooks share: programs that recalculate, and a small ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import recalculate
from machine import rented_or_bought

from unitledger.ledger import Ledger


@pytest.fixture
def libreoffice() -> Callable[[Path], recalculate.Cells]:
    """Recalculate a workbook with LibreOffice; the test needs the mark of that name."""
    return recalculate.libreoffice


@pytest.fixture
def formualizer() -> Callable[[Path], recalculate.Cells]:
    """Recalculate a workbook with formualizer."""
    return recalculate.formualizer


@pytest.fixture
def machine() -> Ledger:
    """A machine that is rented or bought: two options, a total, a choice, conversions, an alert."""
    return rented_or_bought()
