# make run    everything set up and started: http://127.0.0.1:8000
# make test   everything the tests need set up, and all tests run
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-ldap run test lint audit bench soak screenshots requirements

PORT ?= 8000
ARGS ?=
# Any Python that answers can prepare the environment; the newer one that Sapar runs on is looked for there.
STARTER := $(shell for p in "$(PYTHON)" python3 /usr/bin/python3 python3.14 python3.13 python3.12 python; do \
	"$$p" -c "import fcntl" >/dev/null 2>&1 && echo "$$p" && break; done)
BOOTSTRAP = $(if $(STARTER),PYTHON="$(PYTHON)" "$(STARTER)" requirements/bootstrap.py,\
	$(error No Python 3 was found: install Python 3.12 or newer, or name one with PYTHON=/path/to/python3))

help:
	@echo "make run [PORT=8000] | test [ARGS=tests/crm/deals] | setup | lint | audit | bench | soak | screenshots | requirements"

setup:
	@$(BOOTSTRAP) run
	@.venv/bin/python -m crm.shared.translations

setup-dev:
	@$(BOOTSTRAP) dev
	@.venv/bin/python -m crm.shared.translations

setup-ldap: setup-dev
	@$(BOOTSTRAP) ldap

run: export SAPAR_EMBEDDED = 1
run:
	@$(BOOTSTRAP) run
	@.venv/bin/python manage.py run_embedded --port $(PORT) --stop-with-parent

test: setup-dev
	@.venv/bin/python -m pytest $(if $(ARGS),$(ARGS),-n 2)

lint: setup-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djade --target-version 6.1 --check $$(git ls-files 'templates/*.html')
	@.venv/bin/django-upgrade --target-version 6.1 --check $$(git ls-files '*.py')
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/mypy

audit: setup
	@.venv/bin/python requirements/audit.py

bench: setup
	@SAPAR_EMBEDDED=1 .venv/bin/python manage.py bench
	@SAPAR_EMBEDDED=1 .venv/bin/python manage.py bench_digests $(ARGS)

soak: setup-dev
	@.venv/bin/python -m pytest --soak -n 2 $(ARGS)

screenshots: setup-dev
	@.venv/bin/python -m tests.browser.screenshots

requirements:
	@$(BOOTSTRAP) lock
