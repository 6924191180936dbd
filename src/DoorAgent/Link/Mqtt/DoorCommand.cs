using System.Text.Json;

namespace DoorAgent.Link.Mqtt;

/// <summary>A command that arrived from the broker.</summary>
/// <param name="IsUnlock">Whether to unlock; otherwise the door is locked.</param>
/// <param name="Code">The code, as it was typed.</param>
internal sealed record DoorCommand(bool IsUnlock, string Code)
{
    /// <summary>The longest command that is looked at, in bytes.</summary>
    public const int MostBytes = 256;

    /// <summary>Reads a command: a JSON object with "action", LOCK or UNLOCK, and "code". Returns null for anything else.</summary>
    public static DoorCommand? Find(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MostBytes)
            return null;
        try
        {
            Fields? fields = JsonSerializer.Deserialize<Fields>(payload, Strict);
            return fields?.Action switch
            {
                "UNLOCK" => new DoorCommand(IsUnlock: true, fields.Code ?? ""),
                "LOCK" => new DoorCommand(IsUnlock: false, fields.Code ?? ""),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, AllowDuplicateProperties = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private sealed record Fields(string? Action, string? Code);
}
