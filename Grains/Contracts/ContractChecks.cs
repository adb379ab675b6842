using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Requests;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.Contracts;

/// <summary>What requests to a contract must keep.</summary>
internal static partial class ContractChecks
{
    /// <summary>A price or a payment, in hundredths: far above any, far below an overflow of sums.</summary>
    private const long MaxCents = 100_000_000_000;

    /// <summary>More than the minutes of a month.</summary>
    private const int MaxOutages = 50_000;

    public static Refusal? Amount(long cents, string field) => Check.That(
        cents is >= 1 and <= MaxCents, $"{field}-invalid", $"The {field} is in hundredths of the currency: 1 to {MaxCents}.");

    public static Refusal? Currency(string? currency) => Check.That(
        currency is not null && CurrencyPattern().IsMatch(currency), "currency-invalid", "The currency is an ISO 4217 code of three capital letters, such as EUR.");

    /// <summary>A civil month of the years 2000 to 2199.</summary>
    public static Refusal? Month(string? text, out YearMonth month)
    {
        var parsed = YearMonthPattern.Iso.Parse(text ?? "");
        month = parsed.Success ? parsed.Value : default;
        return Check.That(parsed.Success && month.Year is >= 2000 and < 2200, "month-invalid", "The month is a civil month of the form 2026-11.");
    }

    public static Refusal? Outages(ImmutableArray<Outage> outages, out ImmutableArray<Interval> spans)
    {
        spans = [];
        if (outages.IsDefault || outages.Length > MaxOutages || outages.Any(outage => outage.Start >= outage.End))
        {
            return Refusal.Invalid("outages-invalid", $"Each outage ends after its start, and a month has at most {MaxOutages} of them.");
        }

        spans = [.. outages.Select(outage => new Interval(Instant.FromDateTimeOffset(outage.Start), Instant.FromDateTimeOffset(outage.End)))];
        return null;
    }

    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyPattern();
}
