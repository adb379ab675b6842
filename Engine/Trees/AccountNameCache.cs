using System.Text.Json;

namespace BackupOnline.Engine.Trees;

/// <summary>The owner's and the group's name that came last: most nodes of a folder have the same ones, and one string serves them all.</summary>
internal sealed class AccountNameCache
{
    private string _user = "";
    private string _group = "";

    /// <summary>The text on which the reader stands.</summary>
    public string User(ref Utf8JsonReader reader) => Last(ref reader, ref _user);

    /// <summary>As <see cref="User"/>.</summary>
    public string Group(ref Utf8JsonReader reader) => Last(ref reader, ref _group);

    private static string Last(ref Utf8JsonReader reader, ref string last) =>
        reader.ValueTextEquals(last) ? last : last = reader.GetString()!;
}
