using DoorAgent.Decisions;

namespace DoorAgent.People;

/// <summary>The name of a schedule as a person has it.</summary>
internal static class ScheduleName
{
    private const int Longest = 64;

    /// <summary>Reads a name; that of a configured schedule in the configuration's own case.</summary>
    /// <exception cref="UserErrorException">No schedule could ever have that name.</exception>
    public static string Parse(string text, IEnumerable<string> configured)
    {
        string name = text.Trim();
        if (name.Length is 0 or > Longest || name.Any(letter => letter == ':' || char.IsControl(letter)))
            throw new UserErrorException($"'{text}' is not the name of a schedule: it has 1 to {Longest} characters and no colon, such as office.");
        return configured.Append(ScheduleOptions.Always).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }
}
