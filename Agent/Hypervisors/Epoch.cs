namespace BackupOnline.Agent.Hypervisors;

/// <summary>Name of one round of change tracking: <c>bo-{machine}-{sequence}</c>, at most 64 characters of <c>[a-z0-9-]</c>. Recorded with the snapshot that it ends in.</summary>
internal readonly record struct Epoch
{
    public const string Prefix = "bo-";

    private Epoch(string machine, long sequence) => (Machine, Sequence) = (machine, sequence);

    /// <summary>First 12 hexadecimal digits of SHA-256 of the machine's stable id.</summary>
    public string Machine { get; }

    /// <summary>1 or more; grows with each point that is opened.</summary>
    public long Sequence { get; }

    public static Epoch Of(string stableId, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(stableId));
        return new Epoch(Convert.ToHexStringLower(digest)[..12], sequence);
    }

    /// <summary>Null for a name that is not one of ours.</summary>
    public static Epoch? Parse(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Split('-') is not [_, { Length: 12 } machine, var number])
            return null;
        return long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var sequence) && sequence >= 1
            && machine.All(char.IsAsciiHexDigitLower)
                ? new Epoch(machine, sequence)
                : null;
    }

    public bool IsOf(string stableId) => this == Of(stableId, Sequence);

    public Epoch Next() => new(Machine, Sequence + 1);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{Machine}-{Sequence}");
}
