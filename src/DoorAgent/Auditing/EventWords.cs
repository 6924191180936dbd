using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>Names of kinds and reasons as people write and read them.</summary>
internal static partial class EventWords
{
    /// <summary>The word of an event's kind, also of one that only a newer dooragent knows.</summary>
    public static string OfKind(DoorEvent e) => e.Kind?.ToString() ?? e.Unread?.Kind ?? "";

    /// <summary>The word of an event's reason, also of one that only a newer dooragent knows; null without a reason.</summary>
    public static string? OfReason(DoorEvent e) => e.Reason?.ToString() ?? e.Unread?.Reason;

    /// <summary>The time of an event as journal and JSON have it; what a record has in its place where that is no time.</summary>
    public static string OfTime(DoorEvent e) => e.Time?.ToString("O", CultureInfo.InvariantCulture) ?? e.Unread?.Time ?? "";

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
