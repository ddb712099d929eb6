# `make report` and `make test` set up all they need in .venv; PYTHON=… chooses the interpreter, VENV=… another folder.
.DEFAULT_GOAL := help
.PHONY: help report test lint fmt schema bench lock clean setup-run setup-dev

VENV ?= .venv
PYTHON ?=
UPGRADE ?=
export VENV PYTHON UPGRADE

BIN := $(VENV)/bin
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
PYTEST_FLAGS ?= $(if $(filter-out 1,$(CORES)),-n auto --dist worksteal)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report: setup-run ## check the record, and write the report of the latest period
	$(BIN)/workplan validate
	$(BIN)/workplan report

test: lint ## lint, then run every test
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

lint: setup-dev ## ruff and mypy, changing nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: setup-dev ## put code and record into their canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/workplan fmt

schema: setup-dev ## write the JSON Schemas anew
	$(BIN)/workplan schema

bench: setup-dev ## measure against the limits of docs/performance.md
	$(BIN)/python benchmarks/measure.py

lock: setup-dev ## write the locks anew from pyproject.toml; UPGRADE=--upgrade takes the newest releases
	@.ci/lock

clean: ## remove what the other targets made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

setup-run:
	@.ci/setup run

setup-dev:
	@.ci/setup dev
