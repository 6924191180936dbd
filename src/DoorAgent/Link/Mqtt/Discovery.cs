using System.Text.Json;
using System.Text.Json.Nodes;
using DoorAgent.Operating;

namespace DoorAgent.Link.Mqtt;

/// <summary>Home Assistant's device discovery: one retained message describes the door and its components. Pure.</summary>
/// <param name="topics">The door's topics.</param>
/// <param name="name">The door's name for people.</param>
/// <param name="model">The machine, such as "Raspberry Pi 4 Model B Rev 1.5".</param>
/// <param name="version">The version of the program, as <see cref="Settings.BuildInfo"/> has it.</param>
/// <param name="mayUnlock">Whether commands unlock the door.</param>
internal sealed class Discovery(MqttTopics topics, string name, string model, string version, bool mayUnlock)
{
    private const string Platform = "platform", Components = "components";

    private const int MostComponents = 100;

    /// <summary>Returns the message for a door with this status.</summary>
    public MqttMessage Of(DoorStatus status)
    {
        string release = version.Split('+')[0];
        JsonObject payload = new()
        {
            ["device"] = new JsonObject
            {
                ["identifiers"] = new JsonArray(topics.Device),
                ["name"] = name,
                ["manufacturer"] = nameof(DoorAgent),
                ["model"] = model,
                ["sw_version"] = release,
            },
            ["origin"] = new JsonObject { ["name"] = nameof(DoorAgent), ["sw_version"] = release },
            ["availability"] = new JsonArray(new JsonObject { ["topic"] = topics.Availability }),
            ["qos"] = 1,
            [Components] = new DoorComponents(topics, mayUnlock).Of(status),
        };
        return new MqttMessage(topics.Discovery, payload.ToJsonString(MqttJson.Options), IsRetained: true);
    }

    /// <summary>Returns the messages that bring Home Assistant from the last discovery to the present one: a component that is gone, or has
    /// another platform now, is sent once with its platform alone, which removes the component.</summary>
    /// <param name="before">The last message that the broker accepted; null before the first one.</param>
    /// <param name="now">The present message.</param>
    public static IReadOnlyList<MqttMessage> Between(MqttMessage? before, MqttMessage now)
    {
        if (before is null || before.Topic != now.Topic)
            return before is null ? [now] : [before with { Payload = "" }, now];
        JsonObject present = (JsonObject)JsonNode.Parse(now.Payload)!, removing = (JsonObject)present.DeepClone();
        IReadOnlyDictionary<string, string> platforms = PlatformsOf(present);
        bool isAnyGone = false;
        foreach ((string key, string platform) in PlatformsOf(before.Payload).Where(old => platforms.GetValueOrDefault(old.Key) != old.Value))
        {
            removing[Components]![key] = new JsonObject { [Platform] = platform };
            isAnyGone = true;
        }

        return isAnyGone ? [now with { Payload = removing.ToJsonString(MqttJson.Options) }, now] : [now];
    }

    /// <summary>The components of an earlier message; none where the text is damaged.</summary>
    private static IReadOnlyDictionary<string, string> PlatformsOf(string payload)
    {
        try
        {
            return JsonNode.Parse(payload) is JsonObject message ? PlatformsOf(message) : new Dictionary<string, string>();
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>();
        }
    }

    private static Dictionary<string, string> PlatformsOf(JsonObject message) => message[Components] is not JsonObject components ? []
        : components.Take(MostComponents).Where(one => one.Value is JsonObject own && own[Platform] is JsonValue value
            && value.GetValueKind() == JsonValueKind.String).ToDictionary(one => one.Key, one => one.Value![Platform]!.GetValue<string>());
}
