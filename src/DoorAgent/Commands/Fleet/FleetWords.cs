using System.Globalization;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Words that several verbs of the fleet use.</summary>
internal static class FleetWords
{
    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string one, string more) => count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count} {more}");

    /// <summary>A time of this machine's clock.</summary>
    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A publication in a line.</summary>
    public static string Publication(OfficePublication one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Group}: publication {one.Serial} of {Time(one.At)}: {one.What}");
}
