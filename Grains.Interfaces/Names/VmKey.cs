namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a VirtualMachine grain, <c>vm/acme/web01</c>.</summary>
public readonly record struct VmKey(string Tenant, string Vm)
{
    public override string ToString() => $"vm/{Tenant}/{Vm}";

    public static VmKey Parse(string key)
    {
        var parts = KeyText.Split(key, "vm", 2);
        return new(parts[0], parts[1]);
    }
}
