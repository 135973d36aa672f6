# Every command there is. `make` lists them.

PORT ?= 8000
BIN := .venv/bin
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(if $(shell $(name) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(name))))
UV_VERSION := 0.13.9
UV := $(BIN)/uv
WORDS := locale/en/LC_MESSAGES/django
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help setup run serve check quick test journeys pictures stress faults bench coverage tools words lock clean system-tools

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## make the environment with the command line .venv/bin/gerai

.venv/ready: requirements/run.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (on Debian: apt install python3 python3-venv)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "The module venv is missing (on Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip install -q -p $(BIN)/python --compile-bytecode --require-hashes -r requirements/run.lock
	@$(UV) pip install -q -p $(BIN)/python --no-deps -e .
	@touch $@

run: setup  ## a working sample mall: environment, database, data, server (PORT=8000)
	@$(BIN)/gerai prepare
	@$(BIN)/gerai sample --past --quiet
	@$(BIN)/gerai addresses --port $(PORT)
	@$(BIN)/gerai serve --port $(PORT)

tools: .venv/tools  ## what the tests need: Python tools; on Debian and Ubuntu also servers and browser

.venv/tools: .venv/ready requirements/dev.lock
	@$(UV) pip install -q -p $(BIN)/python --compile-bytecode --require-hashes -r requirements/dev.lock
	@$(UV) pip install -q -p $(BIN)/python --no-deps -e .
	@touch $@

system-tools:
	@sh tests/system-tools.sh

check: tools  ## format, lint, floors, types, templates, migrations, diagrams
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy .
	@$(BIN)/djlint --lint --quiet gerai
	@$(BIN)/deptry . 
	@$(BIN)/codespell
	@GERAI_DATA=var/check $(BIN)/gerai makemigrations --check --dry-run
	@GERAI_DATA=var/check $(BIN)/gerai states --check

quick: tools  ## pure and room tests in parallel on SQLite
	@GERAI_DATA=var/test $(BIN)/pytest -n 2 -m "not stress and not sweep" gerai tests/house

test: tools system-tools check  ## everything
	@GERAI_DATA=var/test $(BIN)/pytest -n 2 gerai tests/house
	@GERAI_DATA=var/test $(BIN)/python tests/served.py --forgetful $(BIN)/pytest -n 2 -m "not stress and not one_database" gerai tests/house
	@$(MAKE) --no-print-directory stress journeys
	@echo "Semua pemeriksaan selesai."

coverage: tools  ## which lines and branches the room tests never reach (twice as slow as without)
	@rm -f .coverage .coverage.*
	@GERAI_DATA=var/test $(BIN)/pytest -n 2 --cov --cov-report= gerai tests/house
	@$(BIN)/coverage report

# In order of names: the longest walks are few to a file, and would else be left for the end.
# Three browsers on two cores may be too slow for a walk; it is walked once more with nothing
# beside, and what fails then, fails.
journeys: tools system-tools  ## walks through the product in a real browser; pictures are kept
	@$(BIN)/pytest tests/journeys -n 3 --dist loadfile --no-loadscope-reorder -p no:randomly -m "not alone" \
	|| { echo "Once more, alone:"; $(BIN)/pytest tests/journeys -p no:randomly -m "not alone" --last-failed --last-failed-no-failures none; }
	@$(BIN)/pytest tests/journeys -p no:randomly -m alone

pictures: tools system-tools  ## draw the pictures of the README anew
	@$(BIN)/pytest tests/journeys/test_pictures.py tests/journeys/test_newsroom_day.py -p no:randomly
	@mkdir -p docs/pictures
	@for name in layar kios ponsel petugas pengawas denyut situs berita standar denah redaksi; do cp tests/journeys/pictures/readme-$$name.png docs/pictures/$$name.png; done
	@$(BIN)/pytest tests/journeys/test_story.py -k "every_glass and desktop and light" -p no:randomly
	@cp tests/journeys/pictures/story-desktop-light.png docs/pictures/kisah.png
	@$(BIN)/pytest tests/journeys/test_learning_pages.py -k test_picture -p no:randomly
	@for name in kunjungan-kalender kunjungan-terima kunjungan-hari kunjungan-tamu pendirian pendirian-jadwal pendirian-banding presentasi; do cp tests/journeys/pictures/howto-$$name.png docs/pictures/$$name.png; done
	@for name in artikel tinjau-artikel jadwal komentar; do cp tests/journeys/pictures/redaksi-$$name.png docs/pictures/; done

# Apart: who asks for pytest's test copy turns the whole run away from the real database.
stress: tools system-tools  ## many at once on PostgreSQL and Valkey/Redis
	@$(BIN)/python tests/served.py $(BIN)/pytest tests/stress -p no:randomly -m "not django_db"
	@$(BIN)/python tests/served.py $(BIN)/pytest tests/stress -p no:randomly -m django_db
	@GERAI_DATA=var/test $(BIN)/pytest tests/faults -p no:randomly

faults: tools system-tools  ## kill everything in turn under load, and judge (FAULTS_MINUTES=10 FAULTS_SEED=…)
	@$(BIN)/python -m tests.faults.run

bench: tools  ## measure speed beside its yardsticks, write docs/performance.md (PARTS="take pages")
	@sh tests/system-tools.sh wrk gcc
	@$(BIN)/python -m tests.bench.run $(PARTS)

words: tools  ## collect what is to be translated, and compile it (needs gettext: apt install gettext)
	@GERAI_DATA=var/check $(BIN)/gerai makemessages -v 0 -l en --no-location --no-wrap --no-obsolete -i .venv -i var -i tests
	@sed -i.bak '/^"POT-Creation-Date:/d' $(WORDS).po && rm $(WORDS).po.bak
	@GERAI_DATA=var/check $(BIN)/gerai compilemessages -v 0 -l en -l id -i .venv -i var

lock: tools  ## write the lock files anew
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.lock
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements/dev.lock

clean:  ## remove everything that was made here
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
