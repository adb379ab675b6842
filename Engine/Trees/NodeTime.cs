namespace BackupOnline.Engine.Trees;

/// <summary>
/// A moment of a file, to the nanosecond: seconds since 1970-01-01T00:00:00Z, and nanoseconds (0 to 999,999,999) after that second.
/// The offset is only how another client wrote it; what this engine makes is in UTC.
/// </summary>
public readonly record struct NodeTime(long Seconds, int Nanoseconds, short OffsetMinutes = 0)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar.</summary>
    private const long EpochDay = 719_468;

    /// <summary>Days of 400 years, after which the calendar repeats.</summary>
    private const long CycleDays = 146_097;

    /// <summary>The moment is the same, however it was written.</summary>
    public bool IsSameMoment(NodeTime other) => Seconds == other.Seconds && Nanoseconds == other.Nanoseconds;

    /// <summary>To the nearest earlier tick of 100 ns, clamped to what <see cref="DateTimeOffset"/> can hold.</summary>
    public DateTimeOffset ToDateTimeOffset()
    {
        var seconds = Math.Clamp(Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(Nanoseconds / 100);
    }

    /// <summary>
    /// Writes RFC 3339 with as many decimals as are needed. A year outside of 0 to 9999 becomes the nearest of these, month and day kept, as the format has four digits.
    /// Needs 35 bytes; returns how many it wrote.
    /// </summary>
    public int Format(Span<byte> utf8)
    {
        var local = Seconds + (OffsetMinutes * 60L);
        var day = Math.DivRem(local, SecondsPerDay, out var second);
        if (second < 0)
            (day, second) = (day - 1, second + SecondsPerDay);
        var (year, month, date) = CivilFromDay(day);
        if (year is < 0 or > 9999)
            (year, month, date) = CivilFromDay(DayFromCivil(Math.Clamp(year, 0, 9999), month, date));

        var at = Digits(utf8, 0, year, 4);
        utf8[at++] = (byte)'-';
        at = Digits(utf8, at, month, 2);
        utf8[at++] = (byte)'-';
        at = Digits(utf8, at, date, 2);
        utf8[at++] = (byte)'T';
        at = Digits(utf8, at, second / 3600, 2);
        utf8[at++] = (byte)':';
        at = Digits(utf8, at, second / 60 % 60, 2);
        utf8[at++] = (byte)':';
        at = Digits(utf8, at, second % 60, 2);
        if (Nanoseconds != 0)
        {
            utf8[at++] = (byte)'.';
            at = Digits(utf8, at, Nanoseconds, 9);
            while (utf8[at - 1] == '0')
                at--;
        }

        if (OffsetMinutes == 0)
        {
            utf8[at++] = (byte)'Z';
            return at;
        }

        utf8[at++] = OffsetMinutes < 0 ? (byte)'-' : (byte)'+';
        at = Digits(utf8, at, Math.Abs(OffsetMinutes) / 60, 2);
        utf8[at++] = (byte)':';
        return Digits(utf8, at, Math.Abs(OffsetMinutes) % 60, 2);
    }

    /// <summary>Reads RFC 3339 with a four-digit year and up to nine decimals (more are cut off).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NodeTime time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var date)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)
            || month is < 1 or > 12 || date is < 1 or > 31 || hour > 23 || minute > 59 || second > 59)
            return false;

        var rest = text[19..];
        var nanoseconds = 0;
        if (rest[0] == '.')
        {
            var (weight, i) = (100_000_000, 1);
            for (; i < rest.Length && char.IsAsciiDigit((char)rest[i]); i++, weight /= 10)
                nanoseconds += (rest[i] - '0') * weight;
            rest = rest[i..];
        }

        if (!Offset(rest, out var offset))
            return false;
        var seconds = (DayFromCivil(year, month, date) * SecondsPerDay) + (hour * 3600L) + (minute * 60) + second - (offset * 60L);
        time = new NodeTime(seconds, nanoseconds, offset);
        return true;
    }

    /// <summary>RFC 3339, as stored.</summary>
    public override string ToString()
    {
        Span<byte> utf8 = stackalloc byte[40];
        return System.Text.Encoding.ASCII.GetString(utf8[..Format(utf8)]);
    }

    private static bool Offset(ReadOnlySpan<byte> text, out short minutes)
    {
        minutes = 0;
        if (text.Length == 1)
            return (text[0] | 0x20) == 'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Number(text[1..3], out var hour) || !Number(text[4..6], out var minute) || hour > 23 || minute > 59)
            return false;
        minutes = (short)(((hour * 60) + minute) * (text[0] == '-' ? -1 : 1));
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }

    private static int Digits(Span<byte> utf8, int at, long value, int count)
    {
        for (var i = at + count - 1; i >= at; i--, value /= 10)
            utf8[i] = (byte)('0' + (value % 10));
        return at + count;
    }

    // Years are counted from March here, so that the leap day is the last of a year and months have a regular pattern of 153 days in five.
    private static long DayFromCivil(long year, int month, int date)
    {
        var shifted = month <= 2 ? year - 1 : year;
        var cycle = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfCycle = shifted - (cycle * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + date - 1;
        return (cycle * CycleDays) + (yearOfCycle * 365) + (yearOfCycle / 4) - (yearOfCycle / 100) + dayOfYear - EpochDay;
    }

    private static (long Year, int Month, int Date) CivilFromDay(long day)
    {
        var shifted = day + EpochDay;
        var cycle = (shifted >= 0 ? shifted : shifted - (CycleDays - 1)) / CycleDays;
        var dayOfCycle = shifted - (cycle * CycleDays);
        var yearOfCycle = (dayOfCycle - (dayOfCycle / 1460) + (dayOfCycle / 36_524) - (dayOfCycle / 146_096)) / 365;
        var dayOfYear = dayOfCycle - ((yearOfCycle * 365) + (yearOfCycle / 4) - (yearOfCycle / 100));
        var monthFromMarch = (int)(((5 * dayOfYear) + 2) / 153);
        var date = (int)(dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1);
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return (yearOfCycle + (cycle * 400) + (month <= 2 ? 1 : 0), month, date);
    }
}
