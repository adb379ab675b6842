namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A job that ends after some looks; its work is done at its end, and its result is then associated with it.</summary>
internal sealed class SimulatedJob(int looks, Func<Task<string?>> work)
{
    public int Looks { get; set; } = looks;

    public Func<Task<string?>> Work { get; } = work;

    public string? Result { get; set; }

    public bool IsDone { get; set; }

    public (uint Code, string Text, int State)? Failure { get; set; }

    public bool Vanishes { get; init; }
}
