using Microsoft.AspNetCore.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorAgent.Operating;

namespace DoorAgent.Page;

/// <summary>The state of the door for the browser.</summary>
/// <param name="Session">The session that asked.</param>
/// <param name="Door">The fields of <c>status --json</c> without its events.</param>
/// <param name="Events">The last events, oldest first.</param>
internal sealed record PageStatus(PageSession Session, JsonObject Door, IReadOnlyList<PageEvent> Events)
{
    /// <exception cref="PageRefusedException">The answer is of an older door.</exception>
    public static PageStatus Of(OperatorAnswer answer)
    {
        if (answer is not { Status: { } status, Session: { } session })
            throw new PageRefusedException(StatusCodes.Status503ServiceUnavailable,
                "The door answered as another version does. Restart it: 'sudo systemctl restart dooragent'.");
        JsonObject door = JsonSerializer.SerializeToNode(status with { Events = [] }, OperatorProtocol.Json)!.AsObject();
        door.Remove("events");
        return new PageStatus(session, door, [.. status.Events.Select(PageEvent.Of)]);
    }
}
