# Everything a person does with this checkout. Each command sets up what it needs: Python 3.11+ and make are enough.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL  := /bin/bash
PORT   ?= 8000
NOTES  ?= corpus/sample
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
            $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN    := .venv/bin
READY  := .venv/ready

.PHONY: help serve test check update pictures bench clean lock style types direction tests browser readers

help:    ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 10

serve: $(READY)    ## build the bundled notes and serve them on port 8000 (your own: NOTES=path, PORT=number)
	$(BIN)/glosspath serve "$(NOTES:~/%=$(HOME)/%)" --port $(PORT)

test: browser readers check    ## set everything up, a browser for the browser tests too, then run all checks

check: style types direction tests    ## style, types, import direction and tests: all that CI runs

update: $(READY)    ## rewrite tests/cases and generated documents; then read the diff
	UPDATE_CASES=1 $(BIN)/python -m pytest -q -m "not browser" || true
	git diff --stat

pictures: browser $(READY)    ## photograph the pages for README and docs; then look at them
	$(BIN)/python tests/take_pictures.py

bench: $(READY)    ## measure speed and quality on the bundled notes (others: NOTES=path), read what nobody would write
	$(BIN)/python benchmarks/speed.py "$(NOTES)"
	$(BIN)/python benchmarks/mentions.py
	$(BIN)/python benchmarks/paths.py
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/retrieval.py
	$(BIN)/python benchmarks/engines.py --sections 1000 --sections 10000
	$(BIN)/python benchmarks/fuzz.py
	SCHEMATHESIS_CASES=500 $(BIN)/python -m pytest -q tests/test_web_schemathesis.py

clean:    ## remove all that these commands made: .venv, .glosspath, caches
	rm -rf .venv .glosspath build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

style: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

direction: $(READY)
	$(BIN)/lint-imports

# Each build waits for the disk: where a gigabyte of memory is free for files, the tests write there.
IN_MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 1000000 { print "TMPDIR=/dev/shm" }')
tests: $(READY)
	$(IN_MEMORY) $(BIN)/python -m pytest

# Debian's Chromium, if this machine lets us install it; without it the browser tests are skipped and say so.
browser:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null </dev/null \
	    || echo "Chromium could not be installed: the browser tests will be skipped."; \
	else \
	  echo "The browser tests will be skipped: there is no Chromium, and installing it needs apt-get and root."; \
	fi

# Programs that read what others are to read; without them the tests that need them are skipped and say so.
readers: $(READY)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-readers.txt \
	  || echo "Some readers of exports could not be installed: the tests that need them will be skipped."

# A new set-up only when what it is made from has changed. Every download is checked against its hash.
$(READY): requirements-dev.txt pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "glosspath needs Python 3.11 or newer, and none was found;" \
	  "install one, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "glosspath needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; exit 1; }
	@[ -x $(BIN)/pip ] || { rm -rf .venv && "$(PYTHON)" -m venv .venv; } || { rm -rf .venv; exit 1; }
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# Newer versions of everything (needs uv): then read the diff, and say in the commit why.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile -q --upgrade pyproject.toml --universal \
          --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links
lock:
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra turtle --extra anki --extra mcp --extra pagefind --group dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE:pyproject.toml=) --group readers -c requirements-dev.txt -o requirements-readers.txt
