#!/bin/bash
# Installs the tests' real devices, builds, and runs every test. As root, or with sudo. The last line is "N passed, N failed".
set -u
cd "$(dirname "$0")"

if [ "$(id -u)" -ne 0 ]; then
  exec sudo --preserve-env=PATH,DOTNET_ROOT,HOME "$0" "$@"
fi

bash tests/lab.sh packages || { echo "The packages of the tests' devices could not be installed."; echo "0 passed, 1 failed"; exit 1; }

results=$(mktemp -d)
lab=$(mktemp -d /tmp/trigger-lab.XXXXXX)
trap 'bash tests/lab.sh down "$lab" > /dev/null 2>&1; rm -rf "$results"' EXIT
bash tests/lab.sh up "$lab" > "$results/lab.log" 2>&1 || { cat "$results/lab.log"; echo "0 passed, 1 failed"; exit 1; }

dotnet build Trigger.Actors.sln -c Release --nologo -v quiet || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
# One suite after the other: side by side they starve each other's nodes of the processor until those lose their leases.
status=0
for suite in Tests Scenarios; do
  TRIGGER_LAB=$lab dotnet test tests/Trigger.$suite/Trigger.$suite.csproj -c Release --no-build --nologo --logger trx --results-directory "$results" "$@" || status=1
done

count() { cat "$results"/*.trx 2> /dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{n += $1} END {print n + 0}'; }
passed=$(count passed); failed=$(count failed); total=$(count total); executed=$(count executed)
skipped=$((total - executed))
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
