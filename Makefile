# make        set up .venv and run the main job: check, select, pool, write every output and the page
# make test   set up .venv and run all tests
# make validation   compare every method with the pinned reference results, and write docs/validation.md
# make lint   formatting, lint and types
# make fuzz   look for new failing examples of every property, then damage records for ten minutes (installs atheris)
# make lock   renew the hash-locked requirements (needs uv)

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: all build test validation lint fuzz lock clean
.DELETE_ON_ERROR:

all: build

build: $(VENV)/review
	$(BIN)/evsynth build

test: $(VENV)/test
	$(BIN)/python -m pytest -n auto

validation: $(VENV)/test
	$(BIN)/python -m validation

lint: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "evsynth needs Python 3.11 or newer; install it, or say make PYTHON=/path/to/python"; exit 1; }
	$(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

# What is installed is noted in a file, so that setting up twice costs nothing.
$(VENV)/%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	$(if $(UV),uv pip install --quiet --python $(BIN)/python --require-hashes -r $<,$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<)
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) --no-deps --no-build-isolation -e .
	@touch $@

fuzz: $(VENV)/test
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) atheris
	$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile=searching
	$(BIN)/python fuzz/read_any_format.py -max_total_time=600 .fuzz

lock:
	uv pip compile pyproject.toml requirements/build.in --extra notebooks --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet --upgrade -o requirements/review.txt
	uv pip compile pyproject.toml requirements/build.in --extra test -c requirements/review.txt --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements/test.txt

clean:
	rm -rf $(VENV) .evsynth .pytest_cache .mypy_cache .ruff_cache .hypothesis
