# What people type. Each target stands on its own and does only what is not done yet.

SHELL := /bin/bash
PYTHON ?= python3
CARGO ?= cargo
# Passed to `docent serve`: make run ARGS="--listen 127.0.0.1:9000"
ARGS ?=
# Embedding models to fetch: all, or names separated by commas, as make setup MODELS=all-MiniLM-L6-v2
MODELS ?= all

.PHONY: help setup web api run build package deb try-package cluster test test-page test-tools test-qdrant fuzz bench audit fmt lint doc ci

help:                ## This list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## */\t/' | expand -t 14

setup:               ## Fetch ONNX Runtime, libpdfium and the embedding models (MODELS=…) into .docent (once)
	@$(PYTHON) setup/fetch.py --models "$(MODELS)"

web:                 ## Build the page that the program carries (needs Node)
	@$(PYTHON) setup/page.py

api: web             ## Write the page's client and docs/configuration.md anew, from what the program says of itself
	@set -o pipefail; for kind in openapi asyncapi; do \
		$(CARGO) run --quiet --locked --bin docent -- $$kind | (cd web && node scripts/api.mjs $$kind) || exit 1; \
	done
	@$(CARGO) run --quiet --locked --bin docent -- config --markdown > docs/configuration.md.new
	@mv docs/configuration.md.new docs/configuration.md

build: setup         ## Build the optimised binaries
	@$(PYTHON) setup/page.py --if-possible
	@$(CARGO) build --release --locked --bins

package: setup       ## One archive that runs elsewhere without a build, in target/package (MODELS=…)
	@$(PYTHON) setup/package.py --models "$(MODELS)"

deb: setup           ## The same as a Debian package (MODELS=…)
	@$(PYTHON) setup/package.py --models "$(MODELS)" --folder
	@$(PYTHON) setup/debian.py

try-package:         ## Start the archive of target/package in an empty root, as a new user, without a network (Linux, root)
	@$(PYTHON) setup/try_package.py "$$(ls -t target/package/docent-*.tar.gz | head -n 1)"

run: setup           ## Start Docent on http://127.0.0.1:8000
	@$(PYTHON) setup/page.py --if-possible
	@exec $(CARGO) run --release --locked --bin docent -- serve $(ARGS)

cluster: test-tools web setup  ## Two API nodes and two workers on Postgres and Redis, to try (Qdrant at QDRANT_URL)
	@$(CARGO) test --locked --test main cluster::stay -- --ignored --nocapture

test-tools:          ## Install what the tests need
	@$(PYTHON) setup/test_tools.py

test-page: web       ## The page's types, its own logic, and its linter
	@cd web && npm run --silent check && npm run --silent lint && npm run --silent test

test: test-tools test-page  ## Everything, on a machine with nothing but Rust and Python
	@$(CARGO) test --locked --workspace --no-fail-fast

test-qdrant:         ## The vector suite against a Qdrant server at QDRANT_URL
	@: $${QDRANT_URL:?give the gRPC address, as QDRANT_URL=http://127.0.0.1:6334}
	@$(CARGO) test --locked --test main vectors::

fuzz:                ## Mutated inputs for FOR seconds: make fuzz FOR=600 [ONLY=pdf] [SEED=7]
	@DOCENT_FUZZ_FOR=$(or $(FOR),60) DOCENT_FUZZ_SEED=$(SEED) DOCENT_FUZZ_ONLY=$(ONLY) \
		$(CARGO) test --locked --test main fuzz::long -- --ignored --nocapture

bench: setup         ## The numbers of docs/numbers.md, measured here
	@$(PYTHON) benches/numbers.py $(ARGS)

audit:               ## Known advisories in the dependencies (needs cargo-audit and its database)
	@$(CARGO) audit --version >/dev/null 2>&1 || \
		{ echo "cargo-audit is missing: cargo install cargo-audit --locked"; exit 1; }
	@$(CARGO) audit

fmt:                 ## Format the sources
	@$(CARGO) fmt --all

lint:                ## Clippy, warnings denied
	@$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

doc:                 ## The API documentation of the library
	@RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps --lib

ci:                  ## What CI runs
	@.ci/run
