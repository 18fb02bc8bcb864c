"""Settings that all tests share."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import settings

# How long one example takes depends on what else the machine does.
settings.register_profile("unitledger", deadline=None)
settings.load_profile("unitledger")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason in the report, what needs LibreOffice on a machine that has none."""
    if shutil.which("soffice") is None:
        absent = pytest.mark.skip(reason="soffice is not installed: install LibreOffice (Debian: libreoffice-calc)")
        for item in items:
            if item.get_closest_marker("libreoffice"):
                item.add_marker(absent)
