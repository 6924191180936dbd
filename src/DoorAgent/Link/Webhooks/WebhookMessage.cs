using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Link.Webhooks;

/// <summary>A message of the webhook: its id, the time of what it tells, and the JSON body.</summary>
/// <param name="Id">The value of <c>webhook-id</c>: the same in every repetition.</param>
/// <param name="Body">The bytes that are signed and sent.</param>
internal sealed record WebhookMessage(string Id, byte[] Body)
{
    /// <summary>The names of the types of messages.</summary>
    public const string Alarm = "door.alarm", Restored = "door.restored", Event = "door.event", Summary = "door.summary",
        Test = "door.test";

    /// <summary>Makes the message of an event.</summary>
    public static WebhookMessage Of(LinkOptions door, DoorEvent made)
    {
        DoorEvent sent = PeopleNews.Sent(made);
        string type = made.IsAlarm() ? Alarm : PeopleNews.IsEnd(made) ? Restored : Event;
        return Of($"event.{PeopleNews.IdOf(door.Door, made)}", type, made.Time, new
        {
            door = door.Door,
            name = door.Name,
            sequence = sent.Sequence,
            kind = EventWords.OfKind(sent),
            reason = EventWords.OfReason(sent),
            person = sent.PersonId,
            text = PeopleNews.WordsOf(made),
        });
    }

    /// <summary>Makes the message of a summary.</summary>
    public static WebhookMessage Of(LinkOptions door, DaySummary summary) =>
        Of($"summary.{door.Door}.{summary.From.ToUnixTimeSeconds()}", Summary, summary.To, new
        {
            door = door.Door,
            name = door.Name,
            from = summary.From,
            to = summary.To,
            granted = summary.Granted,
            denied = summary.Denied,
            alarms = summary.Alarms,
            checks = summary.Checks,
            faults = summary.Faults,
            waiting = summary.Waiting,
            removed = summary.Removed,
        });

    /// <summary>Makes a test message.</summary>
    public static WebhookMessage TestOf(LinkOptions door, DateTimeOffset now) =>
        Of($"test.{door.Door}.{now.ToUnixTimeMilliseconds()}", Test,
        now, new { door = door.Door, name = door.Name, text = "This is a test message: 'dooragent link test webhook'." });

    private static WebhookMessage Of(string id, string type, DateTimeOffset? time, object data) => new(id,
        JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = time, data }, Json));

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
