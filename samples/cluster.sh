#!/bin/bash
# Ten minutes to a cluster on one machine: PostgreSQL, a lighthouse, three workers, 2,000 pretend devices; a job, a worker killed in the middle of it, and the end of the job.
# Needs root (to start PostgreSQL as its own user), PostgreSQL's server programs (apt install postgresql), curl, and a build (dotnet build -c Release). Everything stays on the loopback and in one directory, and is stopped at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
devices=${DEVICES:-2000} base=${PORT:-29110}
D=$(mktemp -d /tmp/trigger-cluster.XXXXXX); chmod 755 "$D"
trigger=artifacts/bin/Trigger.Cli/release/trigger lighthouse=artifacts/bin/lighthouse/release/lighthouse
[ -x "$trigger" ] && [ -x "$lighthouse" ] || dotnet build -c Release Trigger.Actors.sln
say() { printf '\n== %s\n' "$*"; }
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
  tests/lab.sh database-stop "$D" fast 2> /dev/null || true
  rm -rf "$D"
}
trap stop EXIT

say "PostgreSQL on port $((base + 90))"
tests/lab.sh database "$D" $((base + 90)) > /dev/null
export TRIGGER_STORE; TRIGGER_STORE=$(cat "$D/pg/url")

say "$devices pretend devices"
"$trigger" lab --devices "$devices" --inventory "$D/lab.csv" > "$D/lab.log" 2>&1 & pids+=($!)
for _ in $(seq 100); do [ -s "$D/lab.csv" ] && break; sleep 0.2; done

export TRIGGER_INVENTORY=$D/lab.csv TRIGGER_USERNAME=lab TRIGGER_PASSWORD=lab TRIGGER_ENABLEPW=lab
node() { "$trigger" node --name "$1" --listen 127.0.0.1:"$2" --known-hosts "$D/known_hosts.$1" --accept-new > "$D/$1.log" 2>&1 & pids+=($!); }
say "A lighthouse, and three workers"
TRIGGER_NODE_NAME=lighthouse CLUSTER_IP=127.0.0.1 CLUSTER_PORT=$base "$lighthouse" > "$D/lighthouse.log" 2>&1 & pids+=($!)
for n in 1 2 3; do node "worker$n" $((base + n)); done
victim=${pids[-1]}
for port in $base $((base + 1)) $((base + 2)) $((base + 3)); do
  for _ in $(seq 300); do curl -fs "http://127.0.0.1:$port/health/ready" > /dev/null && break; sleep 0.2; done
done
"$trigger" pbm 127.0.0.1:$base cluster show
# Shards are given out within a second or two of the last node's coming up.
for _ in $(seq 100); do "$trigger" pbm 127.0.0.1:$base cluster-sharding shards devices | grep -q ' - ' || break; sleep 0.2; done

say "A job on all of them, and kill -9 of worker3 in the middle"
(sleep "${KILL_AFTER:-2}"; kill -9 "$victim"; printf '\n== worker3 is dead\n' >&2) &
code=0
"$trigger" run --cluster 127.0.0.1:$base --on all --parallel 100 -c 'show version' --json > "$D/results.json" || code=$?
say "$(wc -l < "$D/results.json") answers, $(grep -c '"ok":true' "$D/results.json") of them good; exit code $code"
"$trigger" pbm 127.0.0.1:$base job list
"$trigger" pbm 127.0.0.1:$base cluster show
[ "$(wc -l < "$D/results.json")" = $devices ] && [ "$code" = 0 ]
