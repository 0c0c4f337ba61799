#!/bin/sh
# Makes the trial's secrets beside this file, once: a password, the cluster's key, and a certificate that nobody but this trial trusts. git ignores them.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets
# No line end: a secret generator takes a file as it is.
[ -s postgres-password ] || openssl rand -hex 24 | tr -d '\n' > postgres-password
[ -s cluster.key ] || openssl rand 32 > cluster.key
[ -s tls.crt ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=trigger-trial \
  -addext 'subjectAltName=DNS:trigger,DNS:*.trigger-nodes,DNS:localhost,IP:127.0.0.1' -keyout tls.key -out tls.crt 2> /dev/null
