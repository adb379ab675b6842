using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Kernel, initrd and empty data disk of the test guest, made once by tests/fixtures/vm/build.sh and kept between runs.</summary>
internal static class VmFixture
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string>> s_folder = new(MakeAsync);

    public static Task<string> FolderAsync() => s_folder.Value;

    private static async Task<string> MakeAsync()
    {
        using var machine = new Machine();
        await using var build = machine.Start(Path.Combine(Root(), "tests", "fixtures", "vm", "build.sh"), []);
        var ended = await build.EndAsync(s_patience);
        return ended.ShouldEndWith(0).Output.Trim();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BackupOnline.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("No folder above the test's output holds BackupOnline.sln.");
    }
}
