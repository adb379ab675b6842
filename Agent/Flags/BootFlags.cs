using System.CommandLine;
using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

/// <summary>Flags that say how a point is started for a test.</summary>
internal sealed class BootFlags(Speech speech)
{
    private static readonly string[] Buses = ["virtio", "sata", "nvme", "scsi"];
    private static readonly string[] Accelerators = ["tcg", "kvm"];

    private readonly Option<string?> _memory = new("--memory") { Description = speech.Say(BootSentences.Memory), HelpName = "MiB" };
    private readonly Option<string?> _processors = new("--processors") { Description = speech.Say(BootSentences.Processors), HelpName = "n" };
    private readonly Option<string?> _deadline = new("--deadline") { Description = speech.Say(BootSentences.Deadline), HelpName = "duration" };
    private readonly Option<string?> _bus = new("--bus") { Description = speech.Say(BootSentences.Bus), HelpName = "bus" };
    private readonly Option<string?> _accelerator = new("--accelerator") { Description = speech.Say(BootSentences.Accelerator), HelpName = "tcg|kvm" };
    private readonly Option<string?> _expected = new("--expect") { Description = speech.Say(BootSentences.Expected), HelpName = "text" };
    private readonly Option<string?> _kernel = new("--kernel") { Description = speech.Say(BootSentences.Kernel), HelpName = "file" };
    private readonly Option<string?> _initrd = new("--initrd") { Description = speech.Say(BootSentences.Initrd), HelpName = "file" };
    private readonly Option<string?> _append = new("--append") { Description = speech.Say(BootSentences.Append), HelpName = "text" };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _memory, _processors, _deadline, _bus, _accelerator, _expected, _kernel, _initrd, _append })
            command.Add(option);
    }

    public BootTestOptions Read(ParseResult parsed)
    {
        var plain = new BootTestOptions();
        return plain with
        {
            MemoryMiB = parsed.GetValue(_memory) is { } memory ? FlagText.Number("--memory", memory, 32, 1 << 20, BootSentences.BadMemory) : plain.MemoryMiB,
            Processors = parsed.GetValue(_processors) is { } processors ? FlagText.Number("--processors", processors, 1, 64, BootSentences.BadProcessors) : plain.Processors,
            Deadline = parsed.GetValue(_deadline) is { } deadline ? FlagText.Duration("--deadline", deadline) : plain.Deadline,
            Bus = Choice("--bus", parsed.GetValue(_bus), Buses) ?? plain.Bus,
            Accelerator = Choice("--accelerator", parsed.GetValue(_accelerator), Accelerators) ?? plain.Accelerator,
            Expected = parsed.GetValue(_expected),
            Kernel = parsed.GetValue(_kernel),
            Initrd = parsed.GetValue(_initrd),
            Append = parsed.GetValue(_append),
        };
    }

    private static string? Choice(string flag, string? text, string[] choices) =>
        text is null || choices.Contains(text) ? text : throw FlagText.Bad(flag, text, BootSentences.BadChoice);
}
