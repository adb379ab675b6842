using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Traffic;

internal sealed partial class TrafficGrain
{
    [LoggerMessage(1, LogLevel.Warning, "TrafficRefused {Traffic} {Node}: {Code}.")]
    private partial void LogRefused(TrafficKey traffic, string? node, string code);

    [LoggerMessage(2, LogLevel.Warning, "TrafficTooLate {Traffic} {Node}: {Slots} slots of sealed months were not taken.")]
    private partial void LogTooLate(TrafficKey traffic, string node, int slots);
}
