using System.Globalization;
using System.Reflection;

namespace DoorAgent.Settings;

/// <summary>Which program this is, as its assembly says.</summary>
internal static class BuildInfo
{
    /// <summary>The version, and the commit that the program was built from where that is known; as --version prints it.</summary>
    public static string Version { get; } = typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The day of the build, in UTC. A wall clock before it was never set: boards have no battery clock.</summary>
    public static DateTimeOffset Date { get; } = DateTimeOffset.ParseExact(
        typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BuildDate").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
