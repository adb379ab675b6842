using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Tests.Keys;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeyServiceTests : IDisposable
{
    private static readonly VaultKey Main = new("acme", "main");

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    private string KeyFile => Path.Combine(_folder, "safe", "master.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_use_makes_a_master_key_for_its_owner_alone_and_the_next_start_reads_it()
    {
        var (password, wrapped) = Service().Make(Main);

        Assert.Equal((password, null), Service().Unwrap(Main, wrapped));
        Assert.Equal(52, password.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.DoesNotContain(password, wrapped.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(password, Service().Make(Main).Password);
        Assert.Contains("# Master key", File.ReadAllText(KeyFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_key_opens_for_its_own_vault_only_and_not_when_a_bit_of_it_changed()
    {
        var (_, wrapped) = Service().Make(Main);
        var bytes = Convert.FromBase64String(wrapped.Sealed);
        bytes[^1] ^= 1;

        Assert.Equal("wrapped-key-damaged", Fault(() => Service().Unwrap(new("acme", "other"), wrapped)));
        Assert.Equal("wrapped-key-damaged", Fault(() => Service().Unwrap(new("other", "main"), wrapped)));
        Assert.Equal("wrapped-key-damaged", Fault(() => Service().Unwrap(Main, wrapped with { Sealed = Convert.ToBase64String(bytes) })));
        Assert.Equal("wrapped-key-damaged", Fault(() => Service().Unwrap(Main, wrapped with { Sealed = "no base64" })));
        Assert.Equal("wrapped-key-damaged", Fault(() => Service().Unwrap(Main, wrapped with { Sealed = "AAAA" })));
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        var (_, wrapped) = Service().Make(Main);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Equal("master-key-unsafe", Fault(() => Service().Unwrap(Main, wrapped)));
        Assert.Equal("master-key-unsafe", Fault(() => Service().Make(Main)));
    }

    [Fact]
    public void A_lost_file_is_told_as_lost_and_no_new_one_is_made()
    {
        var (password, wrapped) = Service().Make(Main);
        var copy = File.ReadAllBytes(KeyFile);
        File.Delete(KeyFile);

        Assert.Equal("master-key-missing", Fault(() => Service().Unwrap(Main, wrapped)));
        Assert.Equal("master-key-missing", Fault(() => Service().Make(new("acme", "second"))));
        Assert.False(File.Exists(KeyFile));

        Write(copy);
        Assert.Equal(password, Service().Unwrap(Main, wrapped).Password);
    }

    [Fact]
    public void Another_key_in_the_file_is_refused_and_so_is_a_file_of_something_else()
    {
        var (_, wrapped) = Service().Make(Main);

        Write(MasterKeyText.Write(MasterKey.NewRandom()));
        Assert.Equal("master-key-other", Fault(() => Service().Unwrap(Main, wrapped)));
        Assert.Equal("master-key-other", Fault(() => Service().Make(Main)));
        Write("something else"u8.ToArray());
        Assert.Equal("master-key-damaged", Fault(() => Service().Make(Main)));
        Write("# only a comment\n"u8.ToArray());
        Assert.Equal("master-key-damaged", Fault(() => Service().Make(Main)));
    }

    [Fact]
    public void A_new_key_above_the_old_one_takes_over_and_the_old_one_still_unwraps()
    {
        var (password, wrapped) = Service().Make(Main);
        var old = File.ReadAllBytes(KeyFile);
        var next = MasterKey.NewRandom();
        Write([.. MasterKeyText.Write(next), .. old]);

        var (same, newer) = Service().Unwrap(Main, wrapped);

        Assert.Equal((password, next.Id), (same, newer!.MasterKeyId));
        Assert.Equal((password, null), Service().Unwrap(Main, newer));

        // Taken out too early: what was wrapped with it is refused by name, until its line is back.
        Write(MasterKeyText.Write(next));
        Assert.Equal("master-key-other", Fault(() => Service().Unwrap(Main, wrapped)));
        Assert.Equal(password, Service().Unwrap(Main, newer).Password);
    }

    [Fact]
    public void A_master_key_in_the_data_folder_is_refused()
    {
        var service = Service(Path.Combine(_folder, "data", "master.key"));

        Assert.Equal("master-key-in-data", Fault(() => service.Make(Main)));
    }

    [Fact]
    public void A_place_where_nothing_can_be_made_is_told()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");

        Assert.Equal("master-key-not-made", Fault(() => Service(Path.Combine(_folder, "file", "master.key")).Make(Main)));
    }

    [Fact]
    public void A_sealed_key_opens_for_its_receiver_alone()
    {
        var (mine, other) = (new SealedBox(), new SealedBox());

        var box = KeyService.Seal("the password", mine.PublicKey)!;

        Assert.Equal(("the password", null), (mine.Open(box), other.Open(box)));
        Assert.NotEqual(box, KeyService.Seal("the password", mine.PublicKey));
    }

    [Fact]
    public void Nothing_is_sealed_to_what_is_no_key()
    {
        Assert.Null(KeyService.Seal("the password", Convert.ToBase64String(new byte[32])));
        Assert.Null(KeyService.Seal("the password", Convert.ToBase64String(new byte[31])));
        Assert.Null(KeyService.Seal("the password", "no base64"));
    }

    private static string Fault(Action act)
    {
        var fault = Assert.Throws<KeyFaultException>(act);
        Assert.True(fault.Message.Length > 40, fault.Message);
        return fault.Code;
    }

    // A new service each time, as after a restart.
    private KeyService Service(string? keyFile = null)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data", "nodes", "node1"));
        var options = Options.Create(new ShelfOptions { DataFolder = Path.Combine(_folder, "data"), MasterKeyFile = keyFile ?? KeyFile });
        return new(new MasterKeyFile(options, NullLogger<MasterKeyFile>.Instance));
    }

    private void Write(byte[] content)
    {
        File.Delete(KeyFile);
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var file = new FileStream(KeyFile, creation);
        file.Write(content);
    }
}
