using System.Net;
using BackupOnline.Silo.Placement;

namespace BackupOnline.Silo.Tests.Placement;

public sealed class VaultNodeDirectorTests
{
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 3).Select(i => Silo(i, generation: i))];

    [Fact]
    public void A_vault_goes_to_the_silo_of_its_node()
    {
        foreach (var silo in Silos)
            Assert.Equal(silo, Choose("vault/acme/main", NameOf(silo)));
    }

    [Fact]
    public void After_a_restart_the_youngest_silo_of_the_node_is_taken()
    {
        var reborn = Silo(1, generation: 9);

        Assert.Equal(reborn, VaultNodeDirector.Choose("vault/acme/main", "node1", [.. Silos, reborn], NameOf));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("node7")]
    public void Without_its_node_a_vault_goes_to_the_same_silo_whoever_asks(string? node)
    {
        var chosen = Enumerable.Range(0, 50).Select(i => $"vault/acme/v{i}").ToDictionary(key => key, key => Choose(key, node));

        foreach (var (key, silo) in chosen)
            Assert.Equal(silo, VaultNodeDirector.Choose(key, node, [.. Silos.Reverse()], NameOf));
        Assert.Equal(3, chosen.Values.Distinct().Count());
    }

    [Fact]
    public void A_silo_that_is_lost_moves_only_the_vaults_it_had()
    {
        foreach (var key in Enumerable.Range(0, 50).Select(i => $"vault/acme/v{i}"))
        {
            var before = Choose(key, null);
            if (!before.Equals(Silos[0]))
                Assert.Equal(before, VaultNodeDirector.Choose(key, null, Silos[1..], NameOf));
        }
    }

    [Fact]
    public void A_silo_whose_name_is_not_known_yet_is_no_silo_of_the_node_but_may_stand_in()
    {
        Assert.Equal(Silos[1], VaultNodeDirector.Choose("vault/acme/main", "node1", [Silos[1]], _ => null));
    }

    private static SiloAddress Choose(string key, string? node) => VaultNodeDirector.Choose(key, node, Silos, NameOf);

    private static SiloAddress Silo(int number, int generation) => SiloAddress.New(IPAddress.Loopback, 20000 + number, generation);

    private static string? NameOf(SiloAddress silo) => $"node{silo.Endpoint.Port - 20000}";
}
