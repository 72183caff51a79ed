#!/usr/bin/env bash
# Start-up and streaming of the command line: 100 names, a CSV of 1,000,000 rows, a registry of 1,000,000 names and a text of
# 1 GB, with time and peak memory.
# Needs GNU time (/usr/bin/time). Run after `cargo build --release`.
set -euo pipefail
cd "$(dirname "$0")/.."
atau=target/release/atau
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The registered names, as they are, in capitals and with no-break spaces, which are exact or fold.
"$atau" registry convert builtin --to jsonl 2>"$work/losses" | grep -o '"text":"[^"\\]*"' | sed 's/"text":"//; s/"$//' > "$work/names"
head -100 "$work/names" > "$work/hundred"
awk -v OFS=, 'BEGIN { print "id,name,note" }
  { names[NR] = $0 }
  END { srand(7); for (i = 1; i <= 1000000; i++) {
      n = names[int(rand() * NR) + 1]; gsub(/"/, "\"\"", n)
      if (i % 7 == 0) gsub(/ /, "\302\240", n)
      print i, "\"" n "\"", "a note" } }' "$work/names" > "$work/million.csv"

measure() { /usr/bin/time -f "%e s, %M KB" "$@" 2>&1 >"$work/out" | tail -1; }

for run in 1 2 3; do
  echo "100 names: $(measure "$atau" resolve --quiet "$work/hundred")"
done
for run in 1 2 3; do
  echo "1,000,000 rows: $(measure "$atau" resolve --quiet --column name "$work/million.csv" -o "$work/resolved.csv")"
done
echo "1,000,000 rows on two threads: $(measure "$atau" resolve --quiet --jobs 2 --column name "$work/million.csv" -o "$work/resolved2.csv")"
cmp "$work/resolved.csv" "$work/resolved2.csv" && echo "the same answers in the same order"

# 20,000 names romanised and misspelt, over a registry of 1,000,000 invented names, on one thread and on two.
scale() { cargo bench --quiet --bench scale -- "$@"; }
entities=$(scale write 1000000 "$work/large.csv" | cut -f2)
echo "a registry of 1,000,000 names built: $(measure "$atau" registry build --quiet "$work/large.csv" -o "$work/large.atau")"
rm "$work/large.csv"
scale queries "$entities" 20000 > "$work/queries"
for jobs in 1 2 1 2; do
  echo "20,000 names of it, --jobs $jobs: $(measure "$atau" resolve --quiet --jobs "$jobs" --registry "$work/large.atau" "$work/queries" -o "$work/found$jobs.csv")"
done
cmp "$work/found1.csv" "$work/found2.csv" && echo "the same answers in the same order"
rm "$work/large.atau"

# A text of 1 GB, of the registered names.
grep -v '[A-Za-z]' "$work/names" | awk '{ n[NR] = $0 } END { srand(7)
  while (size < 20000000) { line = tolower(n[int(rand() * NR) + 1]) " " n[int(rand() * NR) + 1] "."; size += 2 * length(line); print line } }' > "$work/part"
while [ "$(stat -c %s "$work/text" 2>/dev/null || echo 0)" -lt 1000000000 ]; do cat "$work/part" >> "$work/text"; done
for scheme in rus-iso-9-1995 rus-bgnpcgn-1947 rus-wikipedia kaz-arab-tote; do
  echo "$(stat -c %s "$work/text") bytes by $scheme: $(/usr/bin/time -f "%e s, %M KB" "$atau" translit --scheme "$scheme" "$work/text" 2>&1 >/dev/null | tail -1)"
done
