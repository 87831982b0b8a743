# Kotae: everything a person or CI runs. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
BROWSER_LOCK := requirements-browser.lock
BROWSING := $(VENV)/.browsing
WHEELHOUSE := wheelhouse
READY := $(VENV)/.ready
UNFINISHED := $(VENV)/.unfinished
KNOWLEDGE := var/.knowledge
LOCK_FLAGS ?=

# A question is text, never make or shell code: $(value) takes it unexpanded, `override` does so even for one given on
# the command line, and recipes read it from the environment only.
override Q := $(value Q)
export Q

# The lock holds no address. Where wheelhouse/ exists no index is asked at all.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# A path, not a finder that every start of Python in the environment would import (20 ms).
PLAIN := --config-settings editable_mode=compat
SOURCES := $(if $(wildcard $(WHEELHOUSE)/*.whl),--no-index --find-links $(WHEELHOUSE))

# A copied or moved checkout carries a .venv that points at the old place: it isn't ready here.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help ask chat run build knowledge test check format test-slow test-browser eval bench lock wheelhouse clean

help: ## この一覧 / this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

# ── 使う / use ──

ask: question knowledge ## Q="質問" に答える(初回は準備もする) / answer one question
	@$(BIN)/kotae ask -- "$$Q"

.PHONY: question
question:
	@[ -n "$$Q" ] || { echo '質問がありません。例: make ask Q="空き店舗入居促進事業の25年度実績は？"' >&2; exit 2; }

chat: knowledge ## 端末で対話する / a conversation in the terminal
	@$(BIN)/kotae chat

run: knowledge ## 動かす(鍵のあるチャネルすべて) / serve every channel that has its key
	@$(BIN)/kotae serve

build: $(READY) ## 知識ベースを作る / build the knowledge base
	@mkdir -p var
	@touch $(KNOWLEDGE).started
	@$(BIN)/kotae build
	@mv $(KNOWLEDGE).started $(KNOWLEDGE)

# Built again when anything in data/ or the code that builds it is newer than the last build that succeeded.
knowledge: $(READY)
	@if [ ! -e $(KNOWLEDGE) ] || [ $(READY) -nt $(KNOWLEDGE) ] || [ -n "$$(find data -newer $(KNOWLEDGE))" ] || \
	    [ -n "$$(find kb nlp -name '*.py' -newer $(KNOWLEDGE))" ]; then \
	    $(MAKE) --no-print-directory build >&2; \
	fi

# ── 確かめる / verify ──

test: check ## すべて確かめる(数分) / everything CI runs on every change
	@$(BIN)/python -m pytest -q

check: $(READY) ## 書き方・型・依存の向き / lint, format, types, import contracts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo '整形されていないファイルがあります: make format' >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## 整形する / format the code
	@$(BIN)/ruff check --fix-only --select I .
	@$(BIN)/ruff format .

test-slow: $(READY) ## 時間のかかる試験 / the long tests
	@$(BIN)/python -m pytest -q -m slow

test-browser: $(BROWSING) ## 画面の試験(Chromium が要る) / the page in a browser
	@command -v chromium >/dev/null || { echo 'Chromium がありません。例: sudo apt-get install -y chromium fonts-noto-cjk' >&2; exit 2; }
	@$(BIN)/python -m pytest -q -m browser tests/browser

$(BROWSING): $(READY) $(BROWSER_LOCK)
	@$(PIP) install -qq --require-hashes $(SOURCES) -r $(BROWSER_LOCK) >&2
	@touch $@

eval: knowledge ## 2万問の試験 / 20,000 generated questions, results by kind
	@$(BIN)/python tests/examination/run.py --kinds all --n 20000

bench: knowledge ## 速さを測る / measure speed
	@$(BIN)/python tests/bench.py

# ── 環境 / environment ──

lock: ## requirements.lock を作り直す / resolve again (LOCK_FLAGS=--upgrade)
	@uv="$$(command -v $(BIN)/uv || command -v uv)" || { \
	    $(PYTHON) -m venv var/locking && var/locking/bin/python -m pip install -qq uv && uv=var/locking/bin/uv; \
	} && for lock in "dev $(LOCK)" "browser $(BROWSER_LOCK) --constraints $(LOCK)"; do set -- $$lock; group=$$1; file=$$2; shift 2; \
	    "$$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --group $$group "$$@" \
	        --no-header --no-emit-index-url --no-emit-find-links $(LOCK_FLAGS) -o $$file pyproject.toml || exit; \
	done

wheelhouse: $(READY) ## 索引のない職場のために wheel を集める / collect all wheels for an office without an index
	@$(PIP) download -qq --require-hashes --only-binary :all: --dest $(WHEELHOUSE) -r $(LOCK) -r $(BROWSER_LOCK)
	@echo "$(WHEELHOUSE)/: $$(ls $(WHEELHOUSE) | wc -l) wheels"

# An installation that broke off never counts as done, and what it left behind (it can break pip itself) is thrown away.
$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	    { echo 'Python 3.11以上が必要です。場所を指定してください: make PYTHON=/path/to/python3.11 …' >&2; exit 2; }
	@echo '準備しています(初回は1〜2分かかります)…' >&2
	@[ ! -e $(UNFINISHED) ] || rm -rf $(VENV)
	@mkdir -p $(VENV) && touch $(UNFINISHED) && rm -f $(READY)
	@$(PYTHON) -m venv $(VENV) >&2 || \
	    { echo '.venv を作れません。Python の venv(Debian/Ubuntu では python3-venv)を入れてください。' >&2; exit 2; }
	@$(PIP) install -qq --require-hashes $(SOURCES) -r $(LOCK) >&2 && \
	    $(PIP) install -qq --no-index --no-deps --no-build-isolation $(PLAIN) --editable . >&2 || \
	    { echo 'パッケージを入れられません。ネットワークを確かめるか、wheelhouse/ を置いてください。' >&2; exit 2; }
	@rm $(UNFINISHED) && pwd -P > $(READY)

# What people asked, members, backups and drafts are kept: nobody could make them again.
clean: ## 作ったものを消す(data/・記録・下書きは残る) / remove what was made, but for the journal and drafts
	@[ ! -d var ] || { find var \( -path var/state -o -path var/kb/drafts \) -prune -o ! -type d -exec rm -f {} + && \
	    find var -type d -empty -delete; }
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
