using System.Text.Json.Nodes;
using DoorAgent.Hardware.Settings;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Link.Mqtt;

/// <summary>The entities of a door in Home Assistant, as its discovery describes them (core, <c>mqtt/schemas.py</c>). Pure.</summary>
/// <param name="topics">The door's topics.</param>
/// <param name="mayUnlock">Whether commands unlock the door.</param>
internal sealed class DoorComponents(MqttTopics topics, bool mayUnlock)
{
    /// <summary>Whether a door can tell that it is open.</summary>
    public static bool HasContact(DoorStatus status) => status.Contact is "open" or "closed";

    /// <summary>Returns the components by name.</summary>
    /// <param name="status">The door's status: a door without a contact has fewer components.</param>
    public JsonObject Of(DoorStatus status)
    {
        JsonObject components = new()
        {
            ["lock"] = mayUnlock ? LockWithCode() : Binary("lock", "Lock", "lock", topics.Lock, "unlocked", "locked"),
        };
        if (HasContact(status))
        {
            components["door"] = Binary("door", "Door", "door", topics.Contact, "open", "closed");
            components["forced"] = Binary("forced", "Forced", "safety", topics.Forced, "on", "off");
            components["held"] = Binary("held", "Held open", "problem", topics.HeldOpen, "on", "off");
        }

        components["fault"] = Diagnostic(Binary("fault", "Fault", "problem", topics.Fault, "on", "off"));
        if (status.Mode is not null)
            components["mode"] = Mode();
        components["access"] = Access();
        return components;
    }

    private JsonObject Binary(string key, string name, string deviceClass, string topic, string on, string off) => new()
    {
        ["platform"] = "binary_sensor",
        ["unique_id"] = $"{topics.Device}_{key}",
        ["name"] = name,
        ["device_class"] = deviceClass,
        ["state_topic"] = topic,
        ["payload_on"] = on,
        ["payload_off"] = off,
    };

    private static JsonObject Diagnostic(JsonObject component)
    {
        component.Insert(component.IndexOf("device_class") + 1, "entity_category", "diagnostic");
        return component;
    }

    // Core's mqtt/lock.py: the code that a person types goes through the template.
    private JsonObject LockWithCode() => new()
    {
        ["platform"] = "lock",
        ["unique_id"] = $"{topics.Device}_lock_control",
        ["name"] = "Lock",
        ["state_topic"] = topics.Lock,
        ["state_locked"] = "locked",
        ["state_unlocked"] = "unlocked",
        ["state_jammed"] = "jammed",
        ["command_topic"] = topics.Command,
        ["command_template"] = """{"action":"{{ value }}","code":"{{ code }}"}""",
        ["code_format"] = "^[0-9]{6}$",
        ["optimistic"] = false,
        ["retain"] = false,
    };

    private JsonObject Mode() => new()
    {
        ["platform"] = "sensor",
        ["unique_id"] = $"{topics.Device}_mode",
        ["name"] = "Mode",
        ["device_class"] = "enum",
        ["options"] = new JsonArray([.. Enum.GetValues<DoorMode>().Select(mode => JsonValue.Create(SettingText.Of(mode)))]),
        ["state_topic"] = topics.Mode,
    };

    private JsonObject Access() => new()
    {
        ["platform"] = "event",
        ["unique_id"] = $"{topics.Device}_access",
        ["name"] = "Access",
        ["state_topic"] = topics.Event,
        ["event_types"] = new JsonArray([.. EventPayload.Types.Select(type => JsonValue.Create(type))]),
    };
}
