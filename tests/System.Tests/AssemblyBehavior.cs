// Each test drives several processes on a machine with few cores: one at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

// Processes, signals and file modes as Linux knows them.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
