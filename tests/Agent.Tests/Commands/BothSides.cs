using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>A repository with two snapshots of a changing source, one written by us and one by stock restic; and both programs to ask the same of it.</summary>
public sealed class BothSides : IDisposable
{
    public Machine Machine { get; } = new Machine().WithRepository();

    public string Ours { get; private set; } = "";

    public string Theirs { get; private set; } = "";

    /// <summary>Files of one and of several blobs, equal ones, empty ones, hard links, symlinks, odd names.</summary>
    public async Task<BothSides> FillAsync()
    {
        Machine.WithSource(files: 12);
        var random = new Random(7);
        var large = new byte[5 << 20];
        random.NextBytes(large);
        await File.WriteAllBytesAsync(Machine.PathOf("source/large"), large);
        Machine.Write("source/text/readme.txt", new string('a', 100_000));
        Machine.Write("source/text/copy of readme.txt", new string('a', 100_000));
        Machine.Write("source/text/Ünïcode <&> \"quoted\".TXT", "odd");
        Machine.Write("source/empty", "");
        Machine.Write("source/gone/file", "it goes away");
        File.CreateSymbolicLink(Machine.PathOf("source/link"), "text/readme.txt");
        (await Machine.RunProgramAsync("ln", [Machine.PathOf("source/large"), Machine.PathOf("source/hard link")])).ShouldEndWith(0);
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        Ours = (await Machine.RunAsync("backup", "--json", "-H", "host", "--tag", "ours", Machine.Source)).ShouldEndWith(0).Summary.GetProperty("snapshot_id").GetString()!;

        Directory.Delete(Machine.PathOf("source/gone"), recursive: true);
        Machine.Write("source/text/readme.txt", "changed");
        Machine.Write("source/new/file", "it is new");
        Machine.Write("source/new/other", new string('b', 700_000));
        File.SetUnixFileMode(Machine.PathOf("source/folder1/file1"), UnixFileMode.UserRead);
        var theirs = (await Machine.ResticAsync("-r", Machine.Repository, "backup", "--json", "--host", "host", "--tag", "theirs", Machine.Source)).ShouldEndWith(0).Summary;
        var known = JsonDocument.Parse((await Machine.RunAsync("snapshots", "--json", "--tag", "theirs")).ShouldEndWith(0).Output).RootElement;
        Theirs = known[0].GetProperty("id").GetString()!;
        Assert.StartsWith(theirs.GetProperty("snapshot_id").GetString()!, Theirs);
        return this;
    }

    /// <summary>Asks both the same; gives what ours and theirs printed.</summary>
    public async Task<(string Ours, string Theirs)> AskAsync(params string[] arguments)
    {
        var ours = (await Machine.RunAsync(arguments)).ShouldEndWith(0);
        var theirs = (await Machine.ResticAsync(["-r", Machine.Repository, .. arguments])).ShouldEndWith(0);
        return (ours.Output, theirs.Output);
    }

    /// <summary>Fails unless everything in the expected JSON is in the actual one, with the same value and in the same order. More fields are allowed.</summary>
    public static void ShouldHold(JsonElement expected, JsonElement actual, string at = "$")
    {
        Assert.True(expected.ValueKind == actual.ValueKind, $"{at}: {expected} and {actual}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(field.Name, out var value), $"{at}.{field.Name} is missing");
                    ShouldHold(field.Value, value, $"{at}.{field.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{at}: {expected.GetArrayLength()} and {actual.GetArrayLength()} elements");
                for (var i = 0; i < expected.GetArrayLength(); i++)
                    ShouldHold(expected[i], actual[i], $"{at}[{i}]");
                break;
            case JsonValueKind.String when DateTimeOffset.TryParse(expected.GetString(), out var moment):
                Assert.True(DateTimeOffset.TryParse(actual.GetString(), out var other) && moment == other, $"{at}: {expected} and {actual}");
                break;
            default:
                Assert.True(expected.ToString() == actual.ToString(), $"{at}: {expected} and {actual}");
                break;
        }
    }

    public void Dispose() => Machine.Dispose();
}
