namespace BackupOnline.Rules.Traffic;

/// <summary>What a run has still to send, which nobody knows before it has ended: unchanged and duplicate data is never sent.</summary>
public static class PacingEstimate
{
    // How much the forecast weighs, in thousandths of the run: equal to what was seen when a fifth of the data has been looked at.
    private const long ForecastWeight = 200;

    /// <summary>
    /// Bytes still to be sent: the part that was not looked at yet, times the bytes sent per part so far, mixed with the forecast, which counts as a fifth of a run.
    /// Without a forecast and before anything was looked at, everything. Rounded down.
    /// </summary>
    /// <param name="forecastBytes">Bytes that this run was expected to send, or null without a history.</param>
    /// <param name="sentBytes">Bytes sent so far, 0 or more.</param>
    /// <param name="doneBytes">Bytes of the source that were looked at, 0 or more.</param>
    /// <param name="totalBytes">Bytes of the source, as far as they are known; 0 for unknown.</param>
    public static long BytesLeft(long? forecastBytes, long sentBytes, long doneBytes, long totalBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sentBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(doneBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(totalBytes);
        var done = totalBytes == 0 ? 0 : (long)((Int128)Math.Min(doneBytes, totalBytes) * 1_000 / totalBytes);
        if (forecastBytes is null && done == 0) return Math.Max(0, totalBytes - doneBytes);
        var weight = forecastBytes is null ? 0 : ForecastWeight;
        var perRun = ((weight * (Int128)(forecastBytes ?? 0)) + (1_000 * (Int128)sentBytes)) / (weight + done);
        return (long)((1_000 - done) * perRun / 1_000);
    }
}
