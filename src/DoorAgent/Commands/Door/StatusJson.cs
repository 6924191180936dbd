using System.Text.Json;
using System.Text.Json.Nodes;
using DoorAgent.Commands.Log;
using DoorAgent.Events;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Door;

/// <summary>Converts the state of a running door for programs; its events have the fields and words of 'log --json'.</summary>
internal static class StatusJson
{
    public static JsonObject Of(DoorStatus status)
    {
        JsonObject fields = JsonSerializer.SerializeToNode(status, OperatorProtocol.Json)!.AsObject();
        fields["events"] = new JsonArray([.. status.Events.Select(Event)]);
        return fields;
    }

    /// <summary>Converts an event. The last two fields repeat names of the first versions, for programs that read those.</summary>
    private static JsonObject Event(DoorEvent made)
    {
        JsonObject fields = EventJson.Of(made);
        if (made.PersonName is not null)
            fields["personName"] = made.PersonName;
        if (made.BadgeHint is not null)
            fields["badgeHint"] = made.BadgeHint;
        return fields;
    }
}
