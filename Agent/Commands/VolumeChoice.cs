using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.PointFiles;

namespace BackupOnline.Agent.Commands;

/// <summary>A volume of a point that was asked for, and what is done with it.</summary>
internal static class VolumeChoice
{
    /// <summary>The named volume, or the only one that can be read.</summary>
    public static PointVolume Of(IReadOnlyList<PointVolume> volumes, string? name, string point)
    {
        if (name is null)
        {
            var readable = volumes.Where(volume => volume.CanBeRead).ToList();
            if (readable.Count > 1)
                throw new AgentStop(ExitCode.Fatal, VolumeSentences.Choose, readable.Count, point);
            name = readable.Count == 1 ? readable[0].Name : volumes[0].Name;
        }

        var chosen = volumes.FirstOrDefault(volume => volume.Name == name) ?? throw new AgentStop(ExitCode.Fatal, VolumeSentences.NoVolume, name, point);
        return chosen.CanBeRead
            ? chosen
            : throw new AgentStop(ExitCode.Fatal, VolumeSentences.NotReadable, chosen.Name, chosen.Kind ?? (object)VolumeSentences.Unknown);
    }

    /// <summary>Opens the volume as a file for the tool. What the repository could not give is told before what the tool made of it.</summary>
    public static async Task<T> UseAsync<T>(PointDisks disks, PointVolume volume, string path, TimeProvider time, Func<IVolumeTool, string, Task<T>> use, CancellationToken cancellation)
    {
        try
        {
            await using var view = await OpenAsync(disks, volume, time, cancellation);
            try
            {
                return await use(VolumeFiles.ToolFor(volume), view.File);
            }
            catch (VolumeException failure)
            {
                throw view.Failure ?? new AgentStop(ExitCode.Fatal, VolumeSentences.CannotRead, path, failure.Message);
            }
        }
        catch (ToolMissingException missing)
        {
            throw new AgentStop(ExitCode.Fatal, VolumeSentences.Missing, missing.Program, missing.Package);
        }
    }

    private static async Task<VolumeView> OpenAsync(PointDisks disks, PointVolume volume, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await VolumeView.OpenAsync(disks.Images[volume.Disk], volume.Part, time, cancellation);
        }
        catch (VolumeException failure)
        {
            throw new AgentStop(ExitCode.Fatal, VolumeSentences.CannotShow, failure.Message);
        }
    }
}
