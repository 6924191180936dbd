using System.Globalization;
using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Link.Mail;

/// <summary>A mail: its identifier, subject and text.</summary>
/// <param name="Id">The identifier before the @ of the Message-Id: the same in every repetition.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The plain text.</param>
internal sealed record MailText(string Id, string Subject, string Body)
{
    private const int LongestSubject = 160;

    /// <summary>Writes the mail of alarms and their ends.</summary>
    /// <param name="door">The door's names.</param>
    /// <param name="events">The events, oldest first; at least one.</param>
    public static MailText Of(LinkOptions door, IReadOnlyList<DoorEvent> events)
    {
        // The most urgent one gives the subject.
        DoorEvent first = events.FirstOrDefault(made => made.Kind == DoorEventKind.Duress) ?? events.FirstOrDefault(made => made.IsAlarm())
            ?? events[0];
        string others = events.Count == 1 ? "" : $", and {Count(events.Count - 1, "more event")}";
        StringBuilder body = new();
        foreach (DoorEvent made in events)
        {
            body.Append(CultureInfo.InvariantCulture, $"{Moment(made.Time)}  {PeopleNews.WordsOf(made)}\n");
            body.Append(CultureInfo.InvariantCulture, $"    (event {made.Sequence}, {EventWords.OfKind(made)})\n\n");
        }

        body.Append(CultureInfo.InvariantCulture,
            $"Door: {door.Name} ({door.Door}). 'dooragent log' there shows what happened before and after.\n");
        string id = $"alarm.{PeopleNews.IdOf(door.Door, events[0])}";
        return new MailText(events.Count == 1 ? id : $"{id}-{events[^1].Sequence.ToString(CultureInfo.InvariantCulture)}",
            Short($"{door.Name}: {Title(first)}{others}"), body.ToString());
    }

    /// <summary>Writes the mail of a summary.</summary>
    public static MailText Of(LinkOptions door, DaySummary summary)
    {
        long denied = summary.Denied.Values.Sum(), alarms = summary.Alarms.Values.Sum();
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"{door.Name} ({door.Door}), {Moment(summary.From)} to {Moment(summary.To)}\n\n");
        body.Append(CultureInfo.InvariantCulture, $"Granted: {summary.Granted}\n");
        AddCounts(body, $"Denied: {denied.ToString(CultureInfo.InvariantCulture)}", summary.Denied);
        AddCounts(body, $"Alarms: {alarms.ToString(CultureInfo.InvariantCulture)}", summary.Alarms);
        if (summary.Checks.Count > 0)
            AddCounts(body, "Needs a check", summary.Checks);
        AddLines(body, "Present faults", summary.Faults);
        AddLines(body, "Waiting to be sent", [.. summary.Waiting.Select(one =>
            $"{one.Key}: {Count(one.Value, "event")} ('dooragent link status' says why)")]);
        if (summary.Removed > 0)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"\n{summary.Removed} older records are not counted: the door had removed them (Auditing:KeepFor, KeepMB).\n");
        }

        string faults = summary.Faults.Count == 0
            ? "" : $", {Count(summary.Faults.Count, "present fault")}";
        return new MailText(string.Create(CultureInfo.InvariantCulture, $"summary.{door.Door}.{summary.From.ToUnixTimeSeconds()}"),
            Short(string.Create(CultureInfo.InvariantCulture,
                $"{door.Name}: {summary.Granted} granted, {denied} denied, {Count(alarms, "alarm")}{faults}")),
            body.ToString());
    }

    /// <summary>Writes a test mail.</summary>
    public static MailText TestOf(LinkOptions door, DateTimeOffset now) => new(
        string.Create(CultureInfo.InvariantCulture, $"test.{door.Door}.{now.ToUnixTimeMilliseconds()}"), Short($"{door.Name}: test mail"),
        $"This is a test mail of the door {door.Name} ({door.Door}): 'dooragent link test mail'.\n");

    // The kind in words; what a log line adds is in the text.
    private static string Title(DoorEvent made) => made.Kind == DoorEventKind.Duress ? "DURESS"
        : $"{(made.IsAlarm() ? "alarm" : "alarm over")}, {EventWords.InWords(EventWords.OfKind(made)).ToLowerInvariant()}";

    private static string Moment(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "(time unknown)";

    private static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Short(string subject) => subject.Length <= LongestSubject ? subject : subject[..LongestSubject];

    private static void AddCounts(StringBuilder body, string title, IReadOnlyDictionary<string, long> counts)
    {
        body.Append(CultureInfo.InvariantCulture, $"{title}\n");
        foreach ((string what, long count) in counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal))
            body.Append(CultureInfo.InvariantCulture, $"  {count,6}  {what}\n");
    }

    private static void AddLines(StringBuilder body, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        body.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        foreach (string line in lines)
            body.Append(CultureInfo.InvariantCulture, $"  {line}\n");
    }
}
