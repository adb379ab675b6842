using System.Text;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Tests.Files;

public sealed class MountTableTests
{
    private const string Table = """
        22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
        23 22 0:5 / /proc rw - proc proc rw
        40 22 0:44 / /srv/nfs rw,relatime shared:20 master:2 - nfs4 server:/export rw,vers=4.2
        41 22 0:45 / /srv/with\040space\134x rw - cifs //server/share rw
        42 22 0:46 / /home/user/remote rw,nosuid - fuse.sshfs user@host: rw
        43 40 0:47 / /srv/nfs/local rw - tmpfs tmpfs rw
        44 22 0:48 / /hidden rw - nfs server:/old rw
        45 22 0:49 / /hidden rw - ext4 /dev/vdb rw
        """;

    private static readonly MountTable Mounts = MountTable.Parse(Encoding.UTF8.GetBytes(Table));

    [Theory]
    [InlineData("/", "ext4", FileSystemKind.Local)]
    [InlineData("/srv", "ext4", FileSystemKind.Local)]
    [InlineData("/srv/nfs", "nfs4", FileSystemKind.Network)]
    [InlineData("/srv/nfs/a/b", "nfs4", FileSystemKind.Network)]
    [InlineData("/srv/nfsx", "ext4", FileSystemKind.Local)]
    [InlineData("/srv/nfs/local/x", "tmpfs", FileSystemKind.Local)]
    [InlineData("/srv/with space\\x/y", "cifs", FileSystemKind.Network)]
    [InlineData("/home/user/remote", "fuse.sshfs", FileSystemKind.Network)]
    [InlineData("/proc/self", "proc", FileSystemKind.Virtual)]
    [InlineData("/hidden/x", "ext4", FileSystemKind.Local)]
    public void A_path_lies_on_its_nearest_mount(string path, string type, FileSystemKind kind)
    {
        var mount = Mounts.Find(RawPath.FromText(path));
        Assert.Equal((type, kind), (mount!.Type, mount.Kind));
    }

    [Theory]
    [InlineData("/", "/srv/nfs,/srv/with space\\x,/home/user/remote")]
    [InlineData("/srv/nfs/a", "/srv/nfs")]
    [InlineData("/srv/nfs/local", "")]
    [InlineData("/home", "/home/user/remote")]
    [InlineData("/etc", "")]
    public void A_backup_is_told_of_the_network_mounts_that_it_would_meet(string path, string points) =>
        Assert.Equal(points, string.Join(',', Mounts.NetworkMountsOf(RawPath.FromText(path)).Select(mount => mount.Point.ToString())));

    [Fact]
    public void The_table_of_this_machine_has_a_root()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such a table.");
        Assert.NotNull(MountTable.Load().Find(RawPath.Root));
    }
}
