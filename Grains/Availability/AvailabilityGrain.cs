using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Availability;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Availability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BackupOnline.Grains.Availability;

/// <summary>Hears the probers. Months, seals and corrections stand in files of their own.</summary>
internal sealed partial class AvailabilityGrain(
    IGrainContext context,
    [PersistentState(StateNames.Availability, RecordedStorage.Name)] IPersistentState<AvailabilityState> store,
    ProbeLedger ledger,
    SealedAvailability seals,
    IOptions<AvailabilityOptions> options,
    TimeProvider clock,
    ILogger<AvailabilityGrain> logger) : RecordedGrain<AvailabilityState, KeptCorrections>(store, clock), IAvailabilityGrain, IScheduledGrain
{
    private const int MostResults = 2000;

    private const int SlowestResult = 600_000;

    /// <summary>A prober's clock may be ahead of ours by so much.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[options.Value.TimeZone];

    private readonly Dictionary<string, MinuteAlarm> alarms = new(StringComparer.Ordinal);

    private HashSet<string> vaults = new(StringComparer.Ordinal);

    private AvailabilityKey Key { get; } = AvailabilityKey.Parse(context.GrainId.Key.ToString()!);

    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (Exists) return;
        Begin();
        await SaveAsync();
    }

    public async Task<Reply<ProbeReceipt>> ReportAsync(ReportProbes request, CancellationToken cancellation)
    {
        if (CheckReport(request) is { } wrong) return wrong;

        if (request.Results.Any(result => !vaults.Contains(result.Vault)))
            vaults = (await ledger.VaultsAsync(Key.Tenant, cancellation)).Select(vault => vault.Name).ToHashSet(StringComparer.Ordinal);
        var known = request.Results.Where(result => vaults.Contains(result.Vault)).ToList();
        var timely = known.Where(result => !IsTooLate(result.Minute)).ToList();

        // A suspended tenant's minutes say nothing: they are neither good nor bad.
        var telling = timely.Where(result => result.Outcome != ProbeOutcome.Suspended).ToList();
        if (telling.Count > 0)
        {
            await ledger.TakeAsync(Key.Tenant, request.Prober, ProbeRuns.Of(telling), cancellation);
            await RaiseAlarmsAsync(request.Prober, telling);
        }

        return Reply<ProbeReceipt>.Done(
            new() { Taken = timely.Count, TooLate = known.Count - timely.Count, UnknownVault = request.Results.Length - known.Count });
    }

    protected override KeptCorrections ToView(long version) => new([.. State.Corrections]);

    private void Begin()
    {
        State.BeganAt = Now;
        State.NextMonth = MonthText.Format(CivilMonth.Of(Instant.FromDateTimeOffset(Now), zone));
        ScheduleSeal();
    }

    private bool IsTooLate(DateTimeOffset minute) =>
        Now - minute > options.Value.OldestResult
        || (Exists && CivilMonth.Of(Instant.FromDateTimeOffset(minute), zone) is var month && month.CompareTo(MonthText.Parse(State.NextMonth)!.Value) < 0 && minute >= State.BeganAt);

    private Refusal? CheckReport(ReportProbes request) =>
        Check.Name(request.Prober, "prober")
        ?? Check.That(request.Results.Length is >= 1 and <= MostResults, "results-invalid", $"A report has 1 to {MostResults} results.")
        ?? request.Results.Select(CheckResult).FirstOrDefault(wrong => wrong is not null);

    private Refusal? CheckResult(ProbeResult result) =>
        Check.Name(result.Vault, "vault")
        ?? Check.Known(result.Outcome, "outcome")
        ?? Check.That(MinuteRule.IsWhole(Instant.FromDateTimeOffset(result.Minute)), "minute-invalid", "A minute is given by its first instant.")
        ?? Check.That(result.Minute <= Now + Tolerance, "minute-in-future", "The minute has not begun. Set the prober's clock right.")
        ?? Check.That(result.Milliseconds is >= 0 and <= SlowestResult, "milliseconds-invalid", $"A probe took 0 to {SlowestResult} ms.")
        ?? (result.Detail is null ? null : Check.Text(result.Detail, "detail", 0, 200));

    private async Task RaiseAlarmsAsync(string prober, List<ProbeResult> results)
    {
        var caller = new Caller { Operation = "probe", Actor = $"prober:{prober}" };
        var changed = !Exists;
        if (changed) Begin();
        foreach (var minute in results.GroupBy(result => (result.Vault, result.Minute)).OrderBy(group => group.Key.Minute))
        {
            var before = alarms.GetValueOrDefault(minute.Key.Vault, MinuteAlarm.Quiet with { IsDown = State.Down.ContainsKey(minute.Key.Vault) });
            var worst = minute.MaxBy(result => result.Outcome)!;
            var after = MinuteAlarmRule.Hear(before, MinuteRule.Number(Instant.FromDateTimeOffset(minute.Key.Minute)), worst.Outcome != ProbeOutcome.Good, options.Value.AlarmMinutes);
            alarms[minute.Key.Vault] = after;
            if (after.IsDown == before.IsDown) continue;
            changed = true;
            if (after.IsDown) RaiseAlarm(caller, worst);
            else EndAlarm(caller, worst);
        }

        if (changed) await SaveAsync();
    }

    private void RaiseAlarm(Caller caller, ProbeResult result)
    {
        var word = ProbeWords.Word(result.Outcome);
        State.Down[result.Vault] = new(result.Minute, word);
        Note(Key.Tenant, "availability.down", caller,
            ("vault", result.Vault), ("minute", Text(result.Minute)), ("outcome", word), ("detail", result.Detail), ("advice", ProbeWords.Advice(result.Outcome)));
        LogDown(Key, result.Vault, word, result.Detail);
    }

    private void EndAlarm(Caller caller, ProbeResult result)
    {
        State.Down.Remove(result.Vault, out var down);
        Note(Key.Tenant, "availability.up", caller, ("vault", result.Vault), ("minute", Text(result.Minute)), ("raisedFor", down is null ? null : Text(down.RaisedFor)));
        LogUp(Key, result.Vault);
    }

    private static string Text(DateTimeOffset minute) => minute.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
