# Galactic Dominion. `make` prints this help.

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Looked for once, and only by what needs it.
PYTHON ?= $(eval PYTHON := $(shell deploy/local/fastest-python))$(PYTHON)
BIN := .venv/bin
LOCKS := deploy/requirements
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check \
  --require-hashes

.PHONY: help
help: ## print this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) \
	  | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: run
run: .venv/run.stamp client ## start the whole cluster here (PORT=8080 WEB=2); Ctrl-C ends it
	@exec $(BIN)/python -m deploy.local.run

.PHONY: client
client: .venv/run.stamp ## build the client, where anything of it changed
	@$(BIN)/python -m deploy.local.client build

.PHONY: stop
stop: .venv/run.stamp ## end the cluster of this checkout
	@exec $(BIN)/python -m deploy.local.stop

.PHONY: status
status: .venv/run.stamp ## instances, versions, load and lag at a glance
	@exec $(BIN)/python -m deploy.local.status

.PHONY: scale
scale: .venv/run.stamp ## start or drain processes while all play (web=4 worker=3)
	@exec $(BIN)/python -m deploy.local.ask scale $(MAKEOVERRIDES)

.PHONY: deploy
deploy: .venv/run.stamp ## replace every process by what is on disk, without a loss
	@$(BIN)/python -m deploy.local.ask deploy
	@$(BIN)/python -m deploy.local.client build

.PHONY: check
check: .venv/dev.stamp ## format, lint, types, import contracts, house rules, drift
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy app/core app/engine app/game
	@$(BIN)/lint-imports --cache-dir var/cache/importlinter
	@$(BIN)/python -m pytest -q tests/test_house.py tests/unit/web/test_protocol.py
	@$(BIN)/python -m deploy.local.client check

.PHONY: test
test: .venv/dev.stamp client ## all tests, with servers of their own on free ports
	@$(BIN)/python -m deploy.local.client test
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/unit tests/integration
	@$(BIN)/python -m pytest -n 2 tests/simulation
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone" \
	  tests/test_house.py tests/e2e
	@$(BIN)/python -m pytest -m alone tests/e2e

.PHONY: browser
browser: .venv/dev.stamp client ## only the tests that play the client in Chromium
	@$(BIN)/python -m pytest tests/e2e/browser

.PHONY: screens
screens: .venv/dev.stamp client ## screenshots of every screen into var/screenshots
	@SCREENS=1 $(BIN)/python -m pytest tests/e2e/browser/test_screens.py

.PHONY: bots
bots: .venv/dev.stamp ## bots play on the running cluster (N=50 FOR=60 seconds)
	@exec $(BIN)/python -m deploy.local.within \
	  $(BIN)/python -m tests.load.bots --bots $(or $(N),50) --seconds $(or $(FOR),60)

.PHONY: load
load: .venv/dev.stamp ## load the running cluster, or one of its own (USERS=1000 FOR=120 MIX=play KILL=)
	@exec $(BIN)/python -m tests.load.load --users $(or $(USERS),1000) \
	  --seconds $(or $(FOR),120) --mix $(or $(MIX),play) \
	  $(if $(SEED),--seed $(SEED)) $(if $(JSON),--json $(JSON)) \
	  $(if $(HTML),--html $(HTML)) $(if $(FIND),--find) $(if $(KILL),--kill $(KILL)) $(LIMITS)

.PHONY: chaos
chaos: .venv/dev.stamp ## harm a cluster of its own under load (SEED= FOR=120 BOTS=40 KINDS= KILLS=)
	@exec $(BIN)/python -m tests.load.chaos --seconds $(or $(FOR),120) \
	  --bots $(or $(BOTS),40) $(if $(SEED),--seed $(SEED)) \
	  $(if $(KINDS),--kinds $(KINDS)) $(if $(KILLS),--kills $(KILLS))

.PHONY: bench
bench: .venv/dev.stamp ## measure write path, timers, persister, round trips
	@exec $(BIN)/python -m tests.load.bench

