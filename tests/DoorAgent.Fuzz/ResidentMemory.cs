using System.Globalization;

namespace DoorAgent.Fuzz;

/// <summary>The memory of this process as the kernel counts it, native code included (proc(5)).</summary>
internal static class ResidentMemory
{
    /// <summary>The most memory since <see cref="Reset"/>, in bytes.</summary>
    public static long Peak => Field("VmHWM:");

    /// <summary>Starts to count from the memory now.</summary>
    /// <returns>The memory now, in bytes.</returns>
    public static long Reset()
    {
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Peak;
    }

    private static long Field(string name) => 1024 * long.Parse(File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture);
}
