# make run   starts the e-service with the demonstration on the real recipients, and prints its address
# make test  sets up everything and runs every gate: style, types, structure, tests
# Both need nothing but Python 3.11 or later, make and npm; the rest is installed from hashed locks.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

ASSETS := statsbidrag/portal/static/vendor/ready
# The parts of the tests, the longest first. Three at a time keep two processors busy: a browser is mostly waited for.
PARTS := test-story test-walk test-core test-engines test-pages test-region

.PHONY: run play test $(PARTS) needs check bench pictures setup setup-test setup-spark lint lock clean

run: setup $(ASSETS)
	$(BIN)/statsbidrag serve --demonstration

play: setup
	$(BIN)/statsbidrag play 2025 --out out/2025

test:
	$(MAKE) --no-print-directory --jobs=3 --output-sync=target lint $(PARTS)

$(PARTS): needs

needs: setup-test $(ASSETS)
	$(BIN)/python tests/servers/needs.py

test-walk:
	$(BIN)/pytest $(WALK)

test-story:
	$(BIN)/pytest $(STORY)

test-core:
	$(BIN)/pytest --ignore=tests/portal --ignore=tests/region

# What rests on the database is tried on both engines.
test-engines:
	$(BIN)/python tests/servers/postgres.py $(BIN)/pytest -m "not on_one_engine" $(ON_BOTH_ENGINES) $(APART)

test-pages:
	$(BIN)/pytest tests/portal $(APART)

test-region:
	$(BIN)/pytest tests/region $(APART)

# What is tried on a service that is really served, in a browser or by a plain program.
WALK := tests/portal/test_accessibility.py tests/region/story
STORY := $(addprefix tests/portal/,story faults/test_both_engines.py faults/test_killed.py faults/test_real_settings.py)
APART := $(addprefix --ignore=,$(WALK) $(STORY))
ON_BOTH_ENGINES := $(wildcard $(addprefix tests/portal/,account cases payments people public recipient repayments report round test_*deeds.py \
	faults/test_hostile_input.py faults/test_manners.py faults/test_others.py) tests/region)

check: setup
	$(BIN)/statsbidrag check

bench: setup-test
	$(BIN)/python -m bench

pictures: needs
	$(BIN)/python tests/portal/story/pictures.py docs/pictures

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	STATSBIDRAG_DEMO=1 $(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/ready-run
setup-test: $(VENV)/ready-test
setup-spark: $(VENV)/ready-spark

$(ASSETS): assets/package-lock.json assets/bring.py
	$(PYTHON) assets/bring.py
	touch $@

# A larger lock holds the smaller one whole, so setting up for tests also makes it ready to run.
$(VENV)/ready-%: locks/%.txt pyproject.toml $(VENV)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r $<
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/uv: locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/uv.txt
	touch $@

lock: $(VENV)/uv
	$(BIN)/uv pip compile $(LOCK) locks/uv.in -o locks/uv.txt
	$(BIN)/uv pip compile $(LOCK) --extra build pyproject.toml -o locks/run.txt
	$(BIN)/uv pip compile $(LOCK) --extra build --extra spark -c locks/run.txt pyproject.toml -o locks/spark.txt
	$(BIN)/uv pip compile $(LOCK) --extra build --extra spark --extra test -c locks/spark.txt pyproject.toml -o locks/test.txt

LOCK := --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11

clean:
	rm -rf $(VENV) out build dist
