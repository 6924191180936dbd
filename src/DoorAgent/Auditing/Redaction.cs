using System.Text.RegularExpressions;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using Serilog.Core;
using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>
/// Keeps badge numbers, encodings and typed digits out of every log line: as objects, also destructured ones ({@Badge}), as text in the
/// form of a badge number, and as long sequences of numbers.
/// </summary>
internal sealed partial class Redaction : IDestructuringPolicy, ILogEventEnricher
{
    /// <summary>The longest sequence of numbers that is shown: the four corners of a box or the ten coordinates of landmarks.</summary>
    public const int LongestSequence = 10;

    public bool TryDestructure(object value, ILogEventPropertyValueFactory propertyValueFactory, out LogEventPropertyValue result)
    {
        result = new ScalarValue(value.ToString());
        return value is Badge or FaceEncoding or KeypadKey or KeypadEntry or PinQuestion;
    }

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach ((string name, LogEventPropertyValue value) in logEvent.Properties.ToList())
        {
            LogEventPropertyValue clean = Clean(value);
            if (!ReferenceEquals(clean, value))
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, clean));
        }
    }

    private static LogEventPropertyValue Clean(LogEventPropertyValue value) => value switch
    {
        ScalarValue { Value: string text } when BadgeNumber().IsMatch(text) => new ScalarValue(BadgeNumber().Replace(text, Hint)),
        SequenceValue { Elements.Count: > LongestSequence } row when row.Elements.All(IsNumber) =>
            new ScalarValue($"{row.Elements.Count} numbers"),
        SequenceValue row when row.Elements.Any(IsDirty) => new SequenceValue(row.Elements.Select(Clean)),
        StructureValue parts when parts.Properties.Any(part => IsDirty(part.Value)) =>
            new StructureValue(parts.Properties.Select(part => new LogEventProperty(part.Name, Clean(part.Value))), parts.TypeTag),
        DictionaryValue pairs when pairs.Elements.Any(pair => IsDirty(pair.Key) || IsDirty(pair.Value)) =>
            new DictionaryValue(pairs.Elements.Select(pair => KeyValuePair.Create((ScalarValue)Clean(pair.Key), Clean(pair.Value)))),
        _ => value,
    };

    private static bool IsDirty(LogEventPropertyValue value) => !ReferenceEquals(Clean(value), value);

    private static bool IsNumber(LogEventPropertyValue value) => value is ScalarValue { Value: float or double or Half };

    private static string Hint(Match number) => Badge.TryParse(number.Value)?.Hint ?? "badge";

    [GeneratedRegex(@"\b(?:[A-Z][A-Za-z0-9]{1,15}:[0-9]{0,10}:[0-9]{1,20}|UID:[0-9A-Fa-f]{4,32})\b")]
    private static partial Regex BadgeNumber();
}
