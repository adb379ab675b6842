using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Sources;

/// <summary>What is backed up instead of files: standard input, or what a command prints.</summary>
/// <param name="Path">Where it stands in the snapshot.</param>
/// <param name="Command">The program and its arguments; null: standard input.</param>
internal sealed record StreamSource(RawPath Path, IReadOnlyList<string>? Command)
{
    public Stream Open() => Command is null ? StandardStreams.OpenInput() : CommandOutput.Start(Command);
}
