using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>Converts kinds, reasons and times to words and back.</summary>
internal static partial class EventWords
{
    /// <summary>Returns the word of an event's kind, also of a kind that only a newer dooragent knows.</summary>
    public static string OfKind(DoorEvent e) => e.Kind?.ToString() ?? e.Unread?.Kind ?? "";

    /// <summary>Returns the word of an event's reason, also of a reason that only a newer dooragent knows; null without a reason.</summary>
    public static string? OfReason(DoorEvent e) => e.Reason?.ToString() ?? e.Unread?.Reason;

    /// <summary>Returns an event's time as in the journal and in JSON; the record's own text where that is not a time.</summary>
    public static string OfTime(DoorEvent e) => e.Time?.ToString("O", CultureInfo.InvariantCulture) ?? e.Unread?.Time ?? "";

    /// <summary>Returns the value of a name, without regard to case, hyphens and spaces; null when there is none. Numbers are not
    /// names.</summary>
    public static T? Find<T>(string name) where T : struct, Enum
    {
        string plain = name.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found) : null;
    }

    /// <summary>Returns a name in words, such as <c>Door held open</c>.</summary>
    public static string InWords(string name) => InnerCapital().Replace(name, capital => " " + capital.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex InnerCapital();
}
