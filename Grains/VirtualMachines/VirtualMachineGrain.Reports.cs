using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Rules.VirtualMachines;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>What jobs tell: points that were made, attempts that failed; and which points stay (contract article 6, 30 sliding days).</summary>
internal sealed partial class VirtualMachineGrain
{
    private const int MostRemoved = 100;

    /// <summary>What the vault takes in one order.</summary>
    private const int MostForgottenAtOnce = 1_000;

    public async Task JobReportedAsync(VmJobReport report, CancellationToken cancellation)
    {
        if (!Exists) return;
        var view = report.Job;
        if (State.Work.Find(work => work.Job == view.Id) is { } work)
        {
            if (view.EndedAt is null) return;
            EndWork(work, report);
        }
        else if (report.Point is { } point && view.EndedAt is not null)
        {
            // Also of a run that had been given up: the agent's own word may come late.
            if (!Add(point, view) && State.Run?.Job != view.Id) return;
            if (State.Run?.Job == view.Id) State.Run = null;
        }
        else if (State.Run?.Job == view.Id && view.Version > State.Run.Version)
        {
            Take(view);
        }
        else
        {
            return;
        }

        await LookAsync(cancellation);
    }

    /// <summary>False for a point that is known, or that was and has gone.</summary>
    private bool Add(VmPoint point, JobView job)
    {
        if (PointOf(point.Snapshot) is not null || State.Removed.Exists(gone => gone.Snapshot == point.Snapshot)) return false;
        var day = Paris.DayText(point.At);
        var isExtra = State.Points.Exists(other => other.IsGood && other.Day == day);
        State.Points.Add(new() { Point = point, Job = job.Id, Day = day, Extra = isExtra });
        State.Points.Sort((one, other) => one.Point.At.CompareTo(other.Point.At));
        State.LastFailure = null;
        Note(Key.Tenant, "vm.point-made", ThePlan,
            ("snapshot", point.Snapshot), ("job", job.Id), ("day", day), ("extra", isExtra), ("epoch", point.Epoch), ("consistency", point.Consistency),
            ("fallback", point.FallbackReason), ("skipped", point.Skipped.IsEmpty ? null : string.Join("; ", point.Skipped)));
        if (State.Days.FindIndex(settled => settled.Day == day && settled.Standing == Interfaces.VirtualMachines.VmDayStanding.Lost) is >= 0 and var lost)
            State.Days[lost] = State.Days[lost] with { Standing = Interfaces.VirtualMachines.VmDayStanding.Covered, Cause = null };

        var whole = point.Disks.Where(disk => disk.Basis == VmDiskBasis.Full).Select(disk => disk.Id).ToHashSet();
        State.ReadWhole = new(VmAuditRule.ReasonsAfter(State.ReadWhole, whole));
        if (State.Incidents.Find(i => i.Kind == VmWords.Mismatch) is { Detail: { } disk } && whole.Contains(disk)) Clear(VmWords.Mismatch);
        Clear(VmWords.Lost);
        Retain();
        LogPointMade(Key, day, point.Snapshot);
        return true;
    }

    /// <summary>Keeps what a reason holds; what goes leaves a tombstone and a fact.</summary>
    private void Retain()
    {
        var plan = State.Retention(Now);
        foreach (var (kept, reasons) in plan.Keep)
        {
            var point = PointOf(kept.Id)!;
            List<string> codes = [.. reasons.Select(VmWords.ToCode)];
            if (!codes.SequenceEqual(point.KeptFor)) Replace(point, point with { KeptFor = codes });
        }

        foreach (var gone in plan.Remove)
        {
            var point = PointOf(gone.Id)!;
            State.Points.Remove(point);
            State.Removed.Add(new() { Snapshot = gone.Id, At = point.Point.At, RemovedAt = Now, Reason = VmWords.OutsideWindow });
            State.Forgetting.Add(new() { Snapshot = gone.Id, Reason = VmWords.OutsideWindow });
            Note(Key.Tenant, "vm.point-removed", ThePlan, ("snapshot", gone.Id), ("day", point.Day), ("reason", VmWords.OutsideWindow));
        }

        if (State.Removed.Count > MostRemoved) State.Removed.RemoveRange(0, State.Removed.Count - MostRemoved);
    }

    // Again with each look until the vault has taken the order. In a vault whose key is the customer's alone nobody here can forget.
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        if (State.Forgetting.Count == 0) return;
        ImmutableArray<SnapshotToForget> order = [.. State.Forgetting.Take(MostForgottenAtOnce)];
        var caller = ThePlan with { Operation = $"vm.forget/{order[0].Snapshot}/{order.Length}" };
        var reply = await GrainFactory.Get(new VaultKey(Key.Tenant, State.Vault)).ForgetAsync(new() { Caller = caller, Snapshots = order }, cancellation);
        if (reply.Succeeded || reply.Refusal.Code == "vault-not-hot") State.Forgetting.RemoveRange(0, order.Length);
    }
}
