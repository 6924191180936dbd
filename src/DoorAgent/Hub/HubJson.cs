using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Hub;

/// <summary>The form of unsealed messages. Fields that this program does not know are left out of account, so that an office can read a newer
/// door.</summary>
internal static class HubJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a message; null for one of another form.</summary>
    public static T? Find<T>(ReadOnlySpan<byte> message) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(message, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
