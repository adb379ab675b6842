using System.Diagnostics.CodeAnalysis;

namespace BackupOnline.Grains.Interfaces.Replies;

/// <summary>What a grain answers: a value or an expected refusal. Exceptions are left for bugs and broken infrastructure.</summary>
[GenerateSerializer, Immutable, Alias("bo.reply`1")]
public sealed record Reply<T>
    where T : class
{
    [Id(0)] public T? Value { get; private init; }

    [Id(1)] public Refusal? Refusal { get; private init; }

    /// <summary>False when the command had been carried out before under the same operation id.</summary>
    [Id(2)] public bool IsFirst { get; private init; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>Carried out now.</summary>
    public static Reply<T> Done(T value) => new() { Value = value, IsFirst = true };

    /// <summary>Carried out before, under the same operation id; nothing changed now.</summary>
    public static Reply<T> Repeated(T value) => new() { Value = value };

    public static implicit operator Reply<T>(Refusal refusal) => new() { Refusal = refusal };
}
