namespace BackupOnline.Agent.Files;

/// <summary>A file that is written whole or not at all, for its owner only.</summary>
internal static class WholeFile
{
    /// <summary>Durable before it takes the place of the old one; the mode is there from the first byte. The folder must exist.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var next = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(next);
        try
        {
            using (var stream = new FileStream(next, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }
}
