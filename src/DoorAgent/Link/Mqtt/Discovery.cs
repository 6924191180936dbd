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
    private const string Platform = "platform", Components = "components", Availability = "availability";

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
            [Availability] = new JsonArray(new JsonObject { ["topic"] = topics.Availability }),
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
        Dictionary<string, JsonObject> old = before is null ? [] : ComponentsOf(before.Payload);
        if (before is not null && before.Topic != now.Topic)
        {
            return
            [
                before with { Payload = "" },
                .. KeptTopics(before.Payload, old).Select(topic => new MqttMessage(topic, "", IsRetained: true)), now,
            ];
        }

        Dictionary<string, JsonObject> present = ComponentsOf(now.Payload);
        JsonObject removing = (JsonObject)JsonNode.Parse(now.Payload)!;
        bool isAnyGone = false;
        foreach ((string key, JsonObject component) in old)
        {
            if (present.GetValueOrDefault(key) is { } same && TextOf(same, Platform) == TextOf(component, Platform))
                continue;
            removing[Components]![key] = new JsonObject { [Platform] = TextOf(component, Platform) };
            isAnyGone = true;
        }

        return isAnyGone ? [now with { Payload = removing.ToJsonString(MqttJson.Options) }, now] : [now];
    }

    /// <summary>The topics on which the broker keeps a message of a door with this discovery.</summary>
    private static IEnumerable<string> KeptTopics(string payload, Dictionary<string, JsonObject> components) =>
        (JsonNode.Parse(payload)![Availability] as JsonArray ?? []).OfType<JsonObject>().Select(one => TextOf(one, "topic"))
            .Concat(components.Values.Where(one => TextOf(one, Platform) != "event").Select(one => TextOf(one, "state_topic")))
            .OfType<string>();

    /// <summary>The components of a message that have a platform; none where the text is damaged.</summary>
    private static Dictionary<string, JsonObject> ComponentsOf(string payload)
    {
        try
        {
            return (JsonNode.Parse(payload) as JsonObject)?[Components] is not JsonObject components ? []
                : components.Where(one => one.Value is JsonObject own && TextOf(own, Platform) is not null)
                    .ToDictionary(one => one.Key, one => (JsonObject)one.Value!);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? TextOf(JsonObject fields, string key) =>
        fields[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
