namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a Job grain, <c>job/acme/j019a...</c>. A job id is 'j' and the 32 hexadecimal digits of a version 7 UUID: unique over all tenants, in order of time.</summary>
public readonly record struct JobKey(string Tenant, string Job)
{
    public override string ToString() => $"job/{Tenant}/{Job}";

    public static JobKey Parse(string key)
    {
        var parts = KeyText.Split(key, "job", 2);
        return new(parts[0], parts[1]);
    }

    /// <summary>A new id for a job opened at <paramref name="now"/>.</summary>
    public static string NewId(DateTimeOffset now) => $"j{Guid.CreateVersion7(now):N}";
}
