using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>The file that names a host's machines.</summary>
public sealed class QemuHostTests
{
    [Fact]
    public void A_whole_file_is_read()
    {
        var host = QemuHost.Parse(
            """
            state_folder = "/var/lib/backuponline/qemu"
            [[machine]]
            id = "6c1d2b0e"
            name = "web01"
            qmp = "/run/web01.qmp"
            agent = "/run/web01.qga"
            freeze_hooks = true
            configuration = ["/etc/web01.conf"]
            [[machine]]
            id = "two"
            qmp = "/run/two.qmp"
            """,
            "hosts.toml");

        Assert.Equal("/var/lib/backuponline/qemu", host.StateFolder);
        Assert.Equal(["web01", "two"], host.Machines.Select(machine => machine.Name));
        Assert.Equal(("6c1d2b0e", "/run/web01.qmp", "/run/web01.qga", true), (host.Machines[0].Id, host.Machines[0].Monitor, host.Machines[0].Agent, host.Machines[0].FreezeHooks));
        Assert.Equal(["/etc/web01.conf"], host.Machines[0].Configuration);
        Assert.Equal((null, false), (host.Machines[1].Agent, host.Machines[1].FreezeHooks));
    }

    [Theory]
    [InlineData("", "state_folder is missing")]
    [InlineData("state_folder = 3", "the file: state_folder has to be a text")]
    [InlineData("state_folder = \"/s\"", "no [[machine]] in it")]
    [InlineData("state_folder = \"/s\"\nmachines = 1", "'machines' is not known")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nqmp = \"/q\"", "machine 1: id is missing")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"", "machine 1: qmp is missing")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/q\"\nqmp2 = \"/q\"", "machine 1: 'qmp2' is not known")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/q\"\nfreeze_hooks = \"yes\"", "freeze_hooks is true or false")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/q\"\nconfiguration = [1]", "configuration has to be a list of texts")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/q\"\n[[machine]]\nid = \"a\"\nqmp = \"/r\"", "two machines have the id a")]
    [InlineData("state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/q\"\n[[machine]]\nid = \"b\"\nqmp = \"/q\"", "two machines have the monitor /q")]
    [InlineData("state_folder = ", "hosts.toml")]
    public void What_is_wrong_is_named(string text, string expected)
    {
        var wrong = Assert.Throws<HypervisorException>(() => QemuHost.Parse(text, "hosts.toml"));

        Assert.Equal((HypervisorFault.Operator, "host-file-wrong"), (wrong.Fault, wrong.Code));
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_whose_path_the_kernel_refuses_is_named()
    {
        var wrong = Assert.Throws<HypervisorException>(() => QemuHost.Parse($"state_folder = \"/s\"\n[[machine]]\nid = \"a\"\nqmp = \"/{new string('q', 107)}\"", "hosts.toml"));

        Assert.Contains("longer than a socket's path may be", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Contains("cannot be read", Assert.Throws<HypervisorException>(() => QemuHost.Load("/nowhere/hosts.toml")).Message, StringComparison.Ordinal);
}
