using DoorAgent.Schedules;

namespace DoorAgent.Galleries;

/// <summary>Parses the name of a person's schedule.</summary>
internal static class ScheduleName
{
    private const int Longest = 64;

    /// <summary>Whether a text has the form of a schedule name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= Longest && text == text.Trim() && !text.Any(letter => letter == ':' || char.IsControl(letter));

    /// <summary>Parses a name; the name of a configured schedule is returned in the configuration's spelling.</summary>
    /// <exception cref="UserErrorException">The text cannot be the name of a schedule.</exception>
    public static string Parse(string text, IEnumerable<string> configured)
    {
        string name = text.Trim();
        if (!IsName(name))
            throw new UserErrorException($"'{text}' is not the name of a schedule: "
                + $"it has 1 to {Longest} characters and no colon, such as office.");
        return configured.Append(ScheduleOptions.Always).FirstOrDefault(known => known.Equals(name,
            StringComparison.OrdinalIgnoreCase)) ?? name;
    }
}
