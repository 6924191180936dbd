using System.Text.Json;

namespace DoorAgent.Hub;

/// <summary>How a door stands in its fleet, as it says itself in the bucket of doors: each minute and after each change. It says this of
/// itself only, and the office believes nothing but the signed confirmation.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="At">When the door said so, UTC.</param>
internal sealed record DoorState(string Door, string Group, string Version, DateTimeOffset At)
{
    /// <summary>When the bucket was created to which the revision belongs; null before the first delivery.</summary>
    public string? Bucket { get; init; }

    /// <summary>Sequence of the last applied record of the bucket of people.</summary>
    public ulong Revision { get; init; }

    /// <summary>Serial of the newest manifest whose set of people the door has exactly; 0 before the first.</summary>
    public long Confirmed { get; init; }

    /// <summary>Serial of the newest manifest that the door knows.</summary>
    public long Manifest { get; init; }

    /// <summary>Number of people of the fleet at the door.</summary>
    public int Count { get; init; }

    /// <summary>Sequence of the newest event that the hub has; null before the first.</summary>
    public long? LastEvent { get; init; }

    /// <summary>How many events the hub does not have yet.</summary>
    public long EventsWaiting { get; init; }

    /// <summary>What is wrong, as sentences, without names.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The door's signed confirmation of what it has; null before the first manifest.</summary>
    public byte[]? Confirmation { get; init; }

    /// <summary>Returns the state as a value of the bucket.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Options);

    /// <summary>Reads a value of the bucket; null for one that is not a state.</summary>
    public static DoorState? Find(ReadOnlySpan<byte> value) => HubJson.Find<DoorState>(value);
}
