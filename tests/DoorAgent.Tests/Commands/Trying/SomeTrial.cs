using DoorAgent.Commands.Trying;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Trying;

/// <summary>Makes states of a trial for tests.</summary>
internal static class SomeTrial
{
    public static readonly TimeSpan Now = TimeSpan.FromDays(40);

    public static TryState Played { get; } = new([.. TrialPeople.Enrolled, TrialPeople.Stranger], null, TimeSpan.FromSeconds(5));

    public static TryState Yours { get; } = new([TrialPeople.You("Ada"), .. TrialPeople.Enrolled, TrialPeople.Stranger], "webcam 0",
        TimeSpan.FromSeconds(5));

    public static DoorEvent Event(DoorEventKind kind, string? who = "adam", DenyReason? reason = null, float? distance = null,
        string? detail = null, bool ends = false) => new(kind)
    {
        Time = new DateTimeOffset(2026, 3, 2, 7, 55, 0, TimeSpan.Zero),
        Sequence = 1,
        Reason = reason,
        PersonId = who is null ? null : 1,
        PersonName = who,
        BadgeHint = who is null ? null : "H10301 ...67",
        Distance = distance,
        Threshold = distance is null ? null : 0.883f,
        Detail = detail,
        EndsAttempt = ends,
    };

    public static TryState After(this TryState state, DoorEventKind kind, DenyReason? reason = null, float? distance = null,
        bool ends = false) =>
        state.After(Event(kind, reason: reason, distance: distance, ends: ends), Now);

    public static TryState On(this TryState state, params DoorPart[] parts) =>
        parts.Aggregate(state, (next, part) => next.After(part, isOn: true, Now));

    public static string Draw(this TryState state, double secondsLater = 0) =>
        string.Join('\n', TryDrawing.Draw(state, Now + TimeSpan.FromSeconds(secondsLater)).Select(line => line.ToString())).TrimEnd();
}
