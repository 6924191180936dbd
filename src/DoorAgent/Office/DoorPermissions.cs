namespace DoorAgent.Office;

/// <summary>What a door may do at the hub: hear its own group, say its own state, events and alarms, and nothing else.</summary>
internal static class DoorPermissions
{
    /// <summary>The subjects to which a door may publish. <c>$JS.API.STREAM.MSG.GET</c> must not be among them: its subject stands in the
    /// body, so that any door could read any event.</summary>
    public static IReadOnlyList<string> Publish(string door, string group) =>
    [
        $"door.{door}.event", $"door.{door}.alarm", $"$KV.doors.{door}",
        "$JS.API.STREAM.INFO.KV_people", "$JS.API.STREAM.INFO.KV_groups",
        $"$JS.API.CONSUMER.CREATE.KV_people.*.$KV.people.{group}.>", $"$JS.API.CONSUMER.CREATE.KV_groups.*.$KV.groups.{group}.>",
        $"$JS.API.DIRECT.GET.EVENTS.door.{door}.event", $"$JS.API.DIRECT.GET.ALARMS.door.{door}.alarm", "$JS.FC.>",
    ];

    /// <summary>The subjects that a door may hear: its own inbox. With the common one it could hear the answers of every other
    /// door.</summary>
    public static IReadOnlyList<string> Subscribe(string door) => [$"_INBOX_{door}.>"];
}
