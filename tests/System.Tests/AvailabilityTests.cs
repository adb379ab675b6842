using System.Globalization;
using System.Text.Json.Nodes;
using BackupOnline.SystemTests.Running;

namespace BackupOnline.SystemTests;

/// <summary>Probes from the door's process through the shelf to the month that the customer reads; everything is a real process.</summary>
public sealed class AvailabilityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(7);

    [Fact]
    public async Task A_killed_shelf_is_down_by_the_minute_comes_back_up_and_a_door_that_does_not_probe_is_no_hundred_percent()
    {
        await using var service = await Service.CreateAsync();
        service.Settings["BACKUPONLINE_PROBE_PERIOD"] = "5";
        service.Settings["BACKUPONLINE_PROBE_TIMEOUT"] = "5";
        service.Settings["Availability__JudgeAfter"] = "00:00:20";
        service.StartSilo();
        service.StartDoor();
        await service.ReadyAsync();
        var tenant = await service.Door.MakeTenantAsync();

        // Nothing is owed before the second minute, and what is judged comes some minutes later: the probers' rows come at once.
        await UntilAsync("probes arrive", now => now["probers"]!.AsArray().Count == 1 && now["vaults"]!.AsArray().Count == 0);
        await UntilMonthAsync("minutes are up", month => (int)month["upMinutes"]! >= 1);
        Assert.Equal(0, (int)(await MonthAsync())["downMinutes"]!);

        service.KillSilo();
        var killedAt = TimeProvider.System.GetUtcNow();
        await WaitAsync(killedAt.AddMinutes(1.2));
        service.StartSilo();
        await service.ReadyAsync();

        await UntilMonthAsync("the outage is told", month => Failed(month).Count > 0);
        await UntilMonthAsync("minutes are up again", month =>
            Failed(month) is [var outage, ..] && (int)month["upMinutes"]! >= 3
            && DateTimeOffset.Parse((string)month["judgedUntil"]!, CultureInfo.InvariantCulture) > DateTimeOffset.Parse((string)outage["end"]!, CultureInfo.InvariantCulture));
        var after = await MonthAsync();
        var down = Failed(after)[0];
        Assert.Equal("ours", (string)down["cause"]!);
        Assert.Equal("main", (string)down["vaults"]![0]!);
        Assert.True(DateTimeOffset.Parse((string)down["start"]!, CultureInfo.InvariantCulture) <= killedAt.AddMinutes(1));
        Assert.True((decimal)after["availabilityPercent"]! < 100);

        // The operator says why; a customer could not.
        await service.Door.PostAsync($"/tenants/{tenant}/availability/corrections",
            new { from = (string)down["start"]!, until = (string)down["end"]!, cause = "forceMajeure", declared = false, reason = "flood" });
        Assert.True((int)(await MonthAsync())["forceMajeureMinutes"]! >= (int)down["minutes"]!);

        // Without a prober nothing is up.
        await service.StopDoorAsync();
        service.Settings["BACKUPONLINE_PROBE"] = "off";
        service.StartDoor();
        await service.ReadyAsync();
        await UntilMonthAsync("unprobed minutes are down", month => (int)month["unprobedMinutes"]! >= 1);
        await UntilAsync("the operator sees it", now => now["vaults"]!.AsArray() is [var vault] && vault!["outcome"] is null);

        async Task<JsonNode> MonthAsync() =>
            await service.Door.GetAsync($"/tenants/{tenant}/availability/{TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM", CultureInfo.InvariantCulture)}");

        Task UntilMonthAsync(string what, Func<JsonNode, bool> holds) => Until.TrueAsync(what, Patience, async () => holds(await MonthAsync()), service.Evidence);

        Task UntilAsync(string what, Func<JsonNode, bool> holds) =>
            Until.TrueAsync(what, Patience, async () => holds(await service.Door.GetAsync("/availability/now")), service.Evidence);
    }

    private static List<JsonNode> Failed(JsonNode month) =>
        [.. month["outages"]!.AsArray().Where(outage => !(bool)outage!["unprobed"]! && outage["outcomes"]!.AsArray().Any(o => (string)o! is "connect" or "timeout" or "status" or "credential")).Select(outage => outage!)];

    private static Task WaitAsync(DateTimeOffset until) =>
        until - TimeProvider.System.GetUtcNow() is var left && left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System) : Task.CompletedTask;
}
