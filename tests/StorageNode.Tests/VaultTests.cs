using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Tests.Hosting;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.StorageNode.Tests;

public sealed class VaultTests : IDisposable
{
    private static readonly VaultKey Main = new("acme", "main");
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;
    private readonly FakeTimeProvider _clock = new(ShelfHost.Start);

    [Fact]
    public async Task Whatever_happens_at_once_the_account_equals_the_disk_and_nothing_verified_is_torn()
    {
        var vault = Vault.Open(Main, new(_folder, Main), _clock);
        vault.Folder.Create();
        var bodies = Enumerable.Range(0, 6).Select(i => ShelfHost.Bytes(1000 + i)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 60; i++)
            {
                var body = bodies[random.Next(bodies.Length)];
                var id = ObjectId.Named(ObjectType.Data, ShelfHost.NameOf(body));
                if (random.Next(3) > 0)
                    Store(vault, id, body);
                else
                    vault.Hide(id, TimeSpan.FromMinutes(random.Next(2)));

                if (random.Next(10) == 0)
                    vault.Reap();
            }
        })));

        var onDisk = vault.Folder.List(ObjectType.Data).ToList();
        Assert.Equal((onDisk.Sum(file => file.Bytes), (long)onDisk.Count), vault.Usage.Stored);
        Assert.Equal(vault.Usage.Stored, Vault.Open(Main, new(_folder, Main), _clock).Usage.Stored);
        Assert.All(onDisk, file => Assert.Equal(file.Name, ShelfHost.NameOf(File.ReadAllBytes(vault.Folder.PathOf(ObjectId.Named(ObjectType.Data, file.Name))))));
    }

    [Fact]
    public void An_upload_that_was_only_hashed_does_not_speak_for_an_object_that_left()
    {
        var vault = Vault.Open(Main, new(_folder, Main), _clock);
        vault.Folder.Create();
        var id = ObjectId.Named(ObjectType.Data, ShelfHost.NameOf("body"u8));
        Store(vault, id, "body"u8.ToArray());
        using var again = Incoming.HashOnly();
        again.Append("body"u8);
        vault.Hide(id, TimeSpan.FromDays(7));

        Assert.Equal(CommitOutcome.Vanished, vault.Commit(id, again, "c"));
        Assert.Null(vault.Size(id));
        Assert.Equal(CommitOutcome.Stored, Store(vault, id, "body"u8.ToArray()));
    }

    [Fact]
    public void Generations_grow_with_each_revival_and_a_tombstone_keeps_its_own()
    {
        var vault = Vault.Open(Main, new(_folder, Main), _clock);
        vault.Folder.Create();
        var id = ObjectId.Named(ObjectType.Index, ShelfHost.NameOf("body"u8));
        for (var generation = 1; generation <= 4; generation++)
        {
            Store(vault, id, "body"u8.ToArray());
            Assert.True(vault.Hide(id, TimeSpan.FromDays(7)));
            var tombstone = Assert.Single(vault.Folder.HiddenOf(id));
            Assert.Equal(new Tombstone(id, generation, ShelfHost.Start, ShelfHost.Start.AddDays(7)), tombstone);
        }

        _clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, vault.Reap());
        Assert.Empty(Directory.GetFiles(Path.Combine(vault.Folder.Root, ".shelf"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.1.2")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.1.2.3.4")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.-1.2.3")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.1.2.9223372036854775807")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g.1.2.3")]
    public void What_is_no_tombstone_is_not_taken_for_one(string fileName) => Assert.Null(Tombstone.Parse(ObjectType.Data, fileName));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CommitOutcome Store(Vault vault, ObjectId id, byte[] body)
    {
        using var upload = Incoming.ToFile(vault.Folder, body.Length);
        upload.Append(body);
        return vault.Commit(id, upload, "c");
    }
}
