using System.Text.RegularExpressions;

namespace DoorAgent.Auditing;

/// <summary>Names of kinds and reasons as people write and read them.</summary>
internal static partial class EventWords
{
    /// <summary>The value of a name; case, hyphens and spaces do not matter, numbers are no names. Null when there is none.</summary>
    public static T? Find<T>(string name) where T : struct, Enum
    {
        string plain = name.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found) : null;
    }

    /// <summary>A name in words: <c>Door held open</c>.</summary>
    public static string InWords(string name) => InnerCapital().Replace(name, capital => " " + capital.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex InnerCapital();
}
