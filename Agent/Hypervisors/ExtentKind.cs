namespace BackupOnline.Agent.Hypervisors;

/// <summary>What an extent holds.</summary>
internal enum ExtentKind
{
    /// <summary>Has to be read.</summary>
    Data,

    /// <summary>Reads as zeros, known without reading.</summary>
    Zero,
}
