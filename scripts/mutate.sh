#!/usr/bin/env bash
# Judges the tests of Rules: every line covered, and the share of planted faults (mutants) that some test notices. Minutes to an hour on two cores.
# Arguments go to Stryker, such as: -m '**/Traffic/*.cs'. The report lies under artifacts/mutation; docs/quality.md tells the last full score.
set -euo pipefail
. "$(dirname "$0")/lib/machine.sh"

need_dotnet
cd "$ROOT"
dotnet tool restore >&2
cd tests/Rules.Tests
export BACKUPONLINE_CONTRACTS="${BACKUPONLINE_CONTRACTS:-6}"
exec dotnet stryker --skip-version-check -O "$ROOT/artifacts/mutation" "$@"
