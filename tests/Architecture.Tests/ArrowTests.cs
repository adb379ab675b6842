namespace BackupOnline.Architecture.Tests;

/// <summary>The arrows of the house: who may know whom. No circle, nothing beside this table.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Rules"] = [],
        ["Engine"] = [],
        ["Grains.Interfaces"] = [],
        ["Persistence"] = ["Grains.Interfaces"],
        ["Grains"] = ["Grains.Interfaces", "Rules", "Persistence"],
        ["StorageNode"] = ["Engine", "Grains.Interfaces", "Rules"],
        ["Silo"] = ["Grains", "StorageNode", "Persistence"],
        ["Client"] = ["Grains.Interfaces", "Persistence"],
        ["Agent"] = ["Engine", "Rules"],
    };

    // The rooms whose diet the compiler should enforce: these packages and no others (analyzers aside).
    private static readonly Dictionary<string, string[]> Diet = new(StringComparer.Ordinal)
    {
        ["Rules"] = ["NodaTime"],
        ["Engine"] = ["ZstdNet", "libsodium"],
        ["Grains.Interfaces"] = ["Microsoft.Orleans.Sdk"],
    };

    public static TheoryData<string> Rooms => [.. Checkout.Projects.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_of_the_table(string room)
    {
        Assert.True(Allowed.TryGetValue(room, out var allowed), $"{room} is a new room: give it its arrows in docs/architecture.md and in this table.");

        var known = Items(room, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

        Assert.Empty(known.Except(allowed));
    }

    [Fact]
    public void Every_room_of_the_table_stands() => Assert.Empty(Allowed.Keys.Except(Checkout.Projects.Keys));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_on_a_diet_takes_no_other_package(string room)
    {
        if (Diet.TryGetValue(room, out var diet))
        {
            Assert.Empty(Items(room, "PackageReference").Except(diet));
        }
    }

    [Fact]
    public void The_engine_and_the_agent_know_neither_Orleans_nor_the_web_framework()
    {
        foreach (var room in new[] { "Rules", "Engine", "Agent" })
        {
            var strangers = Items(room, "PackageReference").Concat(Items(room, "FrameworkReference"))
                .Where(name => name.Contains("Orleans", StringComparison.Ordinal) || name.Contains("AspNetCore", StringComparison.Ordinal));

            Assert.Empty(strangers);
        }
    }

    [Fact]
    public void Only_the_silo_migrates_the_database()
    {
        var callers = Checkout.Sources
            .Where(file => !file.StartsWith("Persistence/", StringComparison.Ordinal) && !file.StartsWith("Silo/", StringComparison.Ordinal))
            .Where(file => Checkout.Read(file).Contains("DatabaseMigrator", StringComparison.Ordinal));

        Assert.Empty(callers);
    }

    private static IEnumerable<string> Items(string room, string item) =>
        Checkout.Projects[room].Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
