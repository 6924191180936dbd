using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorAgent.Operating;

/// <summary>Defines the lines on the operator's socket: one JSON object per line, the request first.</summary>
internal static class OperatorProtocol
{
    /// <summary>The longest accepted line, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    // An answer is one line, and the line has other fields beside its items.
    private const int MostBytesOfItems = LongestLine * 3 / 4;

    /// <summary>Names in camel case, enumerations as words, no nulls: also what --json prints.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        // The default for the web takes the text "NaN" for a number.
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Sends one object as a line.</summary>
    public static async Task WriteAsync<T>(Stream stream, T value, CancellationToken cancellation) =>
        await stream.WriteAsync(LineOf(value), cancellation);

    /// <summary>Returns the first items of an answer that fit into its line; at least one where there is one.</summary>
    public static IReadOnlyList<T> Fitting<T>(IEnumerable<T> items)
    {
        List<T> fitting = [];
        int bytes = 0;
        foreach (T item in items)
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(item, Json).Length + 1;
            if (bytes > MostBytesOfItems && fitting.Count > 0)
                break;
            fitting.Add(item);
        }

        return fitting;
    }

    /// <summary>Returns one object as a line.</summary>
    public static byte[] LineOf<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Json), (byte)'\n'];
}
