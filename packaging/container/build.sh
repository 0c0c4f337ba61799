#!/bin/sh
# Builds the image without Docker, podman or a registry: build.sh ARCHIVE. As root, with debootstrap, python3 and the .NET SDK.
# A Debian of its own with libssh and git, and over it trigger with its own runtime. ARCHIVE is an OCI image layout in a tar, which docker load, podman load,
# skopeo, ctr images import and kind load image-archive take.
set -eu
archive=${1:?which archive?}
here=$(cd "$(dirname "$0")" && pwd)
name=${IMAGE:-trigger-actors:0.1.0}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
mkdir -p "$work/app/opt/trigger" "$work/app/var/lib/trigger"

case $(uname -m) in
  x86_64) machine=x64 architecture=amd64 ;;
  aarch64) machine=arm64 architecture=arm64 ;;
  *) echo "There is no .NET here for $(uname -m)." >&2; exit 1 ;;
esac

"$here/publish.sh" "$work/app/opt/trigger" -r "linux-$machine" --self-contained
chown -R 0:0 "$work/app"
chown 10001:10001 "$work/app/var/lib/trigger"

debootstrap --variant=minbase --include=ca-certificates,git,libssh-4 "$suite" "$work/base" "$mirror" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
base=$work/base
echo 'trigger:x:10001:10001::/var/lib/trigger:/usr/sbin/nologin' >> "$base/etc/passwd"
echo 'trigger:x:10001:' >> "$base/etc/group"
rm -rf --one-file-system "$base"/var/cache/apt/* "$base"/var/lib/apt/lists/* "$base"/var/log/* "$base"/usr/share/doc/* "$base"/usr/share/man/* "$base"/usr/share/locale/* "$base"/dev/* "$base"/proc/* "$base"/sys/*

for layer in base app; do
  # Sorted and without times, so that the same content is the same layer.
  tar -C "$work/$layer" --sort=name --mtime=@0 --numeric-owner -cf "$work/$layer.tar" .
done
python3 "$here/oci.py" "$archive" "$name" "$architecture" "$work/base.tar" "$work/app.tar"
