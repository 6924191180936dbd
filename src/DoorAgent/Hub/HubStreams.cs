using NATS.Client.JetStream.Models;

namespace DoorAgent.Hub;

/// <summary>The streams of events and alarms, as the office makes them. A record of a door is evidence: only age removes it.</summary>
internal static class HubStreams
{
    /// <summary>The stream of events.</summary>
    /// <param name="keepFor">How long the hub keeps events.</param>
    public static StreamConfig Events(TimeSpan keepFor) => Of(HubNames.Events, HubNames.AllEvents, keepFor);

    /// <summary>The stream of alarms.</summary>
    /// <param name="keepFor">How long the hub keeps alarms.</param>
    public static StreamConfig Alarms(TimeSpan keepFor) => Of(HubNames.Alarms, HubNames.AllAlarms, keepFor);

    private static StreamConfig Of(string name, string subjects, TimeSpan keepFor) => new(name, [subjects])
    {
        MaxAge = keepFor,
        DenyDelete = true,
        DenyPurge = true,
        // A door asks for its own last batch by subject, which it may; by a message's number it could read any.
        AllowDirect = true,
    };
}
