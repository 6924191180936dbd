using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DoorAgent.Fleet;

/// <summary>The strict JSON within records: every field is there, once, and none that this program does not know, because an unknown field
/// could be a restriction. So doors are updated before their office.</summary>
internal static class FleetJson
{
    private const int LongestPath = 80;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 8,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Require } },
        Converters = { new UtcTime() },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a value.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="what">What the text is, for the message.</param>
    /// <exception cref="FleetRecordException">The text is not JSON, or a field is missing, unknown, repeated or of
    /// another type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new FleetRecordException($"the fields of {what} are missing");
        }
        catch (JsonException wrong)
        {
            // The message may quote personal data. The path has names of fields only, which a stranger may have chosen.
            throw new FleetRecordException(wrong.Path is { Length: <= LongestPath } path && path.All(IsPlain)
                ? $"the fields of {what} are not as they must be ({path})" : $"the fields of {what} are not as they must be");
        }
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '$' or '.' or '[' or ']';

    private static void Require(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        // Encodings are written as numbers after the JSON.
        if (type.Type == typeof(FleetPerson))
            type.Properties.Remove(type.Properties.Single(property => property.PropertyType == typeof(IReadOnlyList<FleetEncoding>)));
        foreach (JsonPropertyInfo property in type.Properties)
            property.IsRequired = true;
    }

    /// <summary>A time is UTC and says so, such as <c>2027-01-31T08:00:00Z</c>: a time without a zone would be another one on each
    /// machine.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            DateTimeOffset.TryParseExact(reader.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out DateTimeOffset time) ? time : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture));
    }
}
