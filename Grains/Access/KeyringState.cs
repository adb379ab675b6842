using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Records;

namespace BackupOnline.Grains.Access;

internal sealed class KeyringState : RememberingState
{
    /// <summary>Oldest first; the active ones, and the last of the revoked.</summary>
    public List<AccessKeyState> Keys { get; set; } = [];

    public AccessKeyList ToView(string scope) => new() { Items = [.. Keys.Select(key => key.ToView(scope))] };
}
