namespace BackupOnline.Engine.Tests.Fuzzing;

/// <summary>Makes hostile variants of honest bytes: what bit rot, a foreign client or an attacker with the key could have stored. The same seed makes the same.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>What parsers of JSON, paths and numbers stumble over.</summary>
    private static readonly byte[][] s_tokens =
    [
        "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(),
        "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "\\"u8.ToArray(), "\\x"u8.ToArray(), ".."u8.ToArray(), "/"u8.ToArray(), "../../etc/passwd"u8.ToArray(), [0], [0xff], [0xc3, 0x28],
        "-1"u8.ToArray(), "1e999"u8.ToArray(), "4294967296"u8.ToArray(), "18446744073709551616"u8.ToArray(), "99999999999999999999999999"u8.ToArray(),
        "9999-99-99T99:99:99Z"u8.ToArray(), "0000-00-00T00:00:00+99:99"u8.ToArray(), [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], "<!--"u8.ToArray(), "[[[[[[[[[[[[[[[[[[[[[[[[[[[["u8.ToArray(),
    ];

    private readonly Random _dice = new(seed);

    public byte[] Mutate(byte[] honest)
    {
        var bytes = honest.ToList();
        for (var edits = _dice.Next(1, 9); edits > 0; edits--)
            Edit(bytes);
        return [.. bytes];
    }

    private void Edit(List<byte> bytes)
    {
        var at = _dice.Next(bytes.Count + 1);
        var length = Math.Min(_dice.Next(1, 40), bytes.Count - at);
        switch (_dice.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _dice.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_dice.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_dice.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, s_tokens[_dice.Next(s_tokens.Length)]);
                break;
        }
    }
}
