namespace BackupOnline.Engine.Checking;

/// <summary>Something that a check found.</summary>
/// <param name="Kind">What kind of finding.</param>
/// <param name="Name">The object, blob or snapshot that it is about.</param>
/// <param name="Message">For the user: what is wrong, and what to do.</param>
public sealed record CheckFinding(CheckFindingKind Kind, string Name, string Message)
{
    /// <summary>Whether data is lost or cannot be trusted; a notice is only worth knowing.</summary>
    public bool IsError => Kind is not CheckFindingKind.UnreferencedPack;
}
