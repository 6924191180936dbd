using DoorAgent.Doors;
using DoorAgent.Hardware.Settings;
using DoorAgent.Operating;

namespace DoorAgent.Link.Mqtt;

/// <summary>The states of a door as retained messages, from its status. Pure.</summary>
internal static class StateMessages
{
    private const string On = "on", Off = "off";

    /// <summary>Returns a message for each component of the door.</summary>
    /// <param name="status">The door's status; null while the door does not answer.</param>
    /// <param name="topics">The door's topics.</param>
    /// <param name="mayUnlock">Whether commands unlock the door: only then Home Assistant knows the word for a lock that does not
    /// obey.</param>
    public static IReadOnlyList<MqttMessage> Of(DoorStatus? status, MqttTopics topics, bool mayUnlock)
    {
        if (status is null)
            return [Kept(topics.Availability, MqttTopics.Offline)];
        List<MqttMessage> states = [Kept(topics.Lock, LockOf(status, mayUnlock))];
        if (DoorComponents.HasContact(status))
        {
            states.Add(Kept(topics.Contact, status.Contact!));
            states.Add(Kept(topics.Forced, status.Door == DoorPhase.Forced ? On : Off));
            states.Add(Kept(topics.HeldOpen, status.Door == DoorPhase.HeldOpen ? On : Off));
        }

        states.Add(Kept(topics.Fault, status.Faults.Count > 0 ? On : Off));
        if (status.Mode is { } mode)
            states.Add(Kept(topics.Mode, SettingText.Of(mode.Mode)));
        // Last, so that no state is older than the word that the states are to be believed.
        states.Add(Kept(topics.Availability, MqttTopics.Online));
        return states;
    }

    private static string LockOf(DoorStatus status, bool mayUnlock) => mayUnlock && status.HasRelayFault == true ? "jammed"
        : status.RelaySecondsLeft is null ? "locked" : "unlocked";

    private static MqttMessage Kept(string topic, string payload) => new(topic, payload, IsRetained: true);
}
