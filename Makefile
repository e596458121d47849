# Everything a developer types. `make run` and `make test` set themselves up: a machine with Python and make is enough.
# A dependency is added in pyproject.toml; `make lock` then writes the two lock files anew.

HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
ARGS ?=

VENV := .venv
BIN  := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY   := $(BIN)/python
MINIMUM := 3, 11
PYTHONS := $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11 python)

.DEFAULT_GOAL := help
.PHONY: help run test check check-python check-javascript messages mutants bench calibrate lock clean venv installed-run installed-test

help: ## Say what can be typed.
	@echo "make <what>, where <what> is one of:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: installed-run ## Start Backstep on this computer (HOST=127.0.0.1 PORT=8000).
	@$(PY) -m app --host "$(HOST)" --port "$(PORT)"

test: installed-test ## Run every test (JOBS=2; ARGS="-k name" for some of them).
	@$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: check-python check-javascript ## Check style and types, of Python and of JavaScript.

messages: installed-run ## Collect the messages to translate from templates, scripts and tables.
	@$(PY) -m app.messages $(ARGS)

mutants: installed-test ## Change the code a little and count what the tests notice (ARGS="--size 20 --seed 2").
	@$(PY) -m tests.mutants $(ARGS)

bench: installed-test ## Measure the speed of the engine and the server.
	@$(PY) -m tests.bench $(ARGS)

calibrate: installed-test ## Measure what requests cost beside what the server estimates (ARGS="--size 30 --seed 1").
	@$(PY) -m tests.calibrate $(ARGS)

check-python: installed-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

check-javascript:
	@if ! command -v npx >/dev/null 2>&1; then \
	  echo "The types of the JavaScript cannot be checked, because Node is missing: install Node 20 or later." >&2; exit 1; fi; \
	if ! cmp -s package-lock.json node_modules/.installed; then \
	  npm ci --no-audit --no-fund || { echo "The JavaScript checker could not be installed; the lines above say why. Is there an internet connection?" >&2; exit 1; }; \
	  cp package-lock.json node_modules/.installed; fi; \
	echo "npx tsc -p tsconfig.json"; npx tsc -p tsconfig.json && npx prettier --check static tests/js

# Hashes of every platform's files, markers for every platform and Python; no index and no path is named.
COMPILE = $(UV) pip compile pyproject.toml --no-config --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
UV = $(if $(wildcard $(BIN)/uv),$(BIN)/uv,uv)
BUILD_REQUIRES = import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

lock: venv ## Write requirements.txt and requirements-dev.txt anew from pyproject.toml (UPGRADE=1 for newer versions).
	@command -v $(UV) >/dev/null || { echo "uv is missing: $(PY) -m pip install uv" >&2; exit 1; }
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.txt
	@$(PY) -c '$(BUILD_REQUIRES)' > $(VENV)/build-requires.in
	$(COMPILE) $(if $(UPGRADE),--upgrade) $(VENV)/build-requires.in --extra test --extra check \
	  --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove everything that was made here and can be made again.
	rm -rf $(VENV) node_modules build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that works is kept, even if another Python has become the first one since.
venv:
	@if "$(PY)" -c "import sys; sys.exit(sys.version_info < ($(MINIMUM)))" 2>/dev/null; then exit 0; fi; \
	problem=; \
	for python in $(PYTHONS); do \
	  version=$$("$$python" -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null) || continue; \
	  if ! "$$python" -c "import sys; sys.exit(sys.version_info < ($(MINIMUM)))"; then \
	    problem="$${problem:-$$python is Python $$version, which is too old: install Python 3.11 or later and try again.}"; \
	    continue; fi; \
	  if ! "$$python" -c "import ensurepip, venv" 2>/dev/null; then \
	    problem="$$python cannot make environments: on Debian or Ubuntu type 'sudo apt install python$$version-venv' and try again."; continue; fi; \
	  echo "Making $(VENV) with Python $$version…"; \
	  "$$python" -m venv --clear $(VENV) && exit 0; \
	  problem="$$python could not make $(VENV); the lines above say why."; \
	done; \
	echo "$${problem:-$(or $(PYTHON),Python) was not found: install Python 3.11 or later and try again.}" >&2; exit 1

# $(1): a lock file. A copy of it in the environment says what is installed there.
define install
	@cmp -s $(1) $(VENV)/$(1) || { \
	  echo "Installing what $(1) lists…"; \
	  $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) || { \
	    echo "Not everything could be installed; the lines above say why. Is there an internet connection?" >&2; exit 1; }; \
	  cp $(1) $(VENV)/$(1); }
endef

installed-run: venv
	$(call install,requirements.txt)

installed-test: venv
	$(call install,requirements-dev.txt)
