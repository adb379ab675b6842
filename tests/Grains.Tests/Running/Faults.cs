using System.Collections.Concurrent;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>Makes chosen calls fail, as a silo that dies on the way would.</summary>
public sealed class Faults : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Grain, string Method), int> failed = new();

    /// <summary>From now on until <see cref="Heal"/>.</summary>
    public void Break(string grain, string method) => failed[(grain, method)] = 0;

    public void Heal(string grain, string method) => failed.TryRemove((grain, method), out _);

    /// <summary>How often a broken call was tried.</summary>
    public int Count(string grain, string method) => failed.GetValueOrDefault((grain, method));

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = (context.TargetId.Key.ToString()!, context.MethodName);
        if (!failed.ContainsKey(call)) return context.Invoke();
        failed.AddOrUpdate(call, 1, (_, count) => count + 1);
        throw new InvalidOperationException("Broken by the test.");
    }
}
