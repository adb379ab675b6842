namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of the provider's one traffic office.</summary>
public readonly record struct TrafficOfficeKey
{
    public override string ToString() => "traffic-office/provider";
}
