using System.Text.Json;
using BackupOnline.Agent.Files;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>One file per machine: what is open on it. It holds a lock while a driver is at work, so that there is one driver per machine.</summary>
internal sealed class QemuJournal : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _file;

    private QemuJournal(FileStream held, string file) => (_lock, _file) = (held, file);

    /// <exception cref="HypervisorException">Busy: another driver is at work on this machine.</exception>
    public static QemuJournal Take(string folder, QemuMachine machine)
    {
        var name = Path.Join(folder, Epoch.Of(machine.Id, 1).Machine);
        FileStream held;
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(name + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException taken) when (taken is not DirectoryNotFoundException && File.Exists(name + ".lock"))
        {
            throw new HypervisorException(HypervisorFault.Busy, "machine-held", $"Another driver is at work on {machine.Name}; it may be tried again when that one has ended.", taken);
        }

        return new QemuJournal(held, name + ".json");
    }

    /// <summary>What the last driver left open; null when nothing.</summary>
    public QemuIntent? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(_file), QemuIntentJson.Default.QemuIntent);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Cut off before anything was done: it is renamed into place whole, so only a failing disk leaves that.
            return null;
        }
    }

    public void Write(QemuIntent intent) => WholeFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(intent, QemuIntentJson.Default.QemuIntent));

    public void Clear() => File.Delete(_file);

    public void Dispose() => _lock.Dispose();
}
