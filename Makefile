# make help lists the targets.

BIN      := bin/whosaid
DATA     ?= ../shared/data
ARTICLES ?= testdata/articles
OUT      ?= whosaid-out
FUZZTIME ?= 1m
COUNT    ?= 5

.DEFAULT_GOAL := build
.PHONY: build run test check installable lint bench fuzz torture e2e wheels models clean help

build: ## build bin/whosaid (its version is the commit's)
	go build -trimpath -o $(BIN) ./cmd/whosaid

run: build ## the main job: tables of ARTICLES=testdata/articles in OUT=whosaid-out
	$(BIN) extract --out $(OUT) $(ARTICLES)

test: ## the tests
	go test ./...

check: ## everything a change must pass: tests, format, vet, layering, races, main job
	.ci/run

installable: ## install the commit from a module proxy in a folder, as go install does, and try it
	.ci/install

lint: ## staticcheck, fetched by its version when it is not there
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

bench: build ## the benchmarks, COUNT=5 times, beside the last record in docs/bench
	go run ./cmd/bench -bin $(BIN) -count $(COUNT) | tee bin/bench.txt
	go test -run '^$$' -bench . -benchmem -count $(COUNT) ./... | tee -a bin/bench.txt
	@last=$$(ls docs/bench/*.txt 2>/dev/null | tail -n 1); \
	echo; echo "compared with $${last:-nothing: docs/bench holds no record}"; \
	go tool benchstat $$last bin/bench.txt

fuzz: ## look for inputs that break something: every fuzz target for FUZZTIME=1m, half an hour
	.ci/fuzz $(FUZZTIME)

torture: ## hold the program to its promises by killing, starving and damaging runs: up to 20 minutes
	.ci/torture

e2e: ## whole uses beside the real tools, which it fetches: annotation tools and others
	.ci/e2e

wheels: ## Python wheels with the program inside, for five systems, in python/dist
	for t in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do \
		WHOSAID_TARGET=$$t python3 -m pip wheel --quiet --no-deps --wheel-dir python/dist ./python || exit 1; \
	done

models: ## train all embedded models anew from DATA=../shared/data
	go run ./cmd/whosaid train all --data $(DATA)

clean: ## remove what was built here
	rm -rf bin

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
