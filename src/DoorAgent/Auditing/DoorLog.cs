using System.Collections.Concurrent;
using System.Globalization;
using DoorAgent.Decisions;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace DoorAgent.Auditing;

/// <summary>Writes each <see cref="DoorEvent"/> as one log line, with its fields as properties and its own time.</summary>
internal sealed class DoorLog(Serilog.ILogger logger)
{
    private static readonly MessageTemplateParser Parser = new();
    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

    // A kind has as many templates as there are sets of known fields, a handful each.
    private readonly ConcurrentDictionary<string, MessageTemplate> _templates = [];

    /// <summary>Writes the line. Never throws for what the event holds.</summary>
    public void Write(DoorEvent e)
    {
        EventLine line = EventLines.Of(e.Kind);
        // A reported card in use is an alarm, though a denial is not.
        LogEventLevel level = e.Kind.IsAlarm(e.Reason) ? LogEventLevel.Error : line.Level;
        if (!logger.IsEnabled(level))
            return;
        logger.Write(Made(e, line, level, words => _templates.GetOrAdd(words, Parser.Parse)));
    }

    /// <summary>The words of the line, without time and level.</summary>
    public static string Words(DoorEvent e)
    {
        EventLine line = EventLines.Of(e.Kind);
        using StringWriter words = new(CultureInfo.InvariantCulture);
        Message.Format(Made(e, line, line.Level, Parser.Parse), words);
        return words.ToString();
    }

    private static LogEvent Made(DoorEvent e, EventLine line, LogEventLevel level, Func<string, MessageTemplate> parse)
    {
        Dictionary<string, object> fields = FieldsOf(e, line);
        string words = OptionalParts.Choose(line.Template, fields.ContainsKey);
        return new LogEvent(e.Time, level, null, parse(words), fields.Select(field => new LogEventProperty(field.Key, new ScalarValue(field.Value))));
    }

    private static Dictionary<string, object> FieldsOf(DoorEvent e, EventLine line)
    {
        Dictionary<string, object> fields = new() { ["EventId"] = line.Id, ["Kind"] = e.Kind.ToString(), ["Sequence"] = e.Sequence };
        Add("Person", e.PersonName ?? (e.PersonId is { } id ? $"person {id}" : null));
        Add("PersonId", e.PersonId);
        Add("Badge", e.BadgeHint);
        Add("Distance", e.Distance);
        Add("Threshold", e.Threshold);
        Add("Encoder", e.Encoder);
        Add("Detail", e.Detail);
        Add("Reason", e.Reason?.ToString());
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
                fields.Add(name, value);
        }
    }
}
