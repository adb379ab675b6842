namespace BackupOnline.Agent.Tests.Running;

/// <summary>Marks classes that boot emulated guests again and again: scripts/bench.sh guests runs them, scripts/test.sh does not.</summary>
internal static class Pace
{
    public const string Trait = "pace";

    public const string Long = "long";
}
