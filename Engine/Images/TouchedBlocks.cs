using System.Runtime.CompilerServices;

namespace BackupOnline.Engine.Images;

/// <summary>From the extents of a source to the blocks that have to be made anew.</summary>
internal static class TouchedBlocks
{
    /// <summary>Ascending. A block that is not among them is zero in a full image and as in the parent in an incremental one.</summary>
    /// <exception cref="ImageSourceException">Extents that overlap, go back, or lie outside the image.</exception>
    public static async IAsyncEnumerable<TouchedBlock> OfAsync(IImageSource image, int blockSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlockBuilder? open = null;
        var end = 0L;
        await foreach (var extent in image.ExtentsAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            if (extent.Offset < end || extent.Length <= 0 || extent.Length > image.Size - extent.Offset)
                throw new ImageSourceException(
                    image.Name, $"{image.Name} gave an extent of {extent.Length} bytes at {extent.Offset}, behind {end} of {image.Size}: no backup can be made of that. Run it again.");
            end = extent.End;
            if (extent.IsZero && !image.IsIncremental)
                continue;
            for (var at = extent.Offset; at < end;)
            {
                var number = checked((int)(at / blockSize));
                var start = (long)number * blockSize;
                if (open is not null && open.Number != number)
                {
                    yield return open.Build();
                    open = null;
                }

                open ??= new BlockBuilder(number, ImageBlocks.LengthOf(number, image.Size, blockSize), image.IsIncremental);
                var stop = Math.Min(end, start + blockSize);
                open.Add((int)(at - start), (int)(stop - start), extent.IsZero);
                at = stop;
            }
        }

        if (open is not null)
            yield return open.Build();
    }
}
