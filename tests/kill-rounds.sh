#!/usr/bin/env bash
# Kills LLMscope under load at random moments, 100 times or as often as the argument says, and compares what is stored with what was acknowledged:
# every item once, none twice, every point and violation as if nothing had happened. Takes a few seconds a round.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
LLMSCOPE_KILLS=${1:-100} dotnet test --project tests/LLMscope.Service.Tests -- --filter-class "*KillTests"
