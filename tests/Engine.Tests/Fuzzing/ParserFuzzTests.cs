using System.Globalization;

namespace BackupOnline.Engine.Tests.Fuzzing;

/// <summary>
/// Every parser against bytes from outside: it takes them or refuses in its one way, never crashes, never hangs, never keeps what it must not.
/// <c>BACKUPONLINE_FUZZ</c> says how many variants each gets (default 3,000; <c>scripts/bench.sh fuzz</c>: 1,000,000).
/// </summary>
public sealed class ParserFuzzTests
{
    private static int Count => Environment.GetEnvironmentVariable("BACKUPONLINE_FUZZ") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3_000;

    public static TheoryData<string> Parsers => [.. FuzzTarget.All.Keys];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Hostile_bytes_are_taken_or_refused_in_the_parsers_own_way(string parser)
    {
        var target = FuzzTarget.All[parser]();
        var (taken, refused) = (0, 0);
        foreach (var honest in target.Honest)
            target.Parse(honest);

        for (var seed = 1; seed <= Count; seed++)
        {
            var bytes = new Mutator(seed).Mutate(target.Honest[seed % target.Honest.Length]);
            try
            {
                target.Parse(bytes);
                taken++;
            }
            catch (Exception e) when (target.MayThrow.Any(type => type.IsInstanceOfType(e)))
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed} of '{parser}': {e.GetType().Name}: {e.Message}\n{Convert.ToBase64String(bytes)}\n{e.StackTrace}");
            }
        }

        // A parser that refuses all or nothing would mean that the variants test nothing.
        Assert.Equal(Count, taken + refused);
        Assert.True(target.MayThrow.Length == 0 || refused > 0, "Nothing was refused.");
    }
}