.PHONY: compare
compare: .venv/dev.stamp ## ours beside stock Flask-SocketIO, Socket.IO on Node, Colyseus (USERS=500 FOR=30 ROUNDS=3 MOST=4000 QUICK=1 PEERS=)
	@exec $(BIN)/python -m tests.load.compare --users $(or $(USERS),500) \
	  --seconds $(or $(FOR),30) --rounds $(or $(ROUNDS),3) \
	  $(if $(MOST),--most $(MOST)) $(if $(QUICK),--quick) $(if $(PEERS),--peers $(PEERS))

.PHONY: sim
sim: .venv/dev.stamp ## seeded random plays against the laws (SEED= N=1000)
	@exec $(BIN)/python -m tests.simulation.run \
	  --plays $(or $(N),1000) $(if $(SEED),--seed $(SEED))

.PHONY: fairness
fairness: .venv/dev.stamp ## how often the anti-cheat is right, on labelled traces
	@exec $(BIN)/python -m tests.load.fairness

.PHONY: flags
flags: .venv/run.stamp ## flags to decide on (CONFIRM=1,2 REJECT=3 BAN= DAYS= UNBAN= WHO= PLAYER= ALL=1)
	@exec $(BIN)/python -m deploy.local.within $(BIN)/python -m workers.moderation \
	  $(if $(CONFIRM),--confirm $(CONFIRM)) $(if $(REJECT),--reject $(REJECT)) \
	  $(if $(BAN),--ban $(BAN)) $(if $(DAYS),--days $(DAYS)) \
	  $(if $(UNBAN),--unban $(UNBAN)) $(if $(WHO),--who $(WHO)) \
	  $(if $(PLAYER),--player $(PLAYER)) $(if $(ALL),--all)

.PHONY: verify
verify: .venv/run.stamp ## compare Redis, journal and Postgres of the running cluster
	@exec $(BIN)/python -m deploy.local.within $(BIN)/python -m workers.verify

.PHONY: project
project: .venv/run.stamp ## make rankings and search again from the states of the running cluster
	@exec $(BIN)/python -m deploy.local.within $(BIN)/python -m workers.project

.PHONY: migrate
migrate: .venv/run.stamp ## bring DATABASE_URL, or the running cluster, to the newest tables (DOWN=1)
	@exec $(BIN)/python -m deploy.local.within $(BIN)/python -m deploy.migrate \
	  $(if $(DOWN),--down $(DOWN))

.PHONY: protocol
protocol: .venv/dev.stamp ## write docs/protocol and the client's types from the code
	@exec $(BIN)/python -m deploy.protocol

.PHONY: lock
lock: .venv/dev.stamp ## resolve deploy/requirements/*.in into the hashed locks
	@$(BIN)/uv pip compile $(UVFLAGS) $(LOCKS)/base.in $(LOCKS)/local.in -o $(LOCKS)/run.txt
	@$(BIN)/uv pip compile $(UVFLAGS) -c $(LOCKS)/run.txt $(LOCKS)/dev.in -o $(LOCKS)/dev.txt
	@$(BIN)/uv pip compile $(UVFLAGS) $(LOCKS)/numpy-second.in -o $(LOCKS)/numpy-second.txt

UVFLAGS := --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate

.PHONY: bill
bill: .venv/dev.stamp ## write the bill of materials (CycloneDX) into var/bill.cdx.json
	@$(BIN)/python -m deploy.bill var/bill.cdx.json

.PHONY: clean
clean: ## remove .venv, node_modules, what was built, and the cluster's data
	@test ! -x $(BIN)/python || $(BIN)/python -m deploy.local.stop
	@rm -rf .venv var client/node_modules client/dist client/dist.new

.venv/python.stamp:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 is not installed" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "make: Python 3.11 is needed, $(PYTHON) is another (set PYTHON=)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "make: $(PYTHON) lacks venv (Debian: python3-venv)" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv
	@touch $@

.venv/run.stamp: $(LOCKS)/run.txt .venv/python.stamp
	@echo "installing $<"
	@$(INSTALL) -r $<
	@touch $@

.venv/dev.stamp: $(LOCKS)/dev.txt .venv/run.stamp
	@echo "installing $<"
	@$(INSTALL) -r $<
	@touch $@
