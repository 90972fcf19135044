.PHONY: run dev test lint e2e sbom torture fuzz attack bench

# Builds quickly and serves the demo shop: http://127.0.0.1:3000
run:
	scripts/run.sh

# The same, and built anew whenever a source changes
dev:
	scripts/dev.sh

# Everything: format, lints, tests on SQLite and PostgreSQL, journeys in a browser; make test FAST=1 in the loop while working
test:
	FAST="$(FAST)" scripts/test.sh

# Format and lints alone
lint:
	scripts/lint.sh

# What the server and its pages are made of, as CycloneDX: target/guitu.cdx.json
sbom:
	mkdir -p target
	node scripts/sbom.mjs target/guitu.cdx.json

# Journeys in a browser alone, on SQLite and PostgreSQL
e2e:
	scripts/e2e.sh

# Never lost, never twice, by chance and for as long as one likes: make torture ROUNDS=20 SEED=1
torture:
	ROUNDS="$(ROUNDS)" SEED="$(SEED)" scripts/torture.sh

# Requests that no page would send, to every route on both engines: make fuzz N=200000 SEED=1
fuzz:
	N="$(N)" SEED="$(SEED)" scripts/fuzz.sh

# Bombs, floods and guesses beside people who buy, on the loopback address: make attack SECONDS=60
attack:
	scripts/attack.sh "$(SECONDS)"

# How fast, and how small: make bench, make bench QUICK=1 in a few minutes, make bench ONLY="P1 P3" ENGINES=sqlite LISTS=workbench
bench:
	QUICK="$(QUICK)" ONLY="$(ONLY)" ENGINES="$(ENGINES)" LISTS="$(LISTS)" scripts/bench.sh
