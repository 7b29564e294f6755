#!/usr/bin/env bash
# Proves docker-compose.yml on this machine: builds the image, starts LLMscope with its PostgreSQL in a project of its own, sends latencies
# with a shift in them until a violation is open, takes everything down and up again, and finds it as it was. What it made it removes.
#
#   tests/compose/smoke.sh
#
# Needs bash, curl and docker compose or podman-compose. Read from the environment:
#   COMPOSE       the compose command; otherwise docker compose where it is there, then podman-compose
#   IMAGE         an image that is built already; nothing is built then
#   BUILD         the command that builds, to which -t NAME and the folder are added; otherwise docker build or podman build
#   BUILD_ARGS    further arguments of it, for example --build-arg NODE_IMAGE=...
#   PORT          the port on 127.0.0.1; otherwise a free one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }

if [ -n "${COMPOSE:-}" ]; then read -ra compose <<<"$COMPOSE"
elif docker compose version >/dev/null 2>&1; then compose=(docker compose)
elif command -v podman-compose >/dev/null; then compose=(podman-compose)
else fail "neither docker compose nor podman-compose is here"
fi
case "${compose[0]}" in docker) engine=docker ;; *) engine=podman ;; esac

project=llmscope-smoke-$$
compose+=(-p "$project" -f docker-compose.yml)
made_image=
is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port=${PORT:-$((20000 + $$ % 10000))}
until [ -n "${PORT:-}" ] || is_free "$port"; do port=$((port + 1)); done
otlp_http=$((30000 + port % 20000))
until is_free "$otlp_http"; do otlp_http=$((otlp_http + 1)); done
otlp_grpc=$((otlp_http + 1))
until is_free "$otlp_grpc"; do otlp_grpc=$((otlp_grpc + 1)); done
url=http://127.0.0.1:$port
answer=$(mktemp)

