namespace BackupOnline.Agent.PointFiles;

/// <summary>Reads files of one kind of file system through a program that is made for it, from a file or device and without mounting. Paths are absolute, with slashes.</summary>
internal interface IVolumeTool
{
    /// <exception cref="VolumeException">There is no such folder, or the file system is damaged.</exception>
    /// <exception cref="ToolMissingException">The program is not installed.</exception>
    Task<IReadOnlyList<PointFile>> ListAsync(string volume, string folder, CancellationToken cancellation);

    /// <summary>Writes the content of a file.</summary>
    /// <exception cref="VolumeException">It cannot be read.</exception>
    /// <exception cref="ToolMissingException">The program is not installed.</exception>
    Task CopyAsync(string volume, string file, Stream output, CancellationToken cancellation);
}
