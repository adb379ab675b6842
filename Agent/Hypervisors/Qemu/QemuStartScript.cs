using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A script that starts a restored machine with what its description tells, and no network. A person may change it.</summary>
internal static class QemuStartScript
{
    private const long Mebibyte = 1 << 20;

    public static string For(MachineRestoreRequest request, IReadOnlyList<(string Id, string File)> disks)
    {
        var described = Described(request);
        var script = new StringBuilder();
        script.Append("#!/bin/sh\n# Starts the restored machine, WITHOUT A NETWORK: give it one only when the old machine is off for good.\n");
        script.Append("# Further options of QEMU may follow on the command line.\nset -eu\ncd \"$(dirname \"$0\")\"\n");
        script.Append("exec qemu-system-x86_64 -nodefaults -nic none -vga std");
        script.Append(CultureInfo.InvariantCulture, $" -name {Quoted(request.Name)}");
        script.Append(CultureInfo.InvariantCulture, $" -machine {Quoted(described?.Type ?? "q35")} -m {(described?.Memory ?? 2048 * Mebibyte) / Mebibyte} -smp {described?.Processors ?? 1}");
        for (var at = 0; at < disks.Count; at++)
        {
            var (id, file) = disks[at];
            var device = IsPlain(id) ? $",id={id}" : "";
            script.Append(CultureInfo.InvariantCulture, $" \\\n  -blockdev driver={request.Format},node-name=disk{at + 1},file.driver=file,file.filename={file}");
            script.Append(CultureInfo.InvariantCulture, $" \\\n  -device virtio-blk-pci,drive=disk{at + 1}{device}");
        }

        return script.Append(" \\\n  \"$@\"\n").ToString();
    }

    private static QemuDescription? Described(MachineRestoreRequest request)
    {
        if (request.Configuration.FirstOrDefault(file => file.Name == QemuDescription.FileName) is not { } file)
            return null;
        try
        {
            return JsonSerializer.Deserialize(file.Content.Span, QemuDescriptionJson.Default.QemuDescription);
        }
        catch (JsonException)
        {
            // Of another hypervisor, or broken: the script then has usual values.
            return null;
        }
    }

    // As a device's id QEMU takes a letter, then letters, digits and three signs.
    private static bool IsPlain(string id) => id.Length > 0 && char.IsAsciiLetter(id[0]) && id.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '_');

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal).Replace(",", ",,", StringComparison.Ordinal)}'";
}
