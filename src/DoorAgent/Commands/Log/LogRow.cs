using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Commands.Log;

/// <summary>Formats one record in columns: time, event, person, badge, and the rest wrapped into as many lines as needed.</summary>
internal static class LogRow
{
    private const int Event = 18;
    private const int Person = 10;
    private const int Badge = 12;
    private const string Gap = "  ";
    private const int LeastRest = 20;

    private static readonly int Indent = "hh:mm:ss".Length + Event + Person + Badge + (4 * Gap.Length);

    public static string Heading { get; } = Columns("time", "event", "person", "badge") + "#record, why, distance/limit";

    /// <summary>Returns the lines of a record, without a final line end.</summary>
    /// <param name="entry">The record.</param>
    /// <param name="local">Its time in the zone to show; null where it cannot be read.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static string Of(DoorEvent entry, DateTimeOffset? local, int width)
    {
        string time = local?.ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? EventWords.OfTime(entry);
        string kind = entry.Kind is { } known ? EventWords.InWords(known.ToString()) : EventWords.OfKind(entry);
        string person = PersonReference.Who(entry) ?? "";
        string row = Columns(time, kind, person, entry.BadgeHint ?? "");
        // A long name moves the following columns to the right.
        int start = Math.Max(Indent, row.Length);
        string[] lines = [.. Broken(Rest(entry), Math.Max(LeastRest, width - 1 - start), Math.Max(LeastRest, width - 1 - Indent))];
        return (row + string.Join("\n" + new string(' ', Indent), lines)).TrimEnd();
    }

    private static string Columns(string time, string kind, string person, string badge) =>
        string.Concat(Padded(time, 8), Padded(kind, Event), Padded(person, Person), Padded(badge, Badge));

    private static string Padded(string text, int width) => text.PadRight(width) + Gap;

    private static string Rest(DoorEvent entry)
    {
        string? distance = entry.Distance is { } d
            ? string.Create(CultureInfo.InvariantCulture,
            $"{d:0.000}{(entry.Threshold is { } t ? $"/{t.ToString("0.000", CultureInfo.InvariantCulture)}" : "")}") : null;
        // The number that 'dooragent explain --event' takes.
        string number = entry.Kind is DoorEventKind.Denied or DoorEventKind.Granted
            ? string.Create(CultureInfo.InvariantCulture, $"#{entry.Sequence} ") : "";
        string words = string.Join(
            ", ", new[] { EventWords.OfReason(entry), distance, entry.Detail }.Where(part => !string.IsNullOrEmpty(part)));
        return (number + words).TrimEnd().ReplaceLineEndings(" ");
    }

    private static IEnumerable<string> Broken(string text, int first, int others)
    {
        int width = first;
        while (text.Length > width)
        {
            int space = text.LastIndexOf(' ', width);
            int cut = space > 0 ? space : width;
            yield return text[..cut];
            text = text[cut..].TrimStart();
            width = others;
        }

        yield return text;
    }
}
