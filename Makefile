# `make run` and `make test` do everything on a fresh machine. They need make, Python 3.11 or later, and pip or venv.

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
OUT := descent-out
BIN := $(VENV)/bin

# Stamps. The first installation has UNFINISHED while it runs, and keeps it when it is interrupted.
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test
UNFINISHED := $(VENV)/.unfinished

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-all lint format bench peers screenshots clean libraries

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: $(READY) libraries ## open the window; without a display train the default experiment
	@case "$$QT_QPA_PLATFORM" in \
		offscreen*|minimal*) echo "QT_QPA_PLATFORM is $$QT_QPA_PLATFORM, which shows no window." >&2; false ;; \
		*) $(BIN)/python -m gui.display ;; \
	esac; \
	if [ $$? = 0 ]; then $(BIN)/python main.py $(ARGS); else $(TRAIN); fi

PLOTS = --export-plot boundary=$(OUT)/boundary.png --export-plot cost=$(OUT)/cost.png \
	--export-plot activation=$(OUT)/activation.png
TRAIN = mkdir -p $(OUT); $(BIN)/python -m gui.display --pictures && plots="$(PLOTS)"; \
	$(BIN)/python main.py train $$plots --export-weights $(OUT)/weights.npz --export-weights $(OUT)/weights.json \
	&& echo "The results are in ./$(OUT): $$(cd $(OUT) && echo *)"

test: $(READY_TO_TEST) libraries ## run the tests, without a display
	@$(BIN)/python -m gui.display --pictures
	@LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

# Python 3.x is python3.x, or what pyenv has: its python3.x may be there and not run.
test-all: ## run the tests with each of Python 3.11, 3.12 and 3.13 that is here
	@for version in 3.11 3.12 3.13; do \
		python=; \
		for candidate in python$$version $${PYENV_ROOT:-$$HOME/.pyenv}/versions/$$version.*/bin/python; do \
			[ "$$($$candidate -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = $$version ] \
				&& python=$$candidate && break; \
		done; \
		if [ -z "$$python" ]; then \
			summary="$$summary\nPython $$version: not found"; \
		elif $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$version; then \
			summary="$$summary\nPython $$version: passed"; found=yes; \
		else \
			summary="$$summary\nPython $$version: FAILED"; found=yes; failed=yes; \
		fi; \
	done; \
	printf "$$summary\n"; \
	[ "$$found" = yes ] && [ "$$failed" != yes ]

lint: $(READY_TO_TEST) ## check style, types and imports
	@status=0; \
	for check in 'ruff check' 'ruff format --check' mypy 'lint-imports --no-logo'; do \
		echo "== $$check"; $(BIN)/$$check || status=1; \
	done; \
	exit $$status

format: $(READY_TO_TEST) ## rewrite the code in the style `make lint` wants
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(READY_TO_TEST) libraries ## measure the speed
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.benchmarks $(ARGS)

peers: $(READY_TO_TEST) ## install what `make bench` compares with: PyTorch, scikit-learn and JAX, some GB
	@$(BIN)/python -c $(REQUIREMENTS) bench >$(VENV)/requirements-bench.txt
	@$(INSTALL) $(VENV)/requirements-bench.txt

screenshots: $(READY_TO_TEST) libraries ## draw the window into files
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.screenshots $(ARGS)

clean: ## remove the environments and caches, and keep ./descent-out
	@rm -rf $(VENV) .venv .venv-3.* *.egg-info build .grimp_cache .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

libraries: $(READY)
	@sh .ci/system-libraries $(BIN)/python

# An environment that was interrupted, or lost its Python or a package, is made again although it has its stamp.
LOST = 'from importlib.util import find_spec as f; raise SystemExit(None in map(f, "PySide6 pyqtgraph numpy".split()))'
$(shell if [ -e $(READY) ] && { [ -e $(UNFINISHED) ] || ! $(BIN)/python -c $(LOST) 2>/dev/null; }; then \
	mv $(READY) $(UNFINISHED); fi)

RECENT = 'import sys; sys.exit(sys.version_info < (3, 11))'
REQUIREMENTS = 'import sys, tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(*(p["optional-dependencies"][sys.argv[1]] if sys.argv[1:] else p["dependencies"]), sep="\n")'

# pip is the environment's own or, on a Debian without python3-venv, the one of $(PYTHON).
INSTALL = if $(BIN)/python -m pip --version >/dev/null 2>&1; then pip="$(BIN)/python -m pip"; \
	else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	$$pip install -c .ci/constraints.txt -r
OWN_PIP = $(BIN)/python -m ensurepip >/dev/null 2>&1
OUTER_PIP = $(PYTHON) -m pip --python $(BIN)/python --version >/dev/null 2>&1

$(READY): pyproject.toml .ci/constraints.txt
	$(if $(shell $(PYTHON) -c $(RECENT) 2>/dev/null && echo yes),,$(error Descent Lab needs Python 3.11 or later, \
		but $(PYTHON) is $(or $(shell $(PYTHON) --version 2>&1 | grep Python),missing). Name one: make PYTHON=python3.12))
	@if [ -e $(UNFINISHED) ] || ! $(BIN)/python -c $(RECENT) 2>/dev/null; then rm -rf $(VENV); fi
	@[ -e $(READY) ] || { mkdir -p $(VENV) && touch $(UNFINISHED); }
	@[ -e $(BIN)/python ] || $(PYTHON) -m venv --without-pip $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(OWN_PIP) || $(OUTER_PIP) || { \
		sh .ci/system-libraries --package python3-venv; $(OWN_PIP); } || { \
		echo "$(PYTHON) has neither pip nor ensurepip. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the Python packages into $(VENV), about 110 MB."
	@$(BIN)/python -c $(REQUIREMENTS) >$(VENV)/requirements.txt
	@$(INSTALL) $(VENV)/requirements.txt
	@rm -f $(UNFINISHED) && touch $@

$(READY_TO_TEST): $(READY)
	@[ -e $@ ] || touch $(UNFINISHED)
	@$(BIN)/python -c $(REQUIREMENTS) dev >$(VENV)/requirements-dev.txt
	@$(INSTALL) $(VENV)/requirements-dev.txt || { rm -f $(UNFINISHED); exit 1; }
	@rm -f $(UNFINISHED) && touch $@
