using System.Text.Json;
using BackupOnline.Agent.Files;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>The record of one machine in a file, held by one driver at a time. A record that cannot be read counts as none: the next point is full.</summary>
internal sealed class HyperVRecordFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private HyperVRecordFile(string path, FileStream held, HyperVRecord record) => (_path, _lock, Record) = (path, held, record);

    public HyperVRecord Record { get; private set; }

    /// <exception cref="HypervisorException">Another driver holds the machine.</exception>
    public static HyperVRecordFile Open(string folder, MachineRef machine)
    {
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, $"{Epoch.Of(machine.StableId, 1).Machine}.json");
        FileStream held;
        try
        {
            held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new HypervisorException(HypervisorFault.Busy, "hyperv-point-open", $"{machine.Name}: another backup of this machine is under way", failure);
        }

        return new HyperVRecordFile(path, held, Read(path, machine.StableId) ?? new HyperVRecord { Machine = machine.StableId });
    }

    public void Write(HyperVRecord record)
    {
        Record = record;
        WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(record, HyperVJson.Default.HyperVRecord));
    }

    public void Dispose() => _lock.Dispose();

    private static HyperVRecord? Read(string path, string machine)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), HyperVJson.Default.HyperVRecord);
            return record?.Machine == machine ? record : null;
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}
