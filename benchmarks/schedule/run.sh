# Crowds of schedules due at one instant: ours, Quartz.NET and Hangfire over the same PostgreSQL, each firing a real grain. Sourced by scripts/bench.sh. See docs/schedules.md.

cd "$ROOT"
dotnet build benchmarks/schedule/Schedule.csproj -c "$CONFIGURATION" -v quiet -nologo >&2
dotnet "benchmarks/schedule/bin/$CONFIGURATION/net10.0/BackupOnline.Schedule.dll" --rounds "${BACKUPONLINE_ROUNDS:-3}"
