// Each test drives several processes, and mostly waits for them: two classes at a time fill a machine with few cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]

// Processes, signals and file modes as Linux knows them.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
