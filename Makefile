# Everything here is a shortcut: each target is one or two commands that can be typed as well. `make` explains them.

GOLANGCI_LINT_VERSION := v2.15.0
LINT := .bin/golangci-lint-$(GOLANGCI_LINT_VERSION)

# How long each fuzz target is tried.
FUZZTIME ?= 20s
# For one package's tests. More than Go's ten minutes: the race detector is slow on a small machine.
TIMEOUT ?= 20m

.DEFAULT_GOAL := help
.PHONY: help demo run test check browser page bench chaos fuzz build

help: ## show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## try the bot in a browser, on local stand-ins; no token, no network
	go run . demo

run: ## run the bot with the settings of .env
	go run .

test: ## run all tests with the race detector
	go test -race -timeout $(TIMEOUT) ./...

check: $(LINT) ## gofmt, go vet, golangci-lint, go.mod in order, generated files in date, every benchmark once
	@unformatted="$$(gofmt -l .)"; if [ -n "$$unformatted" ]; then echo "gofmt these:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(LINT) run ./...
	go mod tidy -diff
	.ci/generated
	SEEDBANK_BENCH_CARDS=2000 go test -run '^$$' -bench . -benchtime 1x ./...

browser: ## try the page of the demo in a real Chromium; screenshots go to demo/page/shots
	npm --prefix demo/page ci --no-audit --no-fund --silent
	npm --prefix demo/page test

page: ## build the page of the demo anew, with npm
	go generate ./demo

bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem -timeout $(TIMEOUT) ./...

chaos: ## kill the bot at random moments while members ask; CHAOS_ROUNDS says how often (15)
	go test -tags chaos -run '^TestChaos$$' -v -count 1 -timeout $(TIMEOUT) .

fuzz: ## try every fuzz target for FUZZTIME (20s)
	.ci/fuzz $(FUZZTIME)

build: ## build ./seedbank
	go build -trimpath -o seedbank .

$(LINT):
	GOBIN="$(CURDIR)/.bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	mv .bin/golangci-lint $@
