using System.Globalization;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

/// <summary>An item of a snapshot on one line of the screen.</summary>
internal static class NodeText
{
    public static string Of(TreeItem item, bool details)
    {
        var (path, node) = (PathText.ForScreen(item.Path.ToString()), item.Node);
        if (!details)
            return path;
        var time = node.ModifiedAt.ToDateTimeOffset().ToLocalTime();
        var target = node.LinkTarget.IsEmpty ? "" : " -> " + PathText.ForScreen(node.LinkTarget.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{node.Mode} {node.Uid,5} {node.Gid,5} {node.Size,12} {time:yyyy-MM-dd HH:mm:ss} {path}{target}");
    }
}
