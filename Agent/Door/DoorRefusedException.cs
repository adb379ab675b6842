namespace BackupOnline.Agent.Door;

/// <summary>The door answered, and said no: asking again changes nothing until a person does.</summary>
internal sealed class DoorRefusedException(DoorProblem problem) : Exception(problem.Detail ?? problem.Title ?? $"HTTP {problem.Status}")
{
    public DoorProblem Problem { get; } = problem;
}
