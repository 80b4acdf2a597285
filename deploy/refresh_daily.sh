#!/bin/sh
# Builds the record now and once a day, each time after the official sources were read. A refresh only proposes changes of
# the record, and a build that is refused leaves what is published; both say why, and the next day comes.
set -u
every="${JCM_REFRESH_SECONDS:-86400}"
trap 'kill "${waiting:-}" 2>/dev/null; exit 0' TERM INT
while :; do
  python -m etl build || echo "build: exit code $?"
  sleep "$every" & waiting=$!
  wait "$waiting"
  python -m etl refresh || echo "refresh: exit code $?"
done
