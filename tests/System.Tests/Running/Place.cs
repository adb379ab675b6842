namespace BackupOnline.SystemTests.Running;

/// <summary>
/// One of the few places that this machine has for whole services, shared by all runs of these tests on it: two checkouts that are tested side by side wait
/// for each other instead of starving each other's clusters. A place is a locked file, free again when its process ends, however that comes about.
/// </summary>
internal sealed class Place : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Places on this machine.</summary>
    public static readonly int Count = Math.Max(3, Environment.ProcessorCount + 1);

    private readonly FileStream held;

    private Place(FileStream held, int number) => (this.held, Number) = (held, number);

    /// <summary>From 0; nobody else has it meanwhile.</summary>
    public int Number { get; }

    public static async Task<Place> TakeAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"backuponline-places-{Environment.UserName}"));
        while (true)
        {
            for (var i = 0; i < Count; i++)
            {
                if (TryHold(Path.Combine(folder.FullName, $"{i}")) is { } held) return new(held, i);
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => held.Dispose();

    private static FileStream? TryHold(string file)
    {
        try
        {
            return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
