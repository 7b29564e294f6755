#!/usr/bin/env bash
# Kills LLMscope at random moments, 100 times or as often as the argument says, under load by the samples API and by traces over OTLP/HTTP, and
# compares what is stored with what was acknowledged: every sample once, every call once with its samples and its key, every point and violation
# as if nothing had happened. Takes a few seconds a round.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
LLMSCOPE_KILLS=${1:-100} dotnet test --project tests/LLMscope.Service.Tests --output detailed -- --filter-class "*KillTests" --show-live-output on
