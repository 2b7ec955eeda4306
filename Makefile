# Two commands: `make run` starts the window, `make test` runs every check. Both set up .venv by themselves.

PYTHON ?= $(shell for python in python3.11 python3.12 python3 python; do \
	$$python -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: run test

run: $(INSTALLED)
	@$(BIN)/python main.py $(ARGS)

test: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# Installs again only when what is to be installed has changed.
$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or 3.12 with venv was found: install one \
	(on Debian: apt-get install python3-venv) or name it: make PYTHON=/path/to/python3.11 run" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
