using System.Text.Json.Nodes;
using DoorAgent.Events;

namespace DoorAgent.Link.Mqtt;

/// <summary>
/// What the house learns of an event. A duress PIN looks like the right one: its event has no message, and no message has the record's
/// number, since a missing number would show that there is a record between a grant and the opening that the house does not see.
/// </summary>
internal static class EventPayload
{
    /// <summary>The words of Home Assistant's event entity, as discovery lists them.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["granted", "denied", "taken", "not_taken", "exit", "forced", "held_open", "restored", "operator_unlock"];

    /// <summary>Returns the message's text; null for an event that is not published.</summary>
    public static string? Of(DoorEvent made) => TypeOf(made.Kind) is { } type ? Print(made, type) : null;

    /// <summary>Returns the text of a duress PIN, for a topic of its own.</summary>
    public static string OfDuress(DoorEvent made) => Print(made, "duress");

    private static string Print(DoorEvent made, string type)
    {
        JsonObject payload = new() { ["event_type"] = type };
        if (made.Reason is { } reason)
            payload["reason"] = reason.ToString();
        if (made.Time is { } time)
            payload["time"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture);
        return payload.ToJsonString(MqttJson.Options);
    }

    private static string? TypeOf(DoorEventKind? kind) => kind switch
    {
        DoorEventKind.Granted => "granted",
        DoorEventKind.Denied => "denied",
        DoorEventKind.AccessTaken => "taken",
        DoorEventKind.AccessNotTaken => "not_taken",
        DoorEventKind.ExitTaken => "exit",
        DoorEventKind.DoorForced => "forced",
        DoorEventKind.HeldOpen => "held_open",
        DoorEventKind.Restored => "restored",
        DoorEventKind.OperatorUnlock => "operator_unlock",
        _ => null,
    };
}
