namespace DoorAgent.Link.Mqtt;

/// <summary>A message to the broker.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">The text; an empty text that is retained removes the message that the broker keeps.</param>
/// <param name="IsRetained">Whether the broker keeps the message for later subscribers.</param>
internal sealed record MqttMessage(string Topic, string Payload, bool IsRetained);
