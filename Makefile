# Two commands on a fresh machine: `make demo` and `make test`.
# PYTHON may name another interpreter (3.11 to 3.13); the environment is made once in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test notebooks lint rules sample screenshots bench clean

demo: $(READY)
	@$(BIN)/ccm demo

test: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest -n 2 --dist loadfile
	@$(BIN)/python -m pytest --nbval --nbval-current-env notebooks

notebooks: $(READY)
	@$(BIN)/python -m pytest --nbval --nbval-current-env notebooks

lint: $(READY)
	@$(BIN)/ruff check .

rules: $(READY)
	@$(BIN)/ccm rules page docs/rules.md

sample: $(READY)
	@$(BIN)/python -m ccmlib.sample data/samples

screenshots: $(READY)
	@$(BIN)/python tools/screenshots.py

bench: $(READY)
	@$(BIN)/python -m benchmarks.close --patients 100000
	@$(BIN)/python -m benchmarks.audit_coverage
	@$(BIN)/python -m benchmarks.dashboards --runs 5

# Byte-compiling once makes every later start three to five times faster.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 to 3.13 is needed; say make PYTHON=python3.12 for example." if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0)'
	@echo "Making the environment in $(VENV) (a minute or two, once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q $(VENV)/lib ccmlib || true
	@touch $(READY)

clean:
	rm -rf $(VENV) out build *.egg-info
