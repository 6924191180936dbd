using System.Collections.Concurrent;
using System.Globalization;
using DoorAgent.Decisions;
using Serilog.Events;
using Serilog.Parsing;

namespace DoorAgent.Auditing;

/// <summary>Writes each <see cref="DoorEvent"/> as one log line, with its fields as properties and its own time.</summary>
internal sealed class DoorLog(Serilog.ILogger logger)
{
    private static readonly MessageTemplateParser Parser = new();

    // A kind has as many templates as there are sets of known fields, a handful each.
    private static readonly ConcurrentDictionary<string, MessageTemplate> Templates = [];

    /// <summary>Writes the line. Never throws for what the event holds.</summary>
    public void Write(DoorEvent e)
    {
        EventLine line = EventLines.Of(e.Kind);
        // A reported card in use is an alarm, though a denial is not.
        LogEventLevel level = e.Kind.IsAlarm(e.Reason) ? LogEventLevel.Error : line.Level;
        if (logger.IsEnabled(level))
            logger.Write(Made(e, line, level));
    }

    /// <summary>What the line says, without its time.</summary>
    public static string WordsOf(DoorEvent e)
    {
        LogEvent made = Made(e, EventLines.Of(e.Kind), LogEventLevel.Information);
        return string.Concat(made.MessageTemplate.Tokens.Select(token => token is PropertyToken { PropertyName: var name } && made.Properties[name] is ScalarValue { Value: string text }
            ? text : Rendered(token, made)));
    }

    private static string Rendered(MessageTemplateToken token, LogEvent made)
    {
        StringWriter text = new(CultureInfo.InvariantCulture);
        token.Render(made.Properties, text, CultureInfo.InvariantCulture);
        return text.ToString();
    }

    private static LogEvent Made(DoorEvent e, EventLine line, LogEventLevel level)
    {
        Dictionary<string, object> fields = FieldsOf(e, line);
        string words = OptionalParts.Choose(line.Template, fields.ContainsKey);
        return new LogEvent(e.Time, level, null, Templates.GetOrAdd(words, Parser.Parse),
            fields.Select(field => new LogEventProperty(field.Key, new ScalarValue(field.Value))));
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
