namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>How the test guest is set up.</summary>
internal sealed record GuestOptions
{
    /// <summary>What the kernel is told; the timer's check fails on a machine that is loaded.</summary>
    public const string KernelLine = "console=ttyS0 quiet panic=-1 no_timer_check lpj=4000000 mitigations=off";

    public string Format { get; init; } = "qcow2";

    /// <summary>MiB of the raw disk; the ring takes the first 8.</summary>
    public int RingSize { get; init; } = 32;

    public bool WithAgent { get; init; } = true;

    public bool FreezeHooks { get; init; } = true;

    /// <summary>Microseconds that the writer rests between two numbers; without a rest it takes a whole core.</summary>
    public int WriterPause { get; init; } = 2000;
}
