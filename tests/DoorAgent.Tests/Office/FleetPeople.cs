using System.Globalization;
using DoorAgent.Fleet;

namespace DoorAgent.Tests.Office;

/// <summary>Made people of a fleet.</summary>
internal static class FleetPeople
{
    public static FleetEncoder Encoder { get; } = new("mobilefacenet", new string('a', 64), 1, 4, "nearest");

    /// <summary>Returns a person whose id, badge and encoding follow from a number.</summary>
    public static FleetPerson Person(int number, string? name = null) => new(number.ToString("x32", CultureInfo.InvariantCulture), name ?? $"person {number}")
    {
        Badges = [$"H10301:1:{number}"],
        Encoder = Encoder,
        Encodings = [new FleetEncoding(new byte[32], 0.5f, [1, 0, 0, 0])],
    };
}
