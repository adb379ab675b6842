using System.Text.Json.Serialization;
using BackupOnline.Engine.Keys;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Repositories;

/// <summary>Source-generated JSON of everything small: no reflection, so that the agent can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(MasterKeyFile))]
[JsonSerializable(typeof(LockFile))]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class RepositoryJson : JsonSerializerContext;
