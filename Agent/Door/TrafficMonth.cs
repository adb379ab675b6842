namespace BackupOnline.Agent.Door;

/// <summary>A month of traffic. Bytes per slot of 300 s, but for the totals.</summary>
internal sealed record TrafficMonth(
    string Month, bool Sealed, int Samples, int Elapsed, int FreeSamples, long LimitBytes, long P95Bytes, long CorrectedP95Bytes, string Series, bool Exceeded,
    long TotalInBytes, long TotalOutBytes, long CreditsUsed, long CreditsLeft, long ForecastBytes, TrafficRegime Burst, TrafficRegime NextBurst);
