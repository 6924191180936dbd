using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Decisions;
using DoorAgent.Events;

namespace DoorAgent.Auditing;

/// <summary>What the door saw in one attempt, as it is kept beside the attempt's pictures.</summary>
/// <param name="Sequence">Number of the record of the decision.</param>
/// <param name="Kind">The decision.</param>
/// <param name="Person">The gallery's row of the person concerned; null where no person is known.</param>
/// <param name="Frames">What became of each frame that was read, oldest first.</param>
internal sealed record AttemptAccount(long Sequence, DoorEventKind Kind, long? Person, IReadOnlyList<FrameAccount> Frames)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        // Nobody to compare with is an infinite distance.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The liveness check's finding in words; null where liveness was not judged.</summary>
    public string? Liveness { get; init; }

    /// <summary>The gallery's rows of all people whom a frame of the attempt was nearest to, the person concerned included.</summary>
    [JsonIgnore]
    public IEnumerable<long> People => Frames.Select(frame => frame.Match?.PersonId).Append(Person).OfType<long>().Distinct();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Reads an account.</summary>
    /// <exception cref="JsonException">The text is not an account.</exception>
    public static AttemptAccount Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<AttemptAccount>(json, Form)
        ?? throw new JsonException("The account of an attempt is empty.");
}
