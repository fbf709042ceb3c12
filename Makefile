# frontdesk. `make run` needs Rust and a C compiler, nothing else.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run chat test soak check bench image tools

help: ## Say what can be made
	@sed -n 's/^\([a-z.-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Run the server with the settings of the environment and .env
	cargo run --release --locked

chat: ## Talk to the assistant in the terminal; nothing is kept
	cargo run --release --locked -- chat

test: tools ## Run every test, after installing what the tests need
	cargo test --locked --doc
	@# cargo-nextest ends a test that hangs, and shows only what failed; cargo test does without.
	@if cargo nextest --version >/dev/null 2>&1; then \
		echo "cargo nextest run --locked"; cargo nextest run --locked; \
	else \
		echo "cargo test --locked --lib --bins --tests --examples"; cargo test --locked --lib --bins --tests --examples; \
	fi

soak: ## Run a million simulated conversations (SIMULATED_CONVERSATIONS)
	SIMULATED_CONVERSATIONS=$${SIMULATED_CONVERSATIONS:-1000000} \
		cargo test --release --locked --test it a_customer_gets_what_they_came_for

check: ## Check format, lints and documentation
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

bench: ## Measure what the README's figures come from
	cargo bench --locked --bench availability
	cargo bench --locked --bench reader
	cargo bench --locked --bench serve

image: ## Build the container image
	docker build -t frontdesk .

tools: ## Install what the tests need, where it is missing (Debian and Ubuntu)
	@.ci/tools

.env.example: src/config/table.rs src/config/example.rs ## Write .env.example from the code
	cargo run -q --locked -- check --example > $@.new
	mv $@.new $@
