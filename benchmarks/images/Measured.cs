namespace BackupOnline.Images;

/// <summary>One backup. Bytes as its source and its snapshot counted them.</summary>
internal sealed record Measured(TimeSpan Wall, TimeSpan Processor, long Read, long Sent)
{
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Wall.TotalSeconds:0.00} s | {Processor.TotalSeconds:0.00} s | {MiB(Read):0.0} | {MiB(Sent):0.0}");

    public static double MiB(long bytes) => bytes / 1048576.0;
}
