# Two commands: `make run` (serves the samples) and `make test` (lint, types, contracts, tests).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := requirements.lock
DEV_LOCK := requirements-dev.lock
SERVE ?= 1
TESTS ?= tests

.PHONY: run test lint types clean lock

run: $(VENV)/.run
	@$(BIN)/registry demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto $(TESTS)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python $(LOCK) pyproject.toml
	@test -f $(VENV)/.dev || $(PIP) install --quiet --only-binary :all: --require-hashes -r $(LOCK)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python $(DEV_LOCK) pyproject.toml
	@$(PIP) install --quiet --only-binary :all: --require-hashes -r $(DEV_LOCK)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv; the lock files name no registry.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --group build pyproject.toml
lock:
	$(COMPILE) --extra dev --extra postgresql --extra redis -o $(DEV_LOCK)
	$(COMPILE) -c $(DEV_LOCK) -o $(LOCK)

clean:
	rm -rf $(VENV) build *.egg-info
