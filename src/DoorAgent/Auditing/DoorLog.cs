using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Events;
using DoorAgent.Hardware.Settings;
using Serilog.Events;
using Serilog.Parsing;

namespace DoorAgent.Auditing;

/// <summary>Writes each <see cref="DoorEvent"/> as one log line, with its fields as properties and its own time.</summary>
/// <param name="logger">The log.</param>
/// <param name="namesExplanation">Whether the line of a denial names the command that explains it, from the journal of this
/// machine.</param>
internal sealed class DoorLog(Serilog.ILogger logger, bool namesExplanation = false)
{
    private const string Again = " (the same once more in {Over})";
    private const string ManyTimes = " (the same {Repeats} times more in {Over})";

    private const string NotRecorded = "(not recorded)";

    private static readonly MessageTemplateParser Parser = new();

    // Each kind has a few templates, one for each set of known fields.
    private static readonly ConcurrentDictionary<string, MessageTemplate> Templates = [];

    /// <summary>Writes the line of an event. No content of an event makes this throw.</summary>
    public void Write(DoorEvent e) => Write(new FilteredEvent(e, 0, TimeSpan.Zero));

    /// <summary>Writes the line of an event, or of its repeats; the line of repeats does not contain the remedy again.</summary>
    public void Write(FilteredEvent line)
    {
        if (!Shows(line.Event))
            return;
        EventLine words = EventLines.Of(line.Event);
        Dictionary<string, object> fields = FieldsOf(line.Event, words);
        if (namesExplanation && line.Event is { Kind: DoorEventKind.Denied, Sequence: > 0 })
            fields.Add("Explained", line.Event.Sequence);
        if (line.Repeats == 0)
        {
            logger.Write(Made(line.Event, words.Template, fields, LevelOf(line.Event)));
            return;
        }

        fields.Remove("Remedy");
        fields.Add("Repeats", line.Repeats);
        fields.Add("Over", SettingText.Of(TimeSpan.FromSeconds(Math.Ceiling(line.Over.TotalSeconds))));
        logger.Write(Made(line.Event, words.Template + (line.Repeats == 1 ? Again : ManyTimes), fields, LevelOf(line.Event)));
    }

    /// <summary>Whether the configured level lets the event through.</summary>
    public bool Shows(DoorEvent e) => logger.IsEnabled(LevelOf(e));

    /// <summary>Returns the event's level: Error for an alarm, which the use of a reported card is although a denial is not.</summary>
    public static LogEventLevel LevelOf(DoorEvent e) => e.IsAlarm() ? LogEventLevel.Error : EventLines.Of(e).Level;

    /// <summary>Returns the text of an event's line, without the time. A record that another program changed may lack what its kind
    /// always has, such as the reason of a denial.</summary>
    public static string WordsOf(DoorEvent e)
    {
        EventLine line = EventLines.Of(e);
        LogEvent made = Made(e, line.Template, FieldsOf(e, line), LogEventLevel.Information);
        return string.Concat(made.MessageTemplate.Tokens.Select(token => token is not PropertyToken { PropertyName: var name }
            ? Rendered(token, made)
            : !made.Properties.TryGetValue(name, out LogEventPropertyValue? value) ? NotRecorded
            : value is ScalarValue { Value: string text } ? text : Rendered(token, made)));
    }

    private static string Rendered(MessageTemplateToken token, LogEvent made)
    {
        StringWriter text = new(CultureInfo.InvariantCulture);
        token.Render(made.Properties, text, CultureInfo.InvariantCulture);
        return text.ToString();
    }

    private static LogEvent Made(DoorEvent e, string template, Dictionary<string, object> fields, LogEventLevel level)
    {
        string words = OptionalParts.Choose(template, fields.ContainsKey);
        return new LogEvent(e.Time ?? default, level, null, Templates.GetOrAdd(words, Parser.Parse),
            fields.Select(field => new LogEventProperty(field.Key, new ScalarValue(field.Value))));
    }

    private static Dictionary<string, object> FieldsOf(DoorEvent e, EventLine line)
    {
        Dictionary<string, object> fields = new() { ["EventId"] = line.Id, ["Kind"] = EventWords.OfKind(e), ["Sequence"] = e.Sequence };
        Add("Person", PersonReference.Who(e));
        Add("PersonId", e.PersonId);
        Add("Badge", e.BadgeHint);
        Add("Distance", e.Distance);
        Add("Threshold", e.Threshold);
        Add("Encoder", e.Encoder);
        // Some details are sentences, and the remedy follows as the next one.
        Add("Detail", line.Level == LogEventLevel.Error ? e.Detail?.TrimEnd('.') : e.Detail);
        if (line.Level == LogEventLevel.Error)
            Add("Remedy", line.FirstStep);
        Add("Reason", EventWords.OfReason(e));
        if (e.Reason is { } reason)
        {
            (string why, string remedy) = DenialWords.Of(reason);
            Add("Why", why);
            Add("Remedy", remedy.Length > 0 ? remedy.Replace("NAME", e.PersonName ?? "NAME", StringComparison.Ordinal) : null);
        }

        return fields;

        void Add(string name, object? value)
        {
            if (value is not null)
                fields.TryAdd(name, value);
        }
    }
}

/// <summary>Handles templates with optional parts in [brackets].</summary>
internal static partial class OptionalParts
{
    /// <summary>Returns the template without brackets, and without the parts of which a {field} is unknown.</summary>
    public static string Choose(string template, Predicate<string> isKnown) => Part().Replace(template, part =>
        Field().Matches(part.Value).All(field => isKnown(field.Groups[1].Value)) ? part.Groups[1].Value : "");

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Part();

    [GeneratedRegex(@"\{(\w+)")]
    private static partial Regex Field();
}
