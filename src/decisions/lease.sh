#!/bin/sh
# Checks lease.pml whole, and broken on purpose: a variant that must fail and does not means that the model has lost its teeth. Needs spin and gcc; prints a line for each, ends with 0 if all are as
# they should be.
set -eu
model=$(cd "$(dirname "$0")" && pwd)/lease.pml
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
status=0
check() { # expectation, claim or "-" for the assertions alone, name, defines
  expected=$1; claim=$2; name=$3; shift 3
  spin -a "$@" "$model" > spin.txt 2>&1 || { cat spin.txt; exit 2; }
  if [ "$claim" = - ]; then only=-DNOCLAIM; run=; else only=; run="-N $claim"; fi
  # shellcheck disable=SC2086
  gcc -O1 -w -DCOLLAPSE -DMEMLIM=3000 -DSAFETY $only -o pan pan.c
  # shellcheck disable=SC2086
  ./pan -m200000 $run > pan.txt 2>&1 || true
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.txt); states=$(awk '/states, stored/ { print $1; exit }' pan.txt)
  grep -q -E 'too small|out of memory' pan.txt && { echo "UNFINISHED  $name"; status=1; return; }
  if [ "$errors" = 0 ]; then found=holds; else found=broken; fi
  [ "$found" = "$expected" ] || status=1
  [ "$found" = "$expected" ] && echo "as expected: $found  $name ($states states)" || echo "NOT AS EXPECTED: $found  $name ($states states)"
}

check holds  one_trusts_itself    "no two nodes trust themselves with the shard"
check holds  an_owner_is_a_member "only members own the shard"
check holds  -                    "no write under an old epoch is accepted"
check broken one_trusts_itself    "a deadline that counts from the answer" -DFROM_ANSWER -DTRUST=3 -DTICKS=6
check broken one_trusts_itself    "an observer that waits one tick too few" -DWAIT=1
check broken one_trusts_itself    "a take-over that does not look at the beat again" -DNO_SECOND_LOOK
check broken one_trusts_itself    "a new coordinator that counts its predecessor's wait" -DINHERIT
check broken one_trusts_itself    "a join that is asked again and does not raise the beat" -DSILENT_JOIN -DMOST_QUESTIONS=2
check broken an_owner_is_a_member "an acquisition that does not look whether the node is a member" -DNO_MEMBER_CHECK
check broken -                    "a journal without the fence" -DNO_FENCE
exit $status
