using System.Text.RegularExpressions;

namespace BackupOnline.Agent.Exits;

/// <summary>The last net under messages that come from elsewhere: user:password@ of an address, and the service's own keys.</summary>
internal static partial class Redacted
{
    public static string Text(string text) => Keys().Replace(AddressSecret().Replace(text, "${before}***@"), "${kind}***");

    [GeneratedRegex(@"(?<before>://[^/\s:@]*:)[^/\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex AddressSecret();

    [GeneratedRegex(@"\b(?<kind>bo[eh]?_)[A-Za-z0-9_\-+/=]+", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
