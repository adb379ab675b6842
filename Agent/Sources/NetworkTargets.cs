using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Sources;

/// <summary>Contract, article 3: network drives, shared drives and data hosted elsewhere are not eligible.</summary>
internal static class NetworkTargets
{
    public static void Refuse(IEnumerable<RawPath> targets, MountTable mounts)
    {
        foreach (var target in targets)
        {
            var shown = target.ToString();
            if (OperatingSystem.IsWindows())
                RefuseDrive(shown);
            else if (mounts.Find(RawPath.FromText(RealPath.Of(shown))) is { Kind: FileSystemKind.Network } mount)
                throw new AgentStop(ExitCode.Fatal, RunSentences.NetworkTarget, shown, mount.Type, mount.Point);
        }
    }

    private static void RefuseDrive(string target)
    {
        var root = Path.GetPathRoot(Path.GetFullPath(target)) ?? "";
        var isShare = root.StartsWith(@"\\", StringComparison.Ordinal) && !root.StartsWith(@"\\?\", StringComparison.Ordinal) && !root.StartsWith(@"\\.\", StringComparison.Ordinal);
        if (isShare || (root.Length > 0 && char.IsAsciiLetter(root[0]) && new DriveInfo(root).DriveType == DriveType.Network))
            throw new AgentStop(ExitCode.Fatal, RunSentences.NetworkTarget, target, isShare ? "UNC" : "network drive", root);
    }
}
