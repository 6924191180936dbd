using System.Text.Json.Nodes;
using DoorAgent.Doors;
using DoorAgent.Link.Mqtt;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class DiscoveryTests
{
    private static readonly MqttTopics Topics = new("dooragent", "d17", "homeassistant");

    internal static DoorStatus Status(string contact = "closed") => new()
    {
        Running = "", Since = default, Now = default, Door = DoorPhase.Locked, Lights = default, Faults = [], Events = [],
        Contact = contact,
    };

    [Fact]
    public void ADoorIsDescribedAsHomeAssistantWantsIt() => AssertSame("""
        {"device":{"identifiers":["dooragent_d17"],"name":"Lab door","manufacturer":"DoorAgent","model":"Raspberry Pi 4",
         "sw_version":"1.2.0"},
         "origin":{"name":"DoorAgent","sw_version":"1.2.0"},
         "availability":[{"topic":"dooragent/d17/availability"}], "qos":1,
         "components":{
          "lock":{"platform":"binary_sensor","unique_id":"dooragent_d17_lock","name":"Lock","device_class":"lock",
           "state_topic":"dooragent/d17/lock","payload_on":"unlocked","payload_off":"locked"},
          "door":{"platform":"binary_sensor","unique_id":"dooragent_d17_door","name":"Door","device_class":"door",
           "state_topic":"dooragent/d17/door","payload_on":"open","payload_off":"closed"},
          "forced":{"platform":"binary_sensor","unique_id":"dooragent_d17_forced","name":"Forced","device_class":"safety",
           "state_topic":"dooragent/d17/alarm/forced","payload_on":"on","payload_off":"off"},
          "held":{"platform":"binary_sensor","unique_id":"dooragent_d17_held","name":"Held open","device_class":"problem",
           "state_topic":"dooragent/d17/alarm/held","payload_on":"on","payload_off":"off"},
          "fault":{"platform":"binary_sensor","unique_id":"dooragent_d17_fault","name":"Fault","device_class":"problem",
           "entity_category":"diagnostic","state_topic":"dooragent/d17/fault","payload_on":"on","payload_off":"off"},
          "access":{"platform":"event","unique_id":"dooragent_d17_access","name":"Access","state_topic":"dooragent/d17/event",
           "event_types":["granted","denied","taken","not_taken","exit","forced","held_open","restored","operator_unlock"]}}}
        """, Of(mayUnlock: false).Payload);

    [Fact]
    public void TheMessageIsKeptByTheBroker()
    {
        Assert.Equal("homeassistant/device/dooragent_d17/config", Of(mayUnlock: false).Topic);
        Assert.True(Of(mayUnlock: false).IsRetained);
    }

    [Fact]
    public void WithUnlockTheLockTakesACode() => AssertSame("""
        {"platform":"lock","unique_id":"dooragent_d17_lock_control","name":"Lock","state_topic":"dooragent/d17/lock",
         "state_locked":"locked","state_unlocked":"unlocked","state_jammed":"jammed",
         "command_topic":"dooragent/d17/command","command_template":"{\"action\":\"{{ value }}\",\"code\":\"{{ code }}\"}",
          "code_format":"^[0-9]{6}$","optimistic":false,"retain":false}
        """, JsonNode.Parse(Of(mayUnlock: true).Payload)!["components"]!["lock"]!.ToJsonString());

    [Fact]
    public void ADoorWithoutAContactDoesNotPretendToKnowWhetherItIsOpen() =>
        Assert.Equal(["lock", "fault", "access"], Components(Of(mayUnlock: false, "none")).Select(one => one.Key));

    [Fact]
    public void ADoorWithModesHasASensorOfThem()
    {
        DoorStatus status = Status() with { Mode = new ModeStatus(DoorMode.Normal, "") };

        AssertSame("""
            {"platform":"sensor","unique_id":"dooragent_d17_mode","name":"Mode","device_class":"enum",
             "options":["normal","unlocked","lockdown"],"state_topic":"dooragent/d17/mode"}
            """, Components(new Discovery(Topics, "Lab door", "", "1.2.0", false).Of(status))["mode"]!.ToJsonString());
    }

    [Fact]
    public void TheFirstDiscoveryIsOneMessage()
    {
        MqttMessage now = Of(mayUnlock: false);

        Assert.Equal([now], Discovery.Between(null, now));
        Assert.Equal([now], Discovery.Between(now, now));
    }

    [Fact]
    public void AComponentThatIsGoneIsSentOnceWithItsPlatformAlone()
    {
        MqttMessage now = Of(mayUnlock: false, "none");

        IReadOnlyList<MqttMessage> sent = Discovery.Between(Of(mayUnlock: false), now);

        Assert.Equal(2, sent.Count);
        Assert.Equal("""{"platform":"binary_sensor"}""", Components(sent[0])["held"]!.ToJsonString());
        Assert.Equal(7, Components(sent[0])["lock"]!.AsObject().Count);
        Assert.Equal(now, sent[1]);
    }

    [Fact]
    public void ALockThatBecomesAnotherKindIsRemovedFirst()
    {
        MqttMessage now = Of(mayUnlock: true);

        IReadOnlyList<MqttMessage> sent = Discovery.Between(Of(mayUnlock: false), now);

        Assert.Equal("""{"platform":"binary_sensor"}""", Components(sent[0])["lock"]!.ToJsonString());
        Assert.Equal(now, sent[1]);
    }

    [Fact]
    public void ADoorWithAnotherNameLeavesNothingOfTheOldOne()
    {
        MqttMessage now = Of(mayUnlock: false), old = now with { Topic = "homeassistant/device/dooragent_old/config" };

        IReadOnlyList<MqttMessage> sent = Discovery.Between(old, now);

        Assert.Contains(new MqttMessage(old.Topic, "", IsRetained: true), sent);
        Assert.Contains(new MqttMessage("dooragent/d17/lock", "", IsRetained: true), sent);
        Assert.Contains(new MqttMessage("dooragent/d17/availability", "", IsRetained: true), sent);
        Assert.Equal(now, sent[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"components\":7}")]
    [InlineData("{\"components\":{\"lock\":[1],\"door\":{\"platform\":7}}}")]
    public void ADamagedOldDiscoveryRemovesNothing(string payload)
    {
        MqttMessage now = Of(mayUnlock: false);

        Assert.Equal([now], Discovery.Between(now with { Payload = payload }, now));
    }

    private static MqttMessage Of(bool mayUnlock, string contact = "closed") =>
        new Discovery(Topics, "Lab door", "Raspberry Pi 4", "1.2.0+abc", mayUnlock).Of(Status(contact));

    private static JsonObject Components(MqttMessage message) => JsonNode.Parse(message.Payload)!["components"]!.AsObject();

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
