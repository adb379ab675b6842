using System.Text.Json;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;

namespace BackupOnline.Engine.Tests.Snapshots;

public sealed class SnapshotEditTests
{
    [Fact]
    public async Task Restic_reads_the_changed_copy_with_every_field_as_it_was()
    {
        using var vault = new EngineVault();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), "text");
        await StockRestic.RunAsync(vault.Repository, "init");
        await StockRestic.RunAsync(vault.Repository, "backup", "--tag", "first", vault.Source);
        var before = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "snapshots", "--json")).RootElement[0];
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Engine.Repositories.Repository.OpenAsync(store, StockRestic.Password);
        var old = Assert.Single(await repository.SnapshotsAsync());

        var copy = await repository.SaveEditedSnapshotAsync(old, new SnapshotEdit { Tags = ["é", "<b>"] });
        await repository.RemoveSnapshotAsync(old.Id);
        var again = await repository.SaveEditedSnapshotAsync(copy, new SnapshotEdit { Tags = [] });
        await repository.RemoveSnapshotAsync(copy.Id);

        Assert.Equal(["é", "<b>"], copy.Tags!);
        Assert.Null(again.Tags);
        var after = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "snapshots", "--json")).RootElement[0];
        Assert.Equal(again.Id.ToString(), after.GetProperty("id").GetString());
        Assert.Equal(old.Id.ToString(), after.GetProperty("original").GetString());

        // The time to the nanosecond, too, of which this program keeps hundreds.
        foreach (var field in new[] { "time", "tree", "paths", "hostname", "username" })
            Assert.Equal(before.GetProperty(field).GetRawText(), after.GetProperty(field).GetRawText());
    }

    [Fact]
    public void A_field_of_another_client_stays() =>
        Assert.Equal(
            $$"""{"time":"2026-05-01T12:00:00.123456789+02:00","later":{"x":[1.50]},"original":"{{new string('a', 64)}}","tags":["t"]}""",
            System.Text.Encoding.UTF8.GetString(SnapshotEditor.Apply(
                System.Text.Encoding.UTF8.GetBytes($$"""{"time":"2026-05-01T12:00:00.123456789+02:00","later":{"x":[1.50]},"original":"{{new string('a', 64)}}"}"""),
                ObjectId.Of("another"u8),
                new SnapshotEdit { Tags = ["t"] })));
}
