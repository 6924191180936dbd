using System.Globalization;
using DoorAgent.Events;

namespace DoorAgent.Simulation;

/// <summary>Formats the texts of the report. Badges are redacted as in the log.</summary>
internal static class ReportWords
{
    public static string Describe(StepAction action) => action switch
    {
        PresentBadge badge => $"badge {badge.Badge.Hint}",
        LeaveWithBadge badge => $"exit badge {badge.Badge.Hint}",
        SendBits bits => string.Create(CultureInfo.InvariantCulture, $"{bits.Bits.Length} bits{(bits.Swapped ? ", lines swapped" : "")}"),
        PressKeys keys => string.Create(CultureInfo.InvariantCulture, $"{keys.Keys.Length} keys"),
        BlockBadge block => $"badges {(block.IsLost ? "lost" : "block")} {block.Badge.Hint}",
        AddBadge add => $"badges add {add.Name} {add.Badge.Hint}",
        _ => StepSyntax.Write(action),
    };

    public static string Describe(Observation happened) => happened switch
    {
        EventObserved { Kind: DoorEventKind.Granted } granted => Join("granted", granted.Person, granted.Detail),
        EventObserved { Kind: DoorEventKind.Denied } denied => Join($"denied {denied.Reason}", denied.Person, denied.Detail),
        EventObserved other => Join($"event {other.Kind}", other.Person, other.Detail),
        RelaySwitched relay => relay.IsOn ? "relay on" : "relay off",
        DoorChanged door => $"state {door.State}",
        LightsChanged lights => $"lights {lights.Pattern}",
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    /// <summary>Describes an observation and its time after the step.</summary>
    public static string After(Observation happened, Step step) => $"{Describe(happened)}, after {Seconds(happened.At - step.At)}";

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0##} s");

    /// <summary>Formats the wall clock, with the days since the start if there are any.</summary>
    public static string WallClock(Scenario scenario, TimeSpan at)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(scenario.Start.Instant + at + scenario.WallShiftAt(at), scenario.Start.TimeZone);
        int days = (local.Date - scenario.Start.Local.Date).Days;
        return string.Create(CultureInfo.InvariantCulture, $"{(days == 0 ? "" : $"{days:+0;-0}d ")}{local:HH:mm:ss.f}");
    }

    private static string Join(string what, string? person, string? detail) =>
        $"{what}{(person is null ? "" : $" {person}")}{(string.IsNullOrEmpty(detail) ? "" : $" ({detail})")}";
}
