using DoorAgent.Operating;

namespace DoorAgent.Link.Mqtt;

/// <summary>Publishes discovery and states, and each of them again only when it has changed.</summary>
/// <param name="topics">The door's topics.</param>
/// <param name="discovery">Makes the discovery.</param>
/// <param name="store">Keeps the last discovery.</param>
/// <param name="mayUnlock">Whether commands unlock the door.</param>
/// <param name="log">The log.</param>
internal sealed class MqttPublisher(MqttTopics topics, Discovery discovery, DiscoveryStore store, bool mayUnlock, Serilog.ILogger log)
{
    private readonly Dictionary<string, string> _published = [];
    private volatile bool _isForgotten;

    /// <summary>Publishes everything the next time: the other side may have nothing of it.</summary>
    public void Forget() => _isForgotten = true;

    /// <summary>Publishes what has changed since the last time.</summary>
    /// <param name="status">The door's status; null while the door does not answer, which makes it unavailable.</param>
    /// <param name="publish">Publishes a message, and returns when the broker has acknowledged it.</param>
    /// <param name="stopping">Cancels the wait.</param>
    public async Task PublishAsync(DoorStatus? status, Func<MqttMessage, CancellationToken, Task> publish, CancellationToken stopping)
    {
        if (_isForgotten)
            _published.Clear();
        _isForgotten = false;
        if (status is not null && discovery.Of(status) is var described && IsNew(described))
        {
            foreach (MqttMessage message in Discovery.Between(store.Read(), described))
                await publish(message, stopping);
            _published[described.Topic] = described.Payload;
            Remember(described);
        }

        foreach (MqttMessage state in StateMessages.Of(status, topics, mayUnlock).Where(IsNew).ToList())
        {
            await publish(state, stopping);
            _published[state.Topic] = state.Payload;
        }
    }

    private bool IsNew(MqttMessage message) => _published.GetValueOrDefault(message.Topic) != message.Payload;

    private void Remember(MqttMessage described)
    {
        try
        {
            if (store.Read() != described)
                store.Write(described);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Warning(
                "The discovery is not remembered, so that entities that are gone later stay in Home Assistant: {Why}", failure.Message);
        }
    }
}
