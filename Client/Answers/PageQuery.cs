using System.Collections.Immutable;
using System.ComponentModel;
using BackupOnline.Client.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackupOnline.Client.Answers;

/// <summary>Which page of a list is wanted.</summary>
internal readonly record struct PageQuery
{
    public const int Default = 50;
    public const int Most = 200;

    [Description("How many items, 1 to 200.")]
    [DefaultValue(Default)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    [Description("The 'next' of the page before; nothing for the first page.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    public ProblemHttpResult? Fault() =>
        Limit is < 1 or > Most ? Problem.Invalid([new("limit", $"must be {1} to {Most}.")])
        : After is { } after && (after.Length > 100 || after.Any(char.IsControl)) ? Problem.Invalid([new("after", "must be the 'next' of the page before.")])
        : null;

    public int Size => Limit ?? Default;

    /// <summary>Pages a short list that a grain holds whole.</summary>
    public Page<T> Of<T>(IReadOnlyList<T> all, Func<T, string> name)
    {
        var after = After;
        var skip = 0;
        if (!string.IsNullOrEmpty(after))
        {
            while (skip < all.Count && name(all[skip]) != after)
                skip++;
            skip++;
        }
        var items = all.Skip(skip).Take(Size).ToImmutableArray();
        return new() { Items = items, Next = items.Length > 0 && skip + items.Length < all.Count ? name(items[^1]) : null };
    }
}
