using System.Reflection;
using System.Runtime.InteropServices;

namespace BackupOnline.Agent;

/// <summary>What this program is.</summary>
internal static class Product
{
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What the door is told about this agent; at most 100 characters each.</summary>
    public static IReadOnlyList<string> Capabilities { get; } =
        [.. new[] { "agent " + Version, RuntimeInformation.OSDescription, RuntimeInformation.RuntimeIdentifier, "backup", "restore", "check" }.Select(text => text.Length > 100 ? text[..100] : text)];
}
