namespace BackupOnline.Agent.Hosting;

/// <summary>What came of telling the door an outcome.</summary>
internal enum Told
{
    /// <summary>The door has it.</summary>
    Taken,

    /// <summary>The door does not want it, now or later.</summary>
    Refused,

    /// <summary>The door is away, does not let this host in, or something else answered in its place.</summary>
    Again,
}
