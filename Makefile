# `make score` and `make test` need Python 3.11 or newer and a package index, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: score serve test check weights clean

score: $(VENV)/base.stamp  ## score the example articles and show them as a table
	$(BIN)/stance score demo/articles/[0-9]*

PORT ?= 7860
serve: $(VENV)/serve.stamp  ## the web demo and the HTTP API, on http://127.0.0.1:7860
	$(BIN)/stance serve --port $(PORT)

test: $(VENV)/dev.stamp  ## run every test
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/dev.stamp  ## lint, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

DATA ?= data
weights: $(VENV)/dev.stamp  ## train the model that ships from its recipe; DATA holds the rows and articles
	$(BIN)/python scripts/train.py --recipe scripts/recipe.toml --data $(DATA) --out $(DATA)/model \
		--package stance/model/weights

clean:  ## remove the environment and what tools leave behind
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp is older than pyproject.toml when what is to be installed may have changed.
$(VENV)/base.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

$(VENV)/serve.stamp: $(VENV)/base.stamp
	$(INSTALL) --editable '.[serve]'
	@touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp
	$(INSTALL) --editable '.[dev]'
	@touch $@
