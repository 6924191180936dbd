using System.Globalization;

/// <summary>
/// Runs inside the measured program: .NET calls this class, which must have this name and no namespace, before Main where the variable
/// DOTNET_STARTUP_HOOKS names its assembly. Writes every second how large the managed heap is, which nothing outside can see.
/// </summary>
internal static class StartupHook
{
    public const string Variable = "SOAK_HEAP";

    private const int PeriodMs = 1000;

    // A timer that nothing holds would be collected.
    private static Timer? _sampling;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } file)
            _sampling = new Timer(_ => Write(file), null, 0, PeriodMs);
    }

    private static void Write(string file)
    {
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{GC.GetTotalMemory(forceFullCollection: false)} {last.HeapSizeBytes} {GC.CollectionCount(2)} {ThreadPool.ThreadCount}");
        File.WriteAllText(file + ".new", line);
        File.Move(file + ".new", file, overwrite: true);
    }
}
