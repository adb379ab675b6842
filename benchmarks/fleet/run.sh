# A simulated year of 200 tenants: naive, paced and offline bound over the same demand. Sourced by scripts/bench.sh. See docs/pacing.md.

cd "$ROOT"
dotnet build benchmarks/fleet/Fleet.csproj -c "$CONFIGURATION" -v quiet -nologo >&2
dotnet "benchmarks/fleet/bin/$CONFIGURATION/net10.0/BackupOnline.Fleet.dll" --picture docs/pictures/fleet.svg
