using System.Text.Encodings.Web;
using System.Text.Json;

namespace DoorAgent.Link.Mqtt;

/// <summary>How JSON is written for the broker: in one line, with the characters as they are, since no page shows it.</summary>
internal static class MqttJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
