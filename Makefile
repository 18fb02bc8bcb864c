# Each target sets up what it needs in .venv; only python3 (3.11 or later) and make are presupposed.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
CODE := ledger templates units
SHIPPED := $(sort $(shell find $(CODE) -name '*.py' -o -name '*.txt' -o -name '*.toml' -o -name '*.csv' -o -name py.typed))

.PHONY: help report test docs lint bench clean FORCE
.SECONDARY:

help:
	@echo "make report   build serving_cost.xlsx, the workbook of the ready-made serving ledger"
	@echo "make test     run every test, the README and the pages of docs/ included"
	@echo "make docs     build the documentation as web pages"
	@echo "make lint     check style, types and the direction of imports"
	@echo "make bench    measure speed"
	@echo "make clean    remove everything that the other targets made"

report: build/installed-core
	@echo "==> Building the serving-cost workbook"
	@test ! -e serving_cost.xlsx || { echo "serving_cost.xlsx is there already: rename it, or delete it, first."; exit 1; }
	@$(BIN)/unitledger build serving_cost -o serving_cost.xlsx
	@echo "Made serving_cost.xlsx; open it in Excel or LibreOffice."

# pytest names the file of results just before its closing line.
test: build/installed-test
	@echo "==> Running the tests in $(WORKERS) processes"
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --junit-xml=build/test-results.xml

docs: build/installed-docs
	@echo "==> Building the documentation"
	@$(BIN)/sphinx-build -q -W --keep-going -d build/doctrees docs build/docs
	@echo "Made build/docs/index.html"

lint: build/installed-dev
	@echo "==> Style"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "==> Types"
	@$(BIN)/mypy -p unitledger
	@$(BIN)/mypy tests conftest.py
	@echo "==> Direction of imports"
	@$(BIN)/lint-imports
	@echo "Checked style, types and imports; made no files."

bench: build/installed-test
	@echo "==> Measuring speed"
	@$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv build dist unitledger.egg-info serving_cost.xlsx
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@echo "Removed everything that make had made."

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "unitledger needs Python 3.11 or later; set PYTHON=...")'
	@echo "==> Making .venv"
	@$(PYTHON) -m venv .venv

# The stamps live in build/ because deleting build/ removes the editable install as well.
build/installed-%: build/shipped.txt setup.cfg setup.py pyproject.toml .venv/bin/python
	@echo "==> Installing unitledger and what it needs ($*)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.$(if $(filter core,$*),,[$*])'
	@touch $@

# Rewritten only when a file has come or gone: the editable install links single files.
build/shipped.txt: FORCE
	@mkdir -p build
	@echo '$(SHIPPED)' | cmp -s - $@ || echo '$(SHIPPED)' > $@
