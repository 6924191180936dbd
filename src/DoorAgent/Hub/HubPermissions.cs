namespace DoorAgent.Hub;

/// <summary>What a user of the hub may do, as subjects for nats-server's configuration. The office may do everything, and needs no
/// list.</summary>
/// <param name="Publish">Subjects that the user may publish to.</param>
/// <param name="Subscribe">Subjects that the user may subscribe to.</param>
internal sealed record HubPermissions(IReadOnlyList<string> Publish, IReadOnlyList<string> Subscribe)
{
    /// <summary>
    /// The permissions of a door: its own events, alarms and state; reading its own group; its own last event. <c>STREAM.MSG.GET</c> must not
    /// be among them: its subject stands in the request's body, so that a door could read everything.
    /// </summary>
    /// <param name="door">Name of the door.</param>
    /// <param name="group">Name of its group.</param>
    public static HubPermissions OfDoor(string door, string group)
    {
        string people = HubNames.StreamOf(HubNames.People), groups = HubNames.StreamOf(HubNames.Groups);
        return new HubPermissions(
            [
                HubNames.EventsOf(door), HubNames.AlarmsOf(door), HubNames.SubjectOf(HubNames.Doors, door),
                $"$JS.API.STREAM.INFO.{people}", $"$JS.API.STREAM.INFO.{groups}",
                $"$JS.API.CONSUMER.CREATE.{people}.*.{HubNames.SubjectOf(HubNames.People, HubNames.AllOf(group))}",
                $"$JS.API.CONSUMER.CREATE.{groups}.*.{HubNames.SubjectOf(HubNames.Groups, HubNames.AllOf(group))}",
                $"$JS.API.DIRECT.GET.{HubNames.Events}.{HubNames.EventsOf(door)}", "$JS.FC.>",
            ],
            [$"{HubNames.InboxOf(door)}.>"]);
    }
}
