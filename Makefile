# Each line also works by hand; `make` alone says what there is.
BIN := .venv/bin
PY  := $(BIN)/python

.PHONY: help run test coverage check check-code check-house fix docs bench axe clean

help:
	@echo "make run       Nabij on http://localhost:8000, with a made-up region (PORT=8010 for another port)"
	@echo "make test      all tests, journeys in a real browser included"
	@echo "make coverage  the unit tests, and which lines and branches they miss"
	@echo "make check     style, types, imports, house rules, migrations, translations, docs"
	@echo "make fix       what the style check can repair by itself"
	@echo "make docs      write the generated pages of docs/"
	@echo "make bench     the figures of docs/performance.md"
	@echo "make axe       every page through the accessibility check"
	@echo "make clean     remove what was made here, the demo's data included"

.venv/complete: requirements/dev.txt launch/make-venv
	@launch/make-venv

run: .venv/complete
	@$(PY) -m launch run --port $(or $(PORT),8000)

test: .venv/complete
	@$(PY) -m launch test

coverage: .venv/complete
	@$(PY) -m launch coverage

# two halves: a build machine with two cores does them beside each other (make -j2 check)
check: check-code check-house

check-code: .venv/complete
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PY) -m launch manage --data .data/check makemigrations --check --dry-run

check-house: .venv/complete
	@$(PY) -m launch test tests/test_house_rules.py
	@$(PY) manage.py check_translations
	@$(PY) manage.py docs --check

fix: .venv/complete
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: .venv/complete
	@$(PY) manage.py docs

bench: .venv/complete
	@$(PY) -m bench

axe: .venv/complete
	@NABIJ_AXE=all $(PY) -m launch test tests/journeys -m axe

clean:
	@if [ -x $(PY) ]; then $(PY) -m launch reset && $(PY) -m launch reset --data .data/check; fi
	@rm -rf .data .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
