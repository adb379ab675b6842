using Tomlyn.Model;
using Tomlyn.Serialization;

namespace BackupOnline.Agent.Profiles;

/// <summary>Made at compile time, as NativeAOT wants it.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class ProfileToml : TomlSerializerContext;
