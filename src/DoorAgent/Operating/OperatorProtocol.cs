using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Operating;

/// <summary>Defines the lines on the operator's socket: one JSON object per line, the request first.</summary>
internal static class OperatorProtocol
{
    /// <summary>The longest accepted line, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Names in camel case, enumerations as words, no nulls: also what --json prints.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Sends one object as a line.</summary>
    public static async Task WriteAsync<T>(Stream stream, T value, CancellationToken cancellation) =>
        await stream.WriteAsync(LineOf(value), cancellation);

    /// <summary>Returns one object as a line.</summary>
    public static byte[] LineOf<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Json), (byte)'\n'];
}
