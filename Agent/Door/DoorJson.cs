using System.Text.Json.Serialization;
using BackupOnline.Agent.Pacing;

namespace BackupOnline.Agent.Door;

/// <summary>The door's JSON: camel case, see docs/http-api.md.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Contract))]
[JsonSerializable(typeof(Enrolled))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(BeatRequest))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobOutcome))]
[JsonSerializable(typeof(JobReport))]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(DoorProblem))]
[JsonSerializable(typeof(Statement))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(SendingPlan))]
internal sealed partial class DoorJson : JsonSerializerContext;
