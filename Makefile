# make demo    sets everything up and opens the first tutorial: ARGS="--no-browser", PORT=8899
# make test    sets everything up and runs every check and test
# make help    names the others

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM = $(BIN)/python js/front_end.py npm
SET_UP = $(PYTHON) .ci/set_up.py
REPORTS := $(VENV)/reports
PYTEST = $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help demo test quick check fix bench set-up constraints unit browser front-end \
	check-style check-types check-storeys check-contract check-front-end

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):[^#]*## (.*)/make \1\t\2/' | expand -t 18

demo: ## the embedded server and JupyterLab on the first tutorial
	@$(SET_UP) demo
	@$(BIN)/ogc-widgets demo $(if $(PORT),--port $(PORT)) $(ARGS)

test: set-up ## everything: checks, unit, browser and package tests
	@rm -rf $(REPORTS)
	@$(MAKE) --no-print-directory -k check front-end unit browser; status=$$?; \
		$(PYTHON) .ci/count.py $(REPORTS); exit $$status

set-up: ## the environments and the browser that the tests need
	@$(SET_UP) test

quick: ## the unit tests, in seconds
	$(PYTEST) -q -m "not browser and not slow"

unit:
	$(PYTEST) -q --durations=10 --junitxml=$(REPORTS)/unit.xml -m "not browser"

browser:
	$(PYTEST) -q --durations=10 --junitxml=$(REPORTS)/browser.xml tests/browser

front-end:
	$(NPM) test -- --reporter=default --reporter=junit --outputFile.junit=../$(REPORTS)/front-end.xml

check: check-style check-types check-storeys check-contract check-front-end ## style, types, storeys, contract

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types:
	$(BIN)/mypy

check-storeys:
	$(BIN)/lint-imports

check-contract:
	$(BIN)/python -m ogc_widgets.contract.export | $(NPM) run --silent contract -- --check

check-front-end:
	$(NPM) run --silent check

fix: ## puts right what a machine can, and makes contract.ts anew
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m ogc_widgets.contract.export | $(NPM) run --silent contract
	$(NPM) run --silent fix

bench: ## times of our client and its peers: a table and .venv/reports/bench.json
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.dismissal

constraints: ## pins the newest versions that the bounds allow
	$(PYTHON) .ci/pin.py
