using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Operating;

/// <summary>The lines on the operator's socket: JSON, one object a line, the question first.</summary>
internal static class OperatorProtocol
{
    /// <summary>Longest line taken, in bytes; more is no question of ours.</summary>
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
    public static async Task WriteAsync<T>(Stream stream, T value, CancellationToken cancellation)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, Json), (byte)'\n'];
        await stream.WriteAsync(line, cancellation);
    }

    /// <summary>Reads one line's object; null when the other side ended before one.</summary>
    /// <exception cref="InvalidDataException">The line is too long or not what is expected.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, CancellationToken cancellation)
        where T : class
    {
        byte[] line = new byte[LongestLine];
        int length = 0;
        while (true)
        {
            int read = await stream.ReadAsync(line.AsMemory(length), cancellation);
            if (read == 0)
                return null;
            int end = line.AsSpan(length, read).IndexOf((byte)'\n');
            length += read;
            if (end >= 0)
                return Parse<T>(line.AsSpan(0, length - read + end));
            if (length == line.Length)
                throw new InvalidDataException($"A line of more than {LongestLine} bytes.");
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json) ?? throw new InvalidDataException("The line says null.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
