using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Stores;

/// <summary>Source-generated JSON of the listings.</summary>
[JsonSerializable(typeof(RestListingLine[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RestListingJson : JsonSerializerContext;
