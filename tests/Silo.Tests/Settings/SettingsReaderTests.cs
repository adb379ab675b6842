using BackupOnline.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace BackupOnline.Silo.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void With_nothing_set_everything_has_its_default()
    {
        var settings = Read();

        Assert.Equal(Path.GetFullPath("data"), settings.DataFolder);
        Assert.Equal("node1", settings.Node);
        Assert.Equal(SiloRoles.Grains | SiloRoles.Shelf, settings.Roles);
        Assert.Equal("127.0.0.1:8081", settings.Storage.ToString());
        Assert.Equal("127.0.0.1", settings.Cluster.ToString());
        Assert.Equal("default", settings.Site);
        Assert.Null(settings.Database);
        Assert.Empty(settings.TrustedProxies);
    }

    [Theory]
    [InlineData("grains", (int)SiloRoles.Grains)]
    [InlineData(" shelf ", (int)SiloRoles.Shelf)]
    [InlineData("shelf, grains", (int)(SiloRoles.Grains | SiloRoles.Shelf))]
    public void Roles_are_words_separated_by_commas(string text, int expected) =>
        Assert.Equal((SiloRoles)expected, Read(("BACKUPONLINE_ROLES", text)).Roles);

    [Theory]
    [InlineData("BACKUPONLINE_NODE", "Node One")]
    [InlineData("BACKUPONLINE_NODE", "n\n")]
    [InlineData("BACKUPONLINE_ROLES", "grain")]
    [InlineData("BACKUPONLINE_ROLES", ",")]
    [InlineData("BACKUPONLINE_STORAGE", "8081")]
    [InlineData("BACKUPONLINE_STORAGE", "127.0.0.1")]
    [InlineData("BACKUPONLINE_STORAGE", "127.0.0.1:99999")]
    [InlineData("BACKUPONLINE_STORAGE", "localhost:8081")]
    [InlineData("BACKUPONLINE_CLUSTER", "somewhere")]
    public void A_wrong_value_is_refused_with_its_name_and_itself(string name, string value)
    {
        var refused = Assert.Throws<SettingsException>(() => Read((name, value)));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value.Trim()}'", refused.Message + "','", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("::")]
    public void Silo_ports_off_loopback_are_refused_with_the_reason(string address)
    {
        var refused = Assert.Throws<SettingsException>(() => Read(("BACKUPONLINE_CLUSTER", address)));

        Assert.Contains("no authentication", refused.Message, StringComparison.Ordinal);
        Assert.Contains("mutual TLS", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Password=hunter2;Nonsense=1")]
    [InlineData("postgres://user:hunter2@db/x")]
    [InlineData("Password=hunter2;Database=x")]
    public void A_wrong_connection_string_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.Throws<SettingsException>(() => Read(("BACKUPONLINE_DB", text)));

        Assert.Contains("BACKUPONLINE_DB", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_without_a_database_is_refused()
    {
        var refused = Assert.Throws<SettingsException>(() => Read(("BACKUPONLINE_DB_OWNER", "Host=db")));

        Assert.Contains("BACKUPONLINE_DB", refused.Message, StringComparison.Ordinal);
    }

    private static SiloSettings Read(params (string Name, string Value)[] values) =>
        SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Name, (string?)v.Value))).Build());
}
