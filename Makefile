# Voortgang: every command of the house. `make` alone lists them.
#
# What belongs here: the commands, and what they need of the machine. How a machine is made ready stands in .ci/setup.
# What does not: calculations, and anything that only one machine has.

# The half-year of `make report`, and further options of `voortgang rapport`.
PERIODE ?= 2016-I
OPTIES ?=

# PYTHON=python3.12 chooses an interpreter; otherwise the newest of 3.11 to 3.13 is taken.

# what=package: `package` (its Debian name) is installed when `what`, a library or a command, is not on the machine.
# WeasyPrint needs the first two; without the third it writes other bytes.
export REPORT_APT_PACKAGES = \
	libpango-1.0.so.0=libpango-1.0-0 \
	libpangoft2-1.0.so.0=libpangoft2-1.0-0 \
	libharfbuzz-subset.so.0=libharfbuzz-subset0
# The tests read the PDF back: its text, fonts and page images; and keep runs in a server of their own.
export TEST_APT_PACKAGES = \
	pdftotext=poppler-utils \
	pg_ctlcluster=postgresql

# At most eight: each worker imports everything once. The order of the files is that of tests/conftest.py.
PYTEST_OPTIES ?= -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder

# How many pairs `make paren` starts, and where; it goes on where it stopped. PAREN_OPTIES="--heel 5" sets only every fifth pair whole.
PAREN ?= 100
PAREN_OPTIES ?=
PAREN_MAP ?= build/paren

# The version of uv that writes the lock files.
UV = uv==0.13.9

BIN := .venv/bin

SHELL := /bin/sh
.SHELLFLAGS := -euc
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
# These would lead Python past its own environment.
unexport PYTHONPATH PYTHONHOME

.PHONY: report test check lint ui bench paren setup setup-dev lock clean help

report: setup ## maak het rapport van PERIODE (standaard 2016-I)
	@code=0
	$(BIN)/voortgang rapport $(PERIODE) $(OPTIES) || code=$$?
	# 1 is a report with warnings: the warnings are in it, and it is made.
	test $$code -le 1 || exit $$code

test: setup-dev ## draai alle tests
	@$(BIN)/python -m pytest $(PYTEST_OPTIES)

check: lint test ## controleer opmaak, regels en typen, en draai alle tests

lint: setup-dev ## controleer opmaak, regels en typen
	@$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml pipeline
	$(BIN)/mypy

ui: setup-dev ## open het overzicht van alle runs in de browser
	@$(BIN)/voortgang ui

bench: setup-dev ## meet de snelheid naast wat men anders zou gebruiken (METING="tabellen inname" kiest, RONDES=1, FACTOREN=10)
	@if [ -n "$(wildcard tests/bench.py tests/bench/__main__.py)" ]; then
	    sh .ci/setup bench
	    $(BIN)/python -m tests.bench $(METING) $(if $(RONDES),--rondes $(RONDES)) $(if $(FACTOREN),--factoren $(FACTOREN))
	else
	    echo "Er zijn nog geen metingen: tests/bench ontbreekt."
	fi

paren: setup-dev ## start PAREN (100) keer twee runs tegelijk en keur alles wat ervan komt
	@$(BIN)/python -m tests.tools.pairs $(PAREN_MAP) --paren $(PAREN) $(PAREN_OPTIES)

setup: ## maak de machine klaar voor het rapport
	@sh .ci/setup report

setup-dev: ## maak de machine klaar voor de tests
	@sh .ci/setup test

lock: ## schrijf de lockbestanden opnieuw (UV_OPTIES=--upgrade neemt nieuwe versies)
	@python=$$(sh .ci/setup python)
	tools=$$(mktemp -d)
	trap 'rm -rf "$$tools"' EXIT
	"$$python" -m venv "$$tools"
	"$$tools/bin/python" -m pip --disable-pip-version-check -qq install "$(UV)"
	lock() {
	    UV_CUSTOM_COMPILE_COMMAND="make lock" "$$tools/bin/uv" pip compile pyproject.toml --quiet \
	        --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	        --no-emit-index-url --no-emit-find-links --no-emit-build-options "$$@" $(UV_OPTIES)
	}
	lock --extra build --extra ui --extra productie --extra dev -o requirements-dev.lock
	lock --extra build -c requirements-dev.lock -o requirements.lock
	lock --extra build --extra ui --extra productie -c requirements-dev.lock -o pipeline/deploy/requirements.lock
	lock --extra bench -c requirements-dev.lock -o tests/bench/requirements.lock

clean: ## verwijder de omgeving en alle tussenresultaten (nooit output/)
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline tests -type d -name __pycache__ -prune -exec rm -rf {} +

help: ## toon deze lijst
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; do
	    printf '%-18s %s\n' "$$target" "$$what"
	done