clean_up() {
  local code=$?
  trap - EXIT
  if [ "$code" != 0 ]; then "${compose[@]}" logs 2>&1 | tail -n 60 || true; fi
  "${compose[@]}" down -v -t 20 >/dev/null 2>&1 || true
  # An older podman-compose leaves networks behind.
  "$engine" network rm "${project}_front" "${project}_database" >/dev/null 2>&1 || true
  if [ -n "$made_image" ]; then "$engine" rmi "$made_image" >/dev/null 2>&1 || true; fi
  rm -f "$answer"
  if [ "$code" = 0 ]; then say "passed in $SECONDS s"; fi
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# get PATH: the answer's status; its body is in $answer.
get() { curl --silent --output "$answer" --max-time 10 --write-out '%{http_code}' "$url$1" || true; }
wait_ready() {
  local begun=$SECONDS
  until [ "$(get /health/ready)" = 200 ]; do
    [ $((SECONDS - begun)) -lt "${PATIENCE:-180}" ] || fail "not ready after $((SECONDS - begun)) s"
    sleep 1
  done
  say "ready after $((SECONDS - begun)) s: $(cat "$answer")"
}
# send SHIFT COUNT: latencies of a process with some spread, multiplied by SHIFT, of the same second.
send() {
  local body=
  for ((i = 0; i < $2; i++)); do
    body+=$(awk -v shift="$1" -v n="$((RANDOM))" 'BEGIN { srand(n); printf "{\"model\":\"smoke\",\"provider\":\"test\",\"characteristic\":\"duration\",\"value\":%.6f}", shift * exp(log(0.8) + 0.15 * (rand() + rand() + rand() + rand() - 2) * 1.7) }')$'\n'
  done
  local status
  status=$(curl --silent --output "$answer" --max-time 30 --write-out '%{http_code}' -H 'Content-Type: application/x-ndjson' --data-binary "$body" "$url/api/v1/samples") || true
  [ "$status" = 202 ] || fail "samples were answered with $status: $(cat "$answer")"
}
open_violation() {
  [ "$(get '/api/v1/violations?state=open&model=smoke')" = 200 ] || fail "violations: $(cat "$answer")"
  grep -oE '"id": ?"[0-9a-f-]{36}"' "$answer" | head -n 1 | grep -oE '[0-9a-f-]{36}' || true
}
# points CHART: how many are judged and stored.
points() {
  [ "$(get "/api/v1/charts/$1/points")" = 200 ] || fail "points: $(cat "$answer")"
  grep -oE '"total": ?[0-9]+' "$answer" | grep -oE '[0-9]+'
}
# What the command prints is a line among those in which an older podman-compose tells what it does.
inside() { "${compose[@]}" exec -T llmscope "$@" 2>/dev/null || true; }

image=${IMAGE:-localhost/$project}
if [ -z "${IMAGE:-}" ]; then
  say "building $image"
  read -ra build <<<"${BUILD:-$engine build}"
  read -ra build_args <<<"${BUILD_ARGS:-}"
  made_image=$image
  "${build[@]}" ${build_args[@]+"${build_args[@]}"} -t "$image" .
fi
export LLMSCOPE_IMAGE=$image LLMSCOPE_PORT=$port LLMSCOPE_OTLP_HTTP_PORT=$otlp_http LLMSCOPE_OTLP_GRPC_PORT=$otlp_grpc

say "starting $project with ${compose[*]} at $url"
"${compose[@]}" up -d --no-build >"$answer" 2>&1 || fail "up: $(cat "$answer")"
wait_ready

inside id -u | grep -qx 1654 || fail "LLMscope does not run as user 1654: $(inside id)"
inside sh -c 'touch /app/written 2>&1' | grep -qi 'read-only' || fail "the image can be written at run time"
inside dotnet LLMscope.Service.dll --healthcheck | grep -q '"ready"' || fail "the health check of the image does not answer"
[ "$(curl --silent --output /dev/null --write-out '%{http_code}' -H 'Host: elsewhere.example' "$url/health/ready")" = 400 ] || fail "a foreign host name is served"
say "user 1654, root read-only, health check answers, foreign host names refused"

[ "$(curl --silent --output /dev/null --write-out '%{http_code}' -H 'Content-Type: application/json' -d '{}' "http://127.0.0.1:$otlp_http/v1/traces")" = 200 ] || fail "OTLP is not taken"
say "OTLP is taken"

[ "$(get /)" = 200 ] || fail "the dashboard: $(cat "$answer")"
script=$(grep -oE 'src="[^"]+\.js"' "$answer" | head -n 1 | cut -d '"' -f 2)
[ -n "$script" ] && [ "$(get "/${script#/}")" = 200 ] && [ -s "$answer" ] || fail "the dashboard's script '$script' is not served"
say "the dashboard and its script $script are served"

sent=150
send 1 150
begun=$SECONDS
until [ -n "${violation:-}" ]; do
  [ $((SECONDS - begun)) -lt 60 ] || fail "no violation is open after $((SECONDS - begun)) s"
  send 3 10
  sent=$((sent + 10))
  sleep 1
  violation=$(open_violation)
done
chart=$(grep -oE '"chartId": ?[0-9]+' "$answer" | head -n 1 | grep -oE '[0-9]+')
until [ "$(points "$chart")" = "$sent" ]; do
  [ $((SECONDS - begun)) -lt 60 ] || fail "$(points "$chart") of $sent samples are points"
  sleep 1
done
say "violation $violation is open on chart $chart, $sent samples are points"

"${compose[@]}" down -t 40 >"$answer" 2>&1 || fail "down: $(cat "$answer")"
[ "$(get /health/ready)" = 000 ] || fail "something still answers after down"
say "down, without its volumes"
"${compose[@]}" up -d --no-build >"$answer" 2>&1 || fail "up: $(cat "$answer")"
wait_ready

[ "$(points "$chart")" = "$sent" ] || fail "$(points "$chart") points are there, not $sent"
[ "$(open_violation)" = "$violation" ] || fail "violation $violation is not open any more: $(cat "$answer")"
[ "$(get /health/live)" = 200 ] || fail "not alive: $(cat "$answer")"
say "after the restart: the same violation is open, the same $sent points are there"
