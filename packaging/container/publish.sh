#!/bin/sh
# What the image carries, both executables side by side: publish.sh FOLDER [arguments for dotnet publish]
set -eu
out=$1; shift
root=$(cd "$(dirname "$0")/../.." && pwd)
for project in src/Trigger.Cli/Trigger.Cli.csproj lighthouse/lighthouse.csproj; do
  dotnet publish "$root/$project" -c Release -o "$out" --nologo -v quiet -p:DebugType=none -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false "$@"
done
