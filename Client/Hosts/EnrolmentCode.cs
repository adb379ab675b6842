namespace BackupOnline.Client.Hosts;

/// <summary>The one-time code of an enrolment, as it is shown to a person.</summary>
internal static class EnrolmentCode
{
    public static string Format(string tenant, string host, string secret) => $"boe_{tenant}_{host}_{secret}";
}
