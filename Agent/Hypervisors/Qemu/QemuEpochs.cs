using System.Text.Json.Nodes;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Carries out <see cref="QemuRoll"/> on every disk of a machine.</summary>
internal static class QemuEpochs
{
    /// <returns>What was done.</returns>
    public static async Task<IReadOnlyList<string>> RollAsync(QemuSession session, string machine, Epoch? lastCommitted, CancellationToken cancellation)
    {
        var done = new List<string>();
        foreach (var disk in await session.DisksAsync(cancellation))
        {
            var plan = QemuRoll.Plan(disk, machine, lastCommitted);
            if (plan.Merge.Count > 0)
            {
                await session.TransactAsync(
                    [("block-dirty-bitmap-enable", Bitmap(disk.Node, plan.Keep!)), ("block-dirty-bitmap-merge", MergeOf(disk.Node, plan.Keep!, plan.Merge))],
                    cancellation);
                done.Add($"{disk.DiskId}: changes since {string.Join(", ", plan.Merge)} go to {plan.Keep}");
            }

            foreach (var name in plan.Remove)
                await session.DoAsync("block-dirty-bitmap-remove", Bitmap(disk.Node, name), cancellation);
            if (plan.Remove.Count > 0)
                done.Add($"{disk.DiskId}: removed {string.Join(", ", plan.Remove)}");
        }

        return done;
    }

    public static JsonObject Bitmap(string node, string name) => new() { ["node"] = node, ["name"] = name };

    private static JsonObject MergeOf(string node, string target, IReadOnlyList<string> sources) =>
        new() { ["node"] = node, ["target"] = target, ["bitmaps"] = new JsonArray([.. sources.Select(name => JsonValue.Create(name))]) };
}
