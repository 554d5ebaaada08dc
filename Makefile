# Two commands matter to a newcomer: `make run` and `make test`. The others are for whoever changes the code.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
# Where this is set, each process compiles all modules anew: the tests start dozens.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run key demo test faults check quick house bench mutants install-check stylesheet pictures guide messages lock clean
.DEFAULT_GOAL := run

# The folder is where the web server's processes share the numbers that /metrics tells.
run: $(VENV)/runs instance/secret_key
	@PROMETHEUS_MULTIPROC_DIR=$${PLI_INSTANCE:-instance}/metrics exec $(BIN)/flask start

# What a restored backup needs before anything starts: `.venv`, and a key in whose place its own comes.
key: instance/secret_key

# Signs sessions and links; PLI_SECRET_KEY, where it is set, comes before it.
instance/secret_key: | $(VENV)/runs
	@umask 077 && mkdir -p instance
	@umask 077 && $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(48))" > $@

# A season of made-up orders, in a database of its own; its mails become files and leave nowhere. Run again, it only
# starts; without instance/demo it makes up a new season.
DEMO := instance/demo
DEMO_ORDERS ?= 1500
IN_DEMO := PLI_INSTANCE=$(DEMO) PLI_DATABASE_URL= PLI_MAIL_SERVER= PLI_SECRET_KEY=

demo: $(DEMO)/season
	@echo "sign in at http://$(HOST):$(PORT)/staff/login as demo@example.org, password $$(cat $(DEMO)/password)"
	@exec env $(IN_DEMO) $(BIN)/flask start

$(DEMO)/season: | $(VENV)/runs
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@umask 077 && for kept in secret_key password; do \
	    $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(12 if '$$kept' == 'password' else 48))" > $(DEMO)/$$kept; done
	@$(IN_DEMO) $(BIN)/flask db upgrade
	@$(IN_DEMO) $(BIN)/flask staff add demo@example.org --role administrator --password-stdin < $(DEMO)/password
	@$(IN_DEMO) $(BIN)/flask demo --orders $(DEMO_ORDERS)
	@touch $@

# Three at once on two cores: a third of the time of many tests goes by waiting for a server or a browser.
test: $(VENV)/tests tools
	$(BIN)/python -m pytest -n 3 --junit-xml=instance/suite.xml

# The rules that every order passes, and the architecture, on SQLite: takes seconds.
QUICK := tests/addresses tests/packing tests/test_architecture.py tests/values tests/stock/test_ledger.py \
    $(addprefix tests/ordering/,request/test_order_request.py review/test_allowances.py review/test_duplicates.py \
    test_approval.py test_cancellation.py test_placing.py) \
    $(addprefix tests/shipping/test_,dispatches.py parcel_making.py)

quick: $(VENV)/tests
	PLI_TEST_DATABASES=sqlite $(BIN)/python -m pytest -n 2 -m "not slow and not races" $(QUICK)

# Every fault as often as was asked for: processes and servers killed fifty times, the drill with two hundred orders.
faults: $(VENV)/tests tools
	PLI_LONG_FAULTS=1 $(BIN)/python -m pytest tests/faults tests/backups/test_drill.py tests/races/database tests/races/mail

check: $(VENV)/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house

# How large the parts are, and what must stay as it is: `[tool.house]` in pyproject.toml holds the bounds.
house: $(VENV)/tests
	@$(BIN)/python -m tests.house

bench: $(VENV)/tests
	$(BIN)/python -m tests.bench

# Turns rules round one at a time, and says which changes no test of their room notices: minutes a room, by hand.
# `make mutants ROOMS="stock packing" OPTIONS="--sample 80 --seed 2"`; cosmic-ray has an environment of its own.
MUTANTS := instance/mutants/venv

mutants: $(VENV)/tests $(MUTANTS)/bin/cosmic-ray
	@nice -n 10 $(BIN)/python -m tests.mutants $(ROOMS) $(OPTIONS)

$(MUTANTS)/bin/cosmic-ray:
	@$(PYTHON) -m venv $(MUTANTS)
	@$(MUTANTS)/bin/pip install --quiet --disable-pip-version-check cosmic-ray==8.7.0

# Runs the commands of docs/install.md in an empty folder, libraries and all: a minute.
install-check: $(VENV)/tests
	@$(BIN)/python -m tests.documentation.install_guide

# The part of Bootstrap that the pages use: after one of them used another of its classes.
stylesheet: $(VENV)/tests
	@$(BIN)/python -m tests.stylesheet

pictures: $(VENV)/tests tools
	$(BIN)/python -m tests.browser.pictures

# The office's guide: its words are looked for on the pages, so it fails when a page has changed its own.
guide: $(VENV)/tests tools
	$(BIN)/python -m tests.browser.guide

# Brings the catalogues up to date with the sources; says how many messages are to be translated.
messages: $(VENV)/runs
	$(BIN)/python -m orders.wording.translation.update_catalogues

# Hashes of every package for every Python from 3.11 on, from pyproject.toml; names no index.
lock: $(VENV)/tests
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

# What the tests need besides Python: a browser, a database server, programs that read PDFs back.
.PHONY: tools
tools:
	@sh tests/tools.sh

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runs: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache
