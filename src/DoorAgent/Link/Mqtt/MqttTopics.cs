namespace DoorAgent.Link.Mqtt;

/// <summary>The topics of one door.</summary>
/// <param name="Prefix">First part of the topics of all doors.</param>
/// <param name="Door">The door's own part.</param>
/// <param name="DiscoveryPrefix">Where Home Assistant looks for devices.</param>
internal sealed record MqttTopics(string Prefix, string Door, string DiscoveryPrefix)
{
    /// <summary>The door's id in Home Assistant, and the beginning of the ids of its entities.</summary>
    public string Device => $"dooragent_{Door}";

    /// <summary>Tells Home Assistant which entities the door has. Retained.</summary>
    public string Discovery => $"{DiscoveryPrefix}/device/{Device}/config";

    /// <summary>Where Home Assistant says <see cref="Online"/> when it has started.</summary>
    public string Birth => $"{DiscoveryPrefix}/status";

    /// <summary><see cref="Online"/> or <see cref="Offline"/>. Retained.</summary>
    public string Availability => At("availability");

    /// <summary>locked, unlocked or jammed. Retained.</summary>
    public string Lock => At("lock");

    /// <summary>open or closed. Retained.</summary>
    public string Contact => At("door");

    /// <summary>Whether the door was forced. Retained.</summary>
    public string Forced => At("alarm/forced");

    /// <summary>Whether the door is held open. Retained.</summary>
    public string HeldOpen => At("alarm/held");

    /// <summary>Whether the door has a fault. Retained.</summary>
    public string Fault => At("fault");

    /// <summary>The door's mode. Retained.</summary>
    public string Mode => At("mode");

    /// <summary>What happens at the door. Never retained.</summary>
    public string Event => At("event");

    /// <summary>Where a test message is published. Never retained.</summary>
    public string Test => At("test");

    /// <summary>Where commands arrive, with <see cref="MqttOptions.Unlock"/>.</summary>
    public string Command => At("command");

    public const string Online = "online";

    public const string Offline = "offline";

    /// <summary>Returns the topics that checked options name.</summary>
    public static MqttTopics Of(LinkOptions link, MqttOptions options) => new(options.TopicPrefix, link.Door, options.DiscoveryPrefix);

    private string At(string rest) => $"{Prefix}/{Door}/{rest}";
}
