namespace BackupOnline.Images;

/// <summary>Bytes of which half can be compressed: pages by turns of noise, and of text with few letters.</summary>
internal sealed class Content(int seed)
{
    private const int Page = 4096;
    private readonly Random _dice = new(seed);

    public void Fill(Span<byte> bytes)
    {
        _dice.NextBytes(bytes);
        for (var at = Page; at < bytes.Length; at += 2 * Page)
        {
            var text = bytes.Slice(at, Math.Min(Page, bytes.Length - at));
            for (var i = 0; i < text.Length; i++)
                text[i] = (byte)('a' + (text[i] & 3));
        }
    }
}
