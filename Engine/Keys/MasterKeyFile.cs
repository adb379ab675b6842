using System.Text.Json.Serialization;
using BackupOnline.Engine.Crypto;

namespace BackupOnline.Engine.Keys;

/// <summary>The master key's JSON inside a key file.</summary>
internal sealed record MasterKeyFile
{
    [JsonPropertyName("mac")]
    public MacPart? Mac { get; init; }

    [JsonPropertyName("encrypt")]
    public byte[]? Encrypt { get; init; }

    public static MasterKeyFile Of(MasterKey key) =>
        new() { Mac = new MacPart { K = key.MacK.ToArray(), R = key.MacR.ToArray() }, Encrypt = key.Encrypt.ToArray() };

    /// <summary>Null when a part is missing, of another length or all zero.</summary>
    public MasterKey? ToMasterKey()
    {
        if (Encrypt is not { Length: 32 } || Mac is not { K.Length: 16, R.Length: 16 })
            return null;
        try
        {
            return new MasterKey([.. Encrypt, .. Mac.K, .. Mac.R]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The two halves of the Poly1305-AES key.</summary>
    internal sealed record MacPart
    {
        [JsonPropertyName("k")]
        public byte[]? K { get; init; }

        [JsonPropertyName("r")]
        public byte[]? R { get; init; }
    }
}
