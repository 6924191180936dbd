using System.Globalization;
using System.Reflection;

namespace DoorAgent;

/// <summary>When this program was built. A wall clock before it was never set: boards have no battery clock.</summary>
internal static class BuildDate
{
    /// <summary>The day, in UTC, as the project file put it into the assembly.</summary>
    public static DateTimeOffset OfProgram { get; } = DateTimeOffset.ParseExact(
        typeof(BuildDate).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(BuildDate)).Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
