using System.Buffers;
using System.Security.Cryptography;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>
/// Seals months: many tenants at a time from one read and one write, or one tenant the same way. A month that is sealed already is left alone, so that a
/// repetition changes nothing.
/// </summary>
internal sealed class MonthSealer(TrafficSamples samples, SealedMonths months, TimeProvider clock)
{
    // Hashed and emptied at this size.
    private const int CsvBlock = 1 << 16;

    /// <summary>Answers how many were sealed now. The caller has seen to it that the time has come.</summary>
    public async Task<int> SealAsync(IReadOnlyList<string> tenants, MeteringMonth month, PolicyTable policies, CancellationToken cancellation)
    {
        if (tenants.Count == 0) return 0;
        var present = await months.NextOfAsync(tenants, month.Previous.Month.Text(), cancellation);
        var rows = new List<SealedMonthRow>(tenants.Count);
        using var tally = new Tally();
        await foreach (var (tenant, row) in samples.StreamManyAsync(tenants, (int)month.FirstSlot, (int)month.EndSlot, cancellation))
        {
            // Tenants come in order; those without a sample do not come at all.
            while (rows.Count < tenant) rows.Add(Close(tenants[rows.Count], tally, month, policies, present));
            tally.Add(row);
        }

        while (rows.Count < tenants.Count) rows.Add(Close(tenants[rows.Count], tally, month, policies, present));
        return await months.AddAsync(rows, cancellation);
    }

    private SealedMonthRow Close(
        string tenant, Tally tally, MeteringMonth month, PolicyTable policies, IReadOnlyDictionary<string, (short Standing, long BurstKbps)> present)
    {
        var policy = policies.Of(month.Month);
        var measure = MonthRule.Measure(MeteringWindow.Of(month), tally.Slots, policy);
        var regime = present.TryGetValue(tenant, out var known)
            ? new BurstRegime { Standing = (BurstStanding)known.Standing, BurstKbps = known.BurstKbps }
            : RegimeRule.First(policy);
        var next = RegimeRule.Next(regime, measure.P95Bytes, measure.VolumeBytes, measure.Samples, month.Next.Samples, policy, policies.Of(month.Next.Month));
        var sealedAt = clock.GetUtcNow();
        var document = SealedDocument.Write(tenant, month, policy, measure, next, tally.Rows, tally.TakeHash(), sealedAt);
        return new()
        {
            Tenant = tenant,
            Month = month.Month.Text(),
            PolicyVersion = policy.Version,
            P95InBytes = measure.P95InBytes,
            P95OutBytes = measure.P95OutBytes,
            P95Bytes = measure.P95Bytes,
            Exceeded = measure.Exceeded,
            TotalInBytes = measure.TotalInBytes,
            TotalOutBytes = measure.TotalOutBytes,
            VolumeBytes = measure.VolumeBytes,
            StandingNext = (short)next.Standing,
            BurstNextKbps = next.BurstKbps,
            SealedAt = sealedAt,
            Document = document,
            Hash = SealedDocument.Hash(document),
        };
    }

    /// <summary>One tenant's rows as they come: sums by slot, and the hash of their export.</summary>
    private sealed class Tally : IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly ArrayBufferWriter<byte> csv = new(CsvBlock);

        public List<KeyValuePair<long, SlotBytes>> Slots { get; } = [];

        public int Rows { get; private set; }

        public void Add(in SampleRow row)
        {
            if (Rows++ == 0) csv.Write(SampleCsv.Header);
            SampleCsv.Write(csv, row);
            if (csv.WrittenCount > CsvBlock - 1024) Flush();
            var bytes = new SlotBytes(row.InBytes, row.OutBytes);
            if (Slots.Count > 0 && Slots[^1].Key == row.Slot) Slots[^1] = new(row.Slot, Slots[^1].Value + bytes);
            else Slots.Add(new(row.Slot, bytes));
        }

        /// <summary>Of all rows since the last call; afterwards it is empty.</summary>
        public string TakeHash()
        {
            if (Rows == 0) csv.Write(SampleCsv.Header);
            Flush();
            Slots.Clear();
            Rows = 0;
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public void Dispose() => hash.Dispose();

        private void Flush()
        {
            hash.AppendData(csv.WrittenSpan);
            csv.ResetWrittenCount();
        }
    }
}
