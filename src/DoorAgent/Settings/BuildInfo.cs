using System.Globalization;
using System.Reflection;

namespace DoorAgent.Settings;

/// <summary>Version and build date of the program, from its assembly.</summary>
internal static class BuildInfo
{
    /// <summary>The version, with the commit where that is known, as --version prints them.</summary>
    public static string Version { get; } = typeof(BuildInfo)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The day of the build, in UTC. A wall clock before this day was never set: boards have no battery clock.</summary>
    public static DateTimeOffset Date { get; } = DateTimeOffset.ParseExact(
        typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BuildDate").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
