using System.Collections.Immutable;
using System.Globalization;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Rules.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>The rule of contract article 7 with a month's own numbers, in both languages.</summary>
internal static class StatementWords
{
    public static ImmutableArray<BilingualText> Of(TrafficMonthView month, MonthMeasure measure) =>
    [
        Say($"Le mois {month.Month} ({month.Zone}) compte {month.Samples} intervalles de 5 minutes ; un intervalle sans trafic compte 0 octet.",
            $"The month {month.Month} ({month.Zone}) has {month.Samples} intervals of 5 minutes; an interval without traffic counts 0 bytes."),
        Say($"Les {month.FreeSamples} intervalles les plus chargés (5 %) ne comptent pas ; le plus élevé de ceux qui restent est le 95e centile, au rang {month.Rank} par ordre croissant.",
            $"The {month.FreeSamples} busiest intervals (5 %) do not count; the highest of those that remain is the 95th percentile, at rank {month.Rank} in ascending order."),
        Basis(month),
        Say($"La limite est de {Rate(month.LimitBytes)} ({month.LimitBytes} octets par intervalle) ; elle est dépassée strictement au-dessus.",
            $"The limit is {Rate(month.LimitBytes)} ({month.LimitBytes} bytes per interval); it is exceeded strictly above it."),
        Result(month),
        Deciding(measure),
        Say($"{month.CreditsUsed} intervalles ont dépassé la limite, sur {month.FreeSamples} permis.",
            $"{month.CreditsUsed} intervals were above the limit, of {month.FreeSamples} allowed."),
        month.Sealed
            ? Say($"Le mois est clos ; l'empreinte SHA-256 du document est {month.Hash}.", $"The month is sealed; the SHA-256 of its document is {month.Hash}.")
            : Say($"Relevé provisoire : le mois est clos le {Time(month.SealsAt)} (UTC).", $"Provisional statement: the month is sealed on {Time(month.SealsAt)} (UTC)."),
        .. Corrected(month),
        Say("Les sauvegardes ne sont jamais bloquées ; seul le débit de pointe du mois suivant peut être réduit.",
            "Backups are never blocked; only the burst of the next month may be lowered."),
    ];

    private static BilingualText Basis(TrafficMonthView month) => month.Basis switch
    {
        TrafficBasis.HigherOfInOut => Say("Les octets reçus et les octets émis sont classés séparément ; le plus grand des deux centiles compte.",
            "Bytes received and bytes sent are ranked apart; the larger of the two percentiles counts."),
        TrafficBasis.Sum => Say("La somme des octets reçus et émis de chaque intervalle est classée.", "The sum of bytes received and sent in each interval is ranked."),
        TrafficBasis.MaxPerSlot => Say("Le plus grand des octets reçus et émis de chaque intervalle est classé.", "The larger of bytes received and sent in each interval is ranked."),
        TrafficBasis.In => Say("Seuls les octets reçus sont classés.", "Only bytes received are ranked."),
        _ => Say("Seuls les octets émis sont classés.", "Only bytes sent are ranked."),
    };

    private static BilingualText Result(TrafficMonthView month) => month.Exceeded
        ? Say($"95e centile : {Rate(month.P95Bytes)} ({month.P95Bytes} octets). La limite est dépassée.", $"95th percentile: {Rate(month.P95Bytes)} ({month.P95Bytes} bytes). The limit is exceeded.")
        : Say($"95e centile : {Rate(month.P95Bytes)} ({month.P95Bytes} octets). La limite est respectée.", $"95th percentile: {Rate(month.P95Bytes)} ({month.P95Bytes} bytes). The limit is kept.");

    private static BilingualText Deciding(MonthMeasure measure)
    {
        if (measure.Deciding is not { } slot)
            return Say("Aucun intervalle ne décide : il n'y a pas plus d'intervalles avec trafic que d'intervalles qui ne comptent pas.",
                "No interval decides: there are no more intervals with traffic than intervals that do not count.");
        var start = Time(TrafficSlot.Start(slot.Slot).ToDateTimeOffset());
        return Say($"L'intervalle décisif commence le {start} (UTC) ; son numéro est {slot.Slot}.", $"The deciding interval begins on {start} (UTC); its number is {slot.Slot}.");
    }

    private static IEnumerable<BilingualText> Corrected(TrafficMonthView month)
    {
        if (month.Corrections.IsEmpty) yield break;
        yield return Say($"Après correction en faveur du client, le 95e centile retenu est {Rate(month.CorrectedP95Bytes)} ({month.CorrectedP95Bytes} octets).",
            $"After a correction in the customer's favour the 95th percentile that counts is {Rate(month.CorrectedP95Bytes)} ({month.CorrectedP95Bytes} bytes).");
    }

    // To the kbit/s, rounded to nearest: the exact number of bytes stands beside it.
    private static string Rate(long bytesPerSlot) => string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(bytesPerSlot * 8m / TrafficSlot.Seconds / 1_000_000m, 3):0.000} Mbit/s");

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static BilingualText Say(string fr, string en) => new() { Fr = fr, En = en };
}
