# Two commands do everything: `make app` opens the program, `make test` runs every test.
# PYTHON=python3.12 chooses the interpreter (3.11 to 3.13), VENV= where it is installed, PORT= where the app listens.

PYTHON ?= python3
VENV ?= .venv
PORT ?=
PART ?=
ARGS ?=
MQM ?=
REFERENCE ?=
ALTERNATIVES ?=
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: app test check bench fuzz train-flags shots clean
.DEFAULT_GOAL := app

app: $(VENV)/.installed
	@$(BIN)/streamlit run app.py $(if $(PORT),--server.port $(PORT))

test: $(VENV)/.installed-test .venv-judge/.installed
	@scripts/chromium
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks $(PART)

# Learns review/detectors/doubt/weights.json anew: make train-flags MQM=FILE REFERENCE=FILE ALTERNATIVES="A B C"
train-flags: $(VENV)/.installed-test
	$(BIN)/python -m scripts.train_flags $(MQM) $(REFERENCE:%=--reference %) $(addprefix --alternative ,$(ALTERNATIVES)) $(ARGS)

# Feeds the readers random bytes, ten minutes a format: make fuzz ARGS="xliff jsonl --minutes 1"
fuzz: $(VENV)/.installed-test
	@$(INSTALL) -r requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz $(ARGS)

shots: $(VENV)/.installed-test
	@scripts/chromium
	$(BIN)/python -m scripts.screenshots $(ARGS)

clean:
	rm -rf $(VENV) .venv-judge .pytest_cache .mypy_cache .ruff_cache .hypothesis benchmarks/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "make: $(PYTHON) is not Python 3.11, 3.12 or 3.13; name one that is: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) (once)..."
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "make: $(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Installing what requirements.txt names (when it changes)..."
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.installed-test: requirements-test.txt requirements-optional.txt $(VENV)/.installed | $(BIN)/python
	@echo "Installing what requirements-test.txt names (when it changes)..."
	@$(INSTALL) -r requirements-test.txt
	@touch $@

# Its tests are skipped, and say so, where it cannot be had.
.venv-judge/.installed: requirements-judge.txt
	@echo "Installing the judge of written files (when it changes)..."
	@{ $(PYTHON) -m venv .venv-judge && \
	   .venv-judge/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-judge.txt && touch $@; } || \
	  { rm -rf .venv-judge; echo "make: translate-toolkit cannot be installed here; what it judges is skipped" >&2; }
