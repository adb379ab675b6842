// Each test drives several processes, and mostly waits for them: three classes at a time fill a machine with two cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 3)]

// Processes, signals and file modes as Linux knows them.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
