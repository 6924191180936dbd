using DoorAgent.Schedules;

namespace DoorAgent.Galleries;

/// <summary>The name of a schedule as a person has it.</summary>
internal static class ScheduleName
{
    private const int Longest = 64;

    /// <summary>Whether it is written as a name is.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= Longest && text == text.Trim() && !text.Any(letter => letter == ':' || char.IsControl(letter));

    /// <summary>Reads a name; that of a configured schedule in the configuration's own case.</summary>
    /// <exception cref="UserErrorException">No schedule could ever have that name.</exception>
    public static string Parse(string text, IEnumerable<string> configured)
    {
        string name = text.Trim();
        if (!IsName(name))
            throw new UserErrorException($"'{text}' is not the name of a schedule: it has 1 to {Longest} characters and no colon, such as office.");
        return configured.Append(ScheduleOptions.Always).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }
}
