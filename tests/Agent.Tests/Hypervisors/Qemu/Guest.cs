using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>A real guest under QEMU's own processor (no KVM): Linux, guest agent, and the writer of tests/fixtures/vm. Disks "app" (ext4) and "ring" (raw writes).</summary>
internal sealed class Guest : IAsyncDisposable
{
    // On a quiet machine it boots in 2 to 4 s; the rest is for one that is not.
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan s_answer = TimeSpan.FromMinutes(2);
    private static int s_number;
    private Process? _process;
    private Socket? _control;
    private QmpClient? _second;

    private Guest(GuestOptions options, string folder) => (Options, Folder) = (options, folder);

    public GuestOptions Options { get; }

    public string Folder { get; }

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"guest-{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}");

    /// <summary>In the order of the guest's names: vda, vdb.</summary>
    public List<GuestDisk> Disks { get; } = [];

    public string Monitor => PathOf("qmp");

    public string Agent => PathOf("qga");

    public string Scratch => PathOf("scratch");

    public QemuMachine Entry => new(Id, "guest", Monitor, Options.WithAgent ? Agent : null, Options.FreezeHooks, []);

    public QemuHost Host => new(PathOf("state"), [Entry]);

    /// <summary>What a host's hypervisor.toml says of it.</summary>
    /// <param name="state">A folder of the agent itself.</param>
    public string HypervisorFile(string state) => $"""
        state_folder = "{PathOf("state")}"

        [host]
        scratch = "{Scratch}"
        state = "{state}"

        [[machine]]
        id = "{Id}"
        name = "guest"
        qmp = "{Monitor}"
        agent = "{Agent}"
        freeze_hooks = true
        """;

    public MachineRef Machine => Entry.Reference(PowerState.Running);

    /// <summary>The tester's own monitor, beside the driver's.</summary>
    public QmpClient Second => _second!;

    public static async Task<Guest> StartAsync(GuestOptions? options = null)
    {
        var guest = await CreateAsync(options ?? new GuestOptions());
        await guest.BootAsync();
        return guest;
    }

    /// <summary>Images, not yet booted.</summary>
    public static async Task<Guest> CreateAsync(GuestOptions options)
    {
        var fixture = await VmFixture.FolderAsync();
        var guest = new Guest(options, Directory.CreateTempSubdirectory("bo-vm-").FullName);
        Directory.CreateDirectory(guest.Scratch);
        guest.Disks.Add(new GuestDisk("app", guest.PathOf($"app.{options.Format}"), options.Format));
        guest.Disks.Add(new GuestDisk("ring", guest.PathOf($"ring.{options.Format}"), options.Format));
        await Tool.RunAsync("qemu-img", "convert", "-f", "raw", "-O", options.Format, Path.Combine(fixture, "app.raw"), guest.Disks[0].File);
        await Tool.RunAsync("qemu-img", "create", "-q", "-f", options.Format, guest.Disks[1].File, $"{options.RingSize}M");
        return guest;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async Task BootAsync()
    {
        var fixture = await VmFixture.FolderAsync();
        File.Delete(PathOf("serial"));
        var start = new ProcessStartInfo("qemu-system-x86_64", Arguments(fixture)) { RedirectStandardError = true, UseShellExecute = false };
        _process = Process.Start(start)!;
        var error = _process.StandardError.ReadToEndAsync();
        try
        {
            await Until.TrueAsync(() => _process.HasExited || Serial().Contains("writer: start", StringComparison.Ordinal), s_boot);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The guest did not boot within {s_boot}: {Serial()}");
        }

        Assert.False(_process.HasExited, $"QEMU ended: {(_process.HasExited ? await error : "")}");
        _control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await _control.ConnectAsync(new UnixDomainSocketEndPoint(PathOf("control")));
        _second = await QmpClient.ConnectAsync(PathOf("qmp2"), s_answer, s_answer, TimeProvider.System, CancellationToken.None);

        // A point of a disk without a single number says nothing.
        await WriteOnAsync(1);
    }

    public string Serial()
    {
        try
        {
            using var stream = new FileStream(PathOf("serial"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    /// <summary>A command for the writer's second process: see writer.c.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var deadline = new CancellationTokenSource(s_answer);
        await _control!.SendAsync(Encoding.ASCII.GetBytes(command + "\n"), deadline.Token);
        var answer = new StringBuilder();
        var one = new byte[1];
        while (await _control.ReceiveAsync(one, deadline.Token) == 1 && one[0] != '\n')
            answer.Append((char)one[0]);
        return answer.ToString();
    }

    public async Task<long> NumberAsync() => long.Parse(await AskAsync("s"), CultureInfo.InvariantCulture);

    /// <summary>Fills MiB of the ring disk with something new.</summary>
    public async Task FillAsync(int from, int count) => Assert.Equal("done", await AskAsync(string.Create(CultureInfo.InvariantCulture, $"f {from} {count}")));

    /// <summary>Discards MiB of the ring disk.</summary>
    public async Task DiscardAsync(int from, int count) => Assert.Equal("done", await AskAsync(string.Create(CultureInfo.InvariantCulture, $"z {from} {count}")));

    /// <summary>Waits until the writer came so much further.</summary>
    public async Task WriteOnAsync(long numbers)
    {
        var until = await NumberAsync() + numbers;
        using var deadline = new CancellationTokenSource(s_answer);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await NumberAsync() < until)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    /// <summary>The machine is powered off in order: QEMU saves its bitmaps.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await Second.ExecuteAsync("quit", null, CancellationToken.None);
        }
        catch (QmpLostException)
        {
            // It may end before it answers.
        }

        await EndedAsync();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await EndedAsync();
    }

    /// <summary>As by the reset button; the process stays.</summary>
    public async Task RebootAsync()
    {
        await Second.ExecuteAsync("system_reset", null, CancellationToken.None);
        await Until.TrueAsync(() => Serial().Split("writer: start").Length > 2, s_boot);
    }

    /// <summary>The images of "twin1" and "twin2" change places; the machine is off.</summary>
    public void ExchangeTwins()
    {
        var one = Disks.FindIndex(disk => disk.Id == "twin1");
        var two = Disks.FindIndex(disk => disk.Id == "twin2");
        (Disks[one], Disks[two]) = (Disks[one] with { File = Disks[two].File }, Disks[two] with { File = Disks[one].File });
    }

    public async Task ShouldRunAsync()
    {
        Assert.Equal("running", (await Second.ExecuteAsync("query-status", null, CancellationToken.None)).GetProperty("status").GetString());
        await WriteOnAsync(5);
        var nodes = await Second.ExecuteAsync("query-named-block-nodes", new JsonObject { ["flat"] = true }, CancellationToken.None);
        Assert.DoesNotContain(nodes.EnumerateArray(), node => node.GetProperty("node-name").GetString()!.StartsWith("bo-", StringComparison.Ordinal));
        Assert.Empty((await Second.ExecuteAsync("query-block-exports", null, CancellationToken.None)).EnumerateArray());
        Assert.Empty(Directory.EnumerateFiles(Scratch));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task EndedAsync()
    {
        using var deadline = new CancellationTokenSource(s_answer);
        await _process!.WaitForExitAsync(deadline.Token);
        _control?.Dispose();
        if (_second is not null)
            await _second.DisposeAsync();
        _second = null;
    }

    private List<string> Arguments(string fixture)
    {
        List<string> arguments =
        [
            "-accel", "tcg", "-machine", "q35", "-m", "128", "-smp", "1", "-nodefaults", "-no-user-config", "-display", "none", "-nic", "none",
            "-kernel", Path.Combine(fixture, "vmlinuz"), "-initrd", Path.Combine(fixture, "initrd"),
            "-append", string.Create(CultureInfo.InvariantCulture, $"{GuestOptions.KernelLine} WRITER_PAUSE={Options.WriterPause}"),
            "-serial", "file:" + PathOf("serial"),
            "-qmp", $"unix:{Monitor},server=on,wait=off", "-qmp", $"unix:{PathOf("qmp2")},server=on,wait=off", "-qmp", $"unix:{PathOf("qmp3")},server=on,wait=off",
            "-device", "virtio-serial-pci", "-chardev", $"socket,id=control,path={PathOf("control")},server=on,wait=off", "-device", "virtserialport,chardev=control,name=bo.control",
            "-device", "pcie-root-port,id=spare,slot=9",
        ];
        if (Options.WithAgent)
            arguments.AddRange(["-chardev", $"socket,id=qga,path={Agent},server=on,wait=off", "-device", "virtserialport,chardev=qga,name=org.qemu.guest_agent.0"]);
        foreach (var disk in Disks)
        {
            // What the host keeps on its own disk survives the death of the process all the same: no need to wait for it.
            var node = new JsonObject
            {
                ["driver"] = disk.Format,
                ["node-name"] = disk.Id + "-node",
                ["discard"] = "unmap",
                ["cache"] = new JsonObject { ["no-flush"] = true },
                ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = disk.File, ["discard"] = "unmap" },
            };
            arguments.AddRange(["-blockdev", node.ToJsonString(), "-device", $"virtio-blk-pci,id={disk.Id},drive={disk.Id}-node"]);
        }

        return arguments;
    }
}
