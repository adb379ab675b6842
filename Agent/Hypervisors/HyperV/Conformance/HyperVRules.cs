namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>The rules of the simulator that a real host can be asked about, in the order in which a run comes to them.</summary>
internal static class HyperVRules
{
    public static readonly HyperVRule Identity = new("machine-identity", "a machine's Name is a GUID", "msvm-computersystem");
    public static readonly HyperVRule Services = new("services-status", "the integration services give one of the documented states", "msvm-vsscomponent");
    public static readonly HyperVRule Checkpoint = new("checkpoint-made", "an application-consistent recovery checkpoint is made", "createsnapshot-msvm-virtualsystemsnapshotservice");
    public static readonly HyperVRule Named = new("checkpoint-named", "the checkpoint bears the name that it was given", "msvm-virtualsystemsnapshotsettingdata");
    public static readonly HyperVRule Static = new("checkpoint-static", "the machine writes another file than the checkpoint's", "msvm-storageallocationsettingdata");
    public static readonly HyperVRule Readable = new("file-readable", "virtdisk and our VHDX reader read the same bytes of the checkpoint's file", "attachvirtualdisk");
    public static readonly HyperVRule Converted = new("conversion", "the conversion removes the checkpoint and makes one reference point", "converttoreferencepoint-msvm-virtualsystemsnapshotservice");
    public static readonly HyperVRule Parallel = new("tracking-parallel", "the reference point names each disk with its tracking identifier", "msvm-virtualsystemreferencepoint");
    public static readonly HyperVRule Changes = new("changes-complete", "the changes can be read to the end of the disk", "getvirtualdiskchanges-msvm-imagemanagementservice");
    public static readonly HyperVRule ChangesRight = new("changes-right", "what differs between two points lies in the changes", "getvirtualdiskchanges-msvm-imagemanagementservice");
    public static readonly HyperVRule Stale = new("stale-refused", "a tracking identifier that does not exist is an error", "getvirtualdiskchanges-msvm-imagemanagementservice");
    public static readonly HyperVRule Abandoned = new("abandoned", "a point that is given up leaves nothing, and the older base stays good", "destroysnapshot-msvm-virtualsystemsnapshotservice");
    public static readonly HyperVRule Died = new("driver-died", "what a driver left open is put right by the next", "msvm-snapshotofvirtualsystem");
    public static readonly HyperVRule Merged = new("merged", "the machine writes its own file again after the merge", "destroysnapshot-msvm-virtualsystemsnapshotservice");

    public static IReadOnlyList<HyperVRule> All { get; } =
        [Identity, Services, Checkpoint, Named, Static, Readable, Converted, Parallel, Changes, ChangesRight, Stale, Abandoned, Died, Merged];
}
