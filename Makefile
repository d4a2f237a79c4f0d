# make serve: set everything up and serve the web form and the API on 127.0.0.1:8080
# make test:  set everything up and run every check: lint, types, import rules, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test check setup screenshots clean

serve: $(VENV)/.runtime
	$(BIN)/replyassist serve

test: $(VENV)/.development check
	$(BIN)/pytest

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/.development

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@ $(VENV)/.runtime

# The pictures of the README, taken anew; needs chromium.
screenshots: $(VENV)/.development
	$(BIN)/python tests/browser/screenshots.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
