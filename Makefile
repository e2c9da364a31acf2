# The commands of this project. Each installs what it needs, skips steps that are up to date, and prints what it does.
.PHONY: help run test test-all check e2e bench dev hooks

help: ## list these commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: ## build and start Creator Goals with demo data at http://127.0.0.1:3000
	@scripts/run.sh

test: ## format, lints, tests, download size, the API, browser tests (CI adds the journeys with the wasm refused)
	@scripts/test.sh

test-all: ## the same, with every journey with the wasm refused, on PostgreSQL 16 to 18 too, with more cases of each law, and known vulnerabilities of dependencies (needs github.com)
	@scripts/test.sh --all

check: ## the quick part of it: format, lints, forbidden dependencies
	@scripts/check.sh

e2e: ## only the browser tests (ARGS="journeys/goals --headed" goes to Playwright)
	@scripts/e2e.sh $(ARGS)

bench: ## measure pages, the overview of 1,000 creators and durable ingest on a release build
	@scripts/bench.sh

dev: ## rebuild and reload the open page on every change
	@scripts/dev.sh

hooks: ## check format and structure before each commit
	@git config core.hooksPath scripts/hooks
