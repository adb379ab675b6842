using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's spelling: snake case, absent when null. Made at compile time, as NativeAOT wants it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupStatusLine))]
[JsonSerializable(typeof(BackupSummaryLine))]
[JsonSerializable(typeof(BootLine))]
[JsonSerializable(typeof(CacheLine))]
[JsonSerializable(typeof(ChangeLine))]
[JsonSerializable(typeof(CheckErrorLine))]
[JsonSerializable(typeof(CheckSummaryLine))]
[JsonSerializable(typeof(ContractLine))]
[JsonSerializable(typeof(DoctorLine))]
[JsonSerializable(typeof(EnrolledLine))]
[JsonSerializable(typeof(ErrorLine))]
[JsonSerializable(typeof(ExitErrorLine))]
[JsonSerializable(typeof(IReadOnlyList<ForgetGroupLine>))]
[JsonSerializable(typeof(FoundNodePart))]
[JsonSerializable(typeof(FoundObjectPart))]
[JsonSerializable(typeof(HyperVRuleLine))]
[JsonSerializable(typeof(InitializedLine))]
[JsonSerializable(typeof(IReadOnlyList<KeyLine>))]
[JsonSerializable(typeof(MachineRestoredLine))]
[JsonSerializable(typeof(NodeLine))]
[JsonSerializable(typeof(PercentileLine))]
[JsonSerializable(typeof(PointLine))]
[JsonSerializable(typeof(PruneSummaryLine))]
[JsonSerializable(typeof(RecordedPointLine))]
[JsonSerializable(typeof(RepairSummaryLine))]
[JsonSerializable(typeof(RestoreStatusLine))]
[JsonSerializable(typeof(IReadOnlyList<SnapshotLine>))]
[JsonSerializable(typeof(SnapshotLine))]
[JsonSerializable(typeof(StatisticsLine))]
[JsonSerializable(typeof(StatsLine))]
[JsonSerializable(typeof(TagChangedLine))]
[JsonSerializable(typeof(TagSummaryLine))]
[JsonSerializable(typeof(UnlockedLine))]
[JsonSerializable(typeof(UsageLine))]
[JsonSerializable(typeof(VerboseStatusLine))]
[JsonSerializable(typeof(VersionLine))]
[JsonSerializable(typeof(VolumeFileLine))]
[JsonSerializable(typeof(VolumeLine))]
[JsonSerializable(typeof(WarningLine))]
internal sealed partial class AgentJson : JsonSerializerContext
{
    /// <summary>The same, with letters beyond ASCII as they are: for lines that are not embedded in HTML.</summary>
    public static AgentJson Lines => field ??= new AgentJson(new JsonSerializerOptions(s_defaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
