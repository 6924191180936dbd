using DoorAgent.Events;

namespace DoorAgent.Tests.Auditing;

/// <summary>Generates any valid event, and returns known ones.</summary>
internal static class SomeEvents
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1));

    public static DoorEvent Number(long sequence, DoorEventKind kind = DoorEventKind.DoorClosed) =>
        new(kind) { Time = Morning.AddSeconds(sequence), Sequence = sequence };

    public static DoorEvent Granted(long sequence = 1) => Number(sequence, DoorEventKind.Granted) with
    {
        PersonId = 7,
        PersonName = "adam",
        BadgeHint = "H10301 ...67",
        Distance = 0.412f,
        Threshold = 0.883f,
        Encoder = "door-encoder",
    };

    public static DoorEvent Denied(DenyReason reason) => Granted() with { Kind = DoorEventKind.Denied, Reason = reason, Distance = 1.071f };
}
