using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Nodes;

internal sealed partial class NodeGrain
{
    [LoggerMessage(1, LogLevel.Information, "NodeRegistered {Node} {StorageUrl}")]
    private partial void LogNodeRegistered(NodeKey node, string storageUrl);
}
