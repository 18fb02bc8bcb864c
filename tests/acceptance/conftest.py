"""The workbooks that finance tests: each template as it is shipped, written once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from built import Built

from unitledger import templates


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """The workbook of a template, by the template's name."""
    folder = tmp_path_factory.mktemp("built")

    @cache
    def of(name: str) -> Built:
        return Built.of(templates.find(name)(), folder / f"{name}.xlsx")

    return of


@pytest.fixture
def serving(built: Callable[[str], Built]) -> Built:
    """The workbook that finance gets first: what serving costs on six machines."""
    return built("serving_cost")


@pytest.fixture(params=templates.names())
def template(request: pytest.FixtureRequest, built: Callable[[str], Built]) -> Built:
    """Each template's workbook in turn."""
    return built(request.param)
