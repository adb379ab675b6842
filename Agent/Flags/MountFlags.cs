using System.CommandLine;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Languages;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Mounting;

namespace BackupOnline.Agent.Flags;

/// <summary>What the mount verb takes beside the global flags, as with restic.</summary>
internal sealed class MountFlags(Speech speech)
{
    private readonly Option<bool> _allowOther = new("--allow-other") { Description = speech.Say(MountSentences.AllowOther) };
    private readonly Option<bool> _noDefaultPermissions = new("--no-default-permissions") { Description = speech.Say(MountSentences.NoDefaultPermissions) };
    private readonly Option<bool> _ownerRoot = new("--owner-root") { Description = speech.Say(MountSentences.OwnerRoot) };
    private readonly Option<string[]> _pathTemplates = new("--path-template") { Description = speech.Say(MountSentences.PathTemplate), HelpName = "template" };
    private readonly Option<string?> _timeTemplate = new("--time-template") { Description = speech.Say(MountSentences.TimeTemplate), HelpName = "template" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _allowOther, _noDefaultPermissions, _ownerRoot, _pathTemplates, _timeTemplate })
            command.Add(option);
    }

    public MountOptions Options(ParseResult parsed)
    {
        var options = new MountOptions { OwnerIsRoot = parsed.GetValue(_ownerRoot), Owner = LocalFiles.Self() };
        if (parsed.GetValue(_pathTemplates) is { Length: > 0 } templates)
            options = options with { PathTemplates = templates };
        if (parsed.GetValue(_timeTemplate) is { } layout)
            options = layout is "" || layout.Contains('/', StringComparison.Ordinal) ? throw FlagText.Bad("--time-template", layout, MountSentences.BadTimeTemplate) : options with { TimeTemplate = layout };
        return options.PathTemplates.FirstOrDefault(template => !MountOptions.IsTemplate(template)) is { } bad
            ? throw FlagText.Bad("--path-template", bad, MountSentences.BadPathTemplate)
            : options;
    }

    /// <summary>Options of mount(8). As with restic, the kernel judges rights when others may come in.</summary>
    public IEnumerable<string> Mount(ParseResult parsed)
    {
        yield return "ro";
        yield return "fsname=backuponline";
        yield return "subtype=backuponline";
        if (!parsed.GetValue(_allowOther))
            yield break;
        yield return "allow_other";
        if (!parsed.GetValue(_noDefaultPermissions))
            yield return "default_permissions";
    }
}
