namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>A file is not a VHDX that can be read for certain. The message names the file, what is wrong and what to do.</summary>
internal sealed class VhdxException(string path, string problem, string advice) : Exception($"{path}: {problem}; {advice}")
{
    public const string Copy = "the file is damaged or incomplete: use another copy of it";
    public const string Newer = "it was made by a newer system than this program knows: update this program, or convert the disk with Convert-VHD or qemu-img";

    public static VhdxException Damaged(string path, string problem) => new(path, problem, Copy);

    public static VhdxException Unknown(string path, string problem) => new(path, problem, Newer);
}
