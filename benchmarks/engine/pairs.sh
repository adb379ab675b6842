# Runs ours and a peer by turns and writes the ratios. Sourced by run.sh.

# cost COMMAND...: "cpu wall peak": seconds of processor time (user and system), seconds, MiB. A command that fails ends the campaign.
cost() {
  /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; fail "failed: $*"; }
  tail -1 "$work/time" | awk '{printf "%.2f %.2f %.0f", $1 + $2, $3, $4 / 1024}'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# pair CORPUS OPERATION PREPARE OURS THEIRS [PREPARE_EACH]: one line of the table. PREPARE comes before a pair, PREPARE_EACH before either of the two.
pair() {
  local corpus="$1" operation="$2" prepare="$3" ours="$4" theirs="$5" prepare_each="${6:-:}"
  : >"$work/figures"
  for _ in $(seq "$pairs"); do
    eval "$prepare"
    local a b
    eval "$prepare_each"
    a="$(eval "cost $ours")"
    eval "$prepare_each"
    b="$(eval "cost $theirs")"
    printf '%s %s\n' "$a" "$b" >>"$work/figures"
  done
  column() { awk "{ print ($1) }" "$work/figures" | median; }
  printf '| %s | %s | %.2f | %.2f | **%.2f** | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f |\n' "$corpus" "$operation" \
    "$(column '$1')" "$(column '$4')" "$(column '$4 / ($1 > 0 ? $1 : 0.01)')" \
    "$(column '$2')" "$(column '$5')" "$(column '$5 / ($2 > 0 ? $2 : 0.01)')" \
    "$(column '$3')" "$(column '$6')" "$(column '$3 / $6')"
}

# alone CORPUS OPERATION PREPARE COMMAND: a figure beside the pairs, median of three.
alone() {
  local corpus="$1" operation="$2" prepare="$3" command="$4"
  : >"$work/figures"
  for _ in 1 2 3; do
    eval "$prepare"
    printf '%s\n' "$(eval "cost $command")" >>"$work/figures"
  done
  column() { awk "{ print ($1) }" "$work/figures" | median; }
  printf '| %s | %s | %.2f | %.2f | %.0f |\n' "$corpus" "$operation" "$(column '$1')" "$(column '$2')" "$(column '$3')"
}
