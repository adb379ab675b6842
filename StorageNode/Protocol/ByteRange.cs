using System.Net.Http.Headers;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>The part of an object that a GET asks for (RFC 9110 section 14). What is not one range of bytes is ignored, as the RFC allows.</summary>
internal readonly record struct ByteRange(long Offset, long Bytes, bool IsWhole)
{
    /// <summary>Null when the range lies outside the object: 416.</summary>
    public static ByteRange? Of(string? header, long size)
    {
        var whole = new ByteRange(0, size, true);
        if (string.IsNullOrEmpty(header) || !RangeHeaderValue.TryParse(header, out var value) || value is not { Unit: "bytes", Ranges.Count: 1 })
            return whole;

        var range = value.Ranges.First();
        return range switch
        {
            { From: null, To: 0 } => null,
            { From: null, To: { } last } => size == 0 ? null : new(Math.Max(0, size - last), Math.Min(size, last), false),
            { From: { } from } when from >= size => null,
            { From: { } from, To: var to } => new(from, Math.Min(to ?? long.MaxValue, size - 1) - from + 1, false),
            _ => whole,
        };
    }
}
