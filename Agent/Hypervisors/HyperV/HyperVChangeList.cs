namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>What changed in a disk since a tracking identifier. An answer that lacks a part is an error: taken for "nothing changed", it would lose data.</summary>
internal sealed class HyperVChangeList(IHyperVHost host, HyperVJobs jobs)
{
    /// <summary>64 MiB of memory; a disk that is changed in more places is read whole.</summary>
    private const int Most = 1 << 21;

    private const int MostAttempts = 3;

    /// <returns>Ascending, disjoint, inside the disk.</returns>
    public async Task<IReadOnlyList<Extent>> ReadAsync(string path, string since, long size, CancellationToken cancellation)
    {
        var found = new List<(long Offset, long End)>();
        for (var at = 0L; at < size;)
        {
            var answer = await AskAsync(path, since, at, size - at, cancellation);
            if (answer.Processed is not { } processed || answer.Offsets is not { } offsets || answer.Lengths is not { } lengths)
                throw Doubtful(path, "the host's answer lacks a part");
            if (processed <= 0 || processed > size - at || offsets.Count != lengths.Count || found.Count + offsets.Count > Most)
                throw Doubtful(path, $"the host looked at {processed} bytes of {size - at} and named {offsets.Count} offsets with {lengths.Count} lengths");
            foreach (var (offset, length) in offsets.Zip(lengths))
            {
                if (offset < 0 || length <= 0 || offset >= size)
                    throw Doubtful(path, $"the host named {length} changed bytes at {offset}");
                found.Add((offset, Math.Min(size, length > size - offset ? size : offset + length)));
            }

            at += processed;
        }

        return Merged(found);
    }

    private async Task<HyperVChanges> AskAsync(string path, string since, long offset, long length, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var answer = await host.ChangesAsync(path, since, offset, length, cancellation);
            await jobs.OnceAsync($"reading the changes of {path}", answer.Reply, cancellation);
            if (answer.Reply.ReturnValue == HyperVReply.Done)
                return answer;
            // A job's out parameters are not there yet when it is started: it is asked again once it has ended.
        }

        throw Doubtful(path, "the host does not come to an answer");
    }

    private static List<Extent> Merged(List<(long Offset, long End)> found)
    {
        found.Sort();
        var merged = new List<Extent>();
        foreach (var (offset, end) in found)
        {
            if (merged.Count > 0 && offset <= merged[^1].End)
                merged[^1] = merged[^1] with { Length = Math.Max(end, merged[^1].End) - merged[^1].Offset };
            else
                merged.Add(new Extent(offset, end - offset, ExtentKind.Data));
        }

        return merged;
    }

    private static HypervisorException Doubtful(string path, string why) => new(HypervisorFault.Transient, "hyperv-changes-doubtful", $"the changes of {path} are not certain: {why}");
}
