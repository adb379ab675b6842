namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>What our server offers to every client.</summary>
internal static class NbdOffer
{
    public const NbdTransmissionFlags Export = NbdTransmissionFlags.HasFlags | NbdTransmissionFlags.ReadOnly | NbdTransmissionFlags.CanMultiConnection;

    /// <summary>The one context: which parts are zero.</summary>
    public const string Allocation = "base:allocation";

    /// <summary>The id that we give it.</summary>
    public const uint AllocationId = 1;

    /// <summary>Its flags hole and zero.</summary>
    public const uint HoleAndZero = 3;

    /// <summary>Bytes of one request; what QEMU's own server allows.</summary>
    public const int MaxRequest = 32 << 20;

    /// <summary>Bytes of one option: names have at most 4096, and queries a handful.</summary>
    public const int MaxOption = 64 << 10;
}
