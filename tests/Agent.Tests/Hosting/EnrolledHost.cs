using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hosting;

/// <summary>A hypervisor host as enrolment leaves it: host1 of acme, with the vault main.</summary>
internal static class EnrolledHost
{
    public static void Write(Machine machine, Uri door, Uri shelf, string secret)
    {
        var (publicKey, privateKey) = HostKeyPair.Make();
        new ConfigurationFile(machine.Configuration).Write(new AgentConfiguration
        {
            Server = door,
            PublicKey = publicKey,
            PrivateKey = privateKey,
            Tenant = "acme",
            Host = "host1",
            Vault = "main",
            Key = "key",
            Shelf = shelf,
            Credential = new ShelfCredential("k1", secret),
        });
    }
}
