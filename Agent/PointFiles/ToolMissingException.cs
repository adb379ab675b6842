namespace BackupOnline.Agent.PointFiles;

/// <summary>A program that is needed is not installed.</summary>
internal sealed class ToolMissingException(string program, string package) : Exception($"{program} is missing")
{
    public string Program { get; } = program;

    /// <summary>Of Debian and Ubuntu.</summary>
    public string Package { get; } = package;
}
