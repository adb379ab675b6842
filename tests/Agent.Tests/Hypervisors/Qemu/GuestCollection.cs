namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Classes that take turns on one guest, so that it is booted once.</summary>
[CollectionDefinition(Name)]
public sealed class GuestCollection : ICollectionFixture<SharedGuest>
{
    public const string Name = "one guest";
}
