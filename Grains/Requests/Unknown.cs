using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Requests;

/// <summary>The answers for what does not exist: always the same, whether it never did or is somebody else's.</summary>
internal static class Unknown
{
    public static Refusal Tenant { get; } = Of("tenant");

    public static Refusal Vault { get; } = Of("vault");

    public static Refusal BackupSet { get; } = Of("set");

    public static Refusal Host { get; } = Of("host");

    public static Refusal Job { get; } = Of("job");

    public static Refusal Vm { get; } = Of("vm");

    public static Refusal Point { get; } = Of("point");

    public static Refusal Picture { get; } = Of("picture");

    public static Refusal Node { get; } = Of("node");

    public static Refusal Contract { get; } = Of("contract");

    public static Refusal Credential { get; } = Of("credential");

    public static Refusal Opening { get; } = Of("opening");

    public static Refusal AccessKey { get; } = Of("key");

    private static Refusal Of(string what) => Refusal.NotFound($"{what}-not-found", $"There is no such {what}. Check the name.");
}
