# Needs git, make and Python 3.11 with venv; `make` gets all else itself.
PYTHON ?= python3
PYTHON_HERE := .venv/bin/python
RUN := $(PYTHON_HERE) -m
# A file of tests stays with one worker: what it makes once is made once. The longest come first (tests/conftest.py).
SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# The set-up runs again only when this changes: what goes in, which Python, where we stand.
# Contents are compared, not times, because a git checkout sets those anew.
KEY := $(shell { cat pyproject.toml requirements.lock .ci/bootstrap.py .ci/editor/*.json; readlink -f "$$(command -v "$(PYTHON)")"; pwd; } 2>/dev/null | cksum | tr ' ' -)
READY := .venv/ready-$(KEY)
KEY_PROVE := $(shell cksum < requirements-prove.lock | tr ' ' -)
READY_PROVE := .venv/prove-$(KEY)-$(KEY_PROVE)

.PHONY: all test report serve bench lint prove audit clean
.SUFFIXES:

all: $(READY)
	@$(RUN) generator build

# make test ALL=1: all cases of slow tests too, as .ci/run asks.
test: $(READY)
	@$(RUN) pytest -q $(SIDE) $(if $(ALL),,--sampled)

# What CI answers to a change: make report SINCE=origin/main FORMAT=text. Both reach it as they are, by no shell.
report: $(READY)
	@$(PYTHON_HERE) .ci/report.py

serve: $(READY)
	@$(RUN) generator serve

bench: $(READY)
	@$(RUN) tests.bench

lint: $(READY)
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy --no-error-summary generator tests .ci/bootstrap.py .ci/report.py
	@$(RUN) generator check

prove: $(READY_PROVE)
	@HOCSO_PROVE=1 $(RUN) pytest -q

# Without a network: make audit DATABASE=all.zip, OSV's records of Python packages (PyPI/all.zip there).
audit: $(READY)
	@$(PYTHON_HERE) .ci/audit.py $(if $(DATABASE),--database "$(DATABASE)")

# Everything a make has made, the environment too: the next one begins anew.
clean:
	@rm -rf dist report .dist.trees .hocso .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis hocso.egg-info

$(READY):
	@"$(PYTHON)" .ci/bootstrap.py
	@rm -f .venv/ready-*
	@touch $@

$(READY_PROVE): $(READY)
	@"$(PYTHON)" .ci/bootstrap.py --prove
	@rm -f .venv/prove-*
	@touch $@
