#!/bin/bash
# Installs what is missing (libssh), builds, and runs a job across 200 pretend devices of many platforms, some of which fail in every way that devices fail. Stops all it started.
set -eu
cd "$(dirname "$0")"

if ! ldconfig -p | grep -q 'libssh\.so\.4'; then
  echo "Installing libssh …"
  asroot=; [ "$(id -u)" -eq 0 ] || asroot=sudo
  $asroot apt-get update -qq
  $asroot env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libssh-4 > /dev/null
fi

echo "Building …"
dotnet build src/Trigger.Cli/Trigger.Cli.csproj -c Release --nologo -v quiet
trigger=artifacts/bin/Trigger.Cli/release/trigger

work=$(mktemp -d)
lab=
stop() { [ -z "$lab" ] || kill "$lab" 2> /dev/null || true; [ -z "$lab" ] || wait "$lab" 2> /dev/null || true; rm -rf "$work"; }
trap stop EXIT

echo "Starting 200 pretend devices …"
mkfifo "$work/ready"
$trigger lab --devices 200 --faults --inventory "$work/lab.csv" > "$work/ready" &
lab=$!
read -r line < "$work/ready"
[ "$line" = ready ] || { echo "The lab did not start: $line"; exit 1; }

state=${TRIGGER_DEMO_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/trigger-demo}
echo "\$ trigger run --inventory lab.csv --on all -c 'show version'"
set +e
TRIGGER_USERNAME=lab TRIGGER_PASSWORD=lab TRIGGER_ENABLEPW=lab $trigger run --inventory "$work/lab.csv" --known-hosts "$work/known_hosts" --accept-new --on all \
  -c 'show version' --login-timeout 8 --timeout 5 --parallel 200 --state "$state"
code=$?
set -e
echo "(exit code $code: some of these devices fail on purpose)"
echo "Next: trigger is $trigger; README.md tells the rest."
[ "$code" -eq 1 ]
