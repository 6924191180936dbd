using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Modes;

namespace DoorAgent.Simulation;

/// <summary>The action of a step.</summary>
internal abstract record StepAction;

/// <summary>What follows the last picture of a list.</summary>
internal enum LoopMode
{
    /// <summary>The list starts again.</summary>
    Loop,

    /// <summary>The camera sees nobody: further frames are grey and empty.</summary>
    Once,

    /// <summary>The last picture stays.</summary>
    Hold,
}

/// <summary>The camera sees pictures.</summary>
/// <param name="Pictures">Glob; the files are shown in ordinal order of their names.</param>
/// <param name="Rate">Frames a second, 0.1 to 240.</param>
/// <param name="Mode">What follows the last picture.</param>
/// <param name="Noise">Standard deviation of the added sensor noise in grey levels, 0 to 64.</param>
internal sealed record ShowPictures(string Pictures, decimal Rate, LoopMode Mode, decimal Noise) : StepAction
{
    public const decimal DefaultRate = 10;

    /// <summary>Glob of pictures shown to the right of the first ones, for two people in front of the camera.</summary>
    public string? Beside { get; init; }
}

/// <summary>The camera sees pictures that are presented to it, as a picture of a person or as the person; drawn with 640 x 480
/// pixels.</summary>
/// <param name="Pictures">Glob; the first file is presented, or all in ordinal order of their names on a screen.</param>
/// <param name="As">How they are presented.</param>
/// <param name="Rate">Frames a second, 0.1 to 240.</param>
internal sealed record ShowPresentation(string Pictures, Presentation As, decimal Rate) : StepAction;

/// <summary>What a camera shows instead of pictures.</summary>
internal enum CameraView
{
    /// <summary>An empty wall with a little noise.</summary>
    None,

    /// <summary>The device has disappeared.</summary>
    Unplugged,

    /// <summary>The current picture, repeated byte for byte.</summary>
    Frozen,

    /// <summary>The earlier picture without light, nearly black.</summary>
    Dark,
}

/// <summary>The camera shows no people, or fails.</summary>
internal sealed record ShowView(CameraView View) : StepAction;

/// <summary>A badge is held to the reader.</summary>
/// <param name="Badge">Complete number of the badge.</param>
/// <param name="Gap">Time between two bits on the wire, 0.2 to 20 ms.</param>
internal sealed record PresentBadge(Badge Badge, TimeSpan Gap) : StepAction
{
    public static readonly TimeSpan DefaultGap = TimeSpan.FromMilliseconds(2);
}

/// <summary>A badge is held to the exit reader.</summary>
/// <param name="Badge">Complete number of the badge.</param>
internal sealed record LeaveWithBadge(Badge Badge) : StepAction;

/// <summary>The reader sends raw bits, first bit first, 2 ms apart.</summary>
/// <param name="Bits">1 to 128 characters 0 or 1.</param>
/// <param name="Swapped">Whether D0 and D1 are exchanged.</param>
internal sealed record SendBits(string Bits, bool Swapped) : StepAction;

/// <summary>Somebody presses keys of the reader's keypad: digits, * and #, a quarter of a second apart.</summary>
internal sealed record PressKeys(string Keys) : StepAction;

/// <summary>The reader's lines have stray edges, 50 microseconds apart, alternating between D0 and D1.</summary>
internal sealed record Glitch(int Edges) : StepAction;

/// <summary>The door leaf moves.</summary>
internal sealed record MoveDoor(bool Open) : StepAction;

/// <summary>The door's contact bounces this often, 2 ms a level, and returns to its initial level.</summary>
internal sealed record BounceDoor(int Times) : StepAction;

/// <summary>Somebody presses the exit button for 1 ms to 60 s.</summary>
internal sealed record PressExit(TimeSpan For) : StepAction
{
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(500);
}

/// <summary>A change that another process makes to a person.</summary>
internal enum PersonChange
{
    Enable,
    Disable,
    Remove,
}

/// <summary>Another process changes a person in the gallery file.</summary>
internal sealed record ChangePerson(PersonChange Change, string Name) : StepAction;

/// <summary>Another process changes a person's schedule in the gallery file.</summary>
internal sealed record ChangeSchedule(string Name, string Schedule) : StepAction;

/// <summary>Another process changes a person's first or last date of validity in the gallery file; null removes the limit.</summary>
internal sealed record ChangeValidity(string Name, ValidityLimit Limit, ValidityDate? Date) : StepAction;

/// <summary>Another process sets or removes a mark of a person in the gallery file.</summary>
internal sealed record ChangeMark(string Name, PersonMark Mark, bool IsSet) : StepAction;

/// <summary>Another process makes a person a visitor of a host in the gallery file; null lets the person enter without a host.</summary>
internal sealed record ChangeHost(string Name, string? Host) : StepAction;

/// <summary>Another process blocks a badge in the gallery file, or marks the badge as lost.</summary>
internal sealed record BlockBadge(Badge Badge, bool IsLost) : StepAction;

/// <summary>Another process gives a person a badge in the gallery file.</summary>
internal sealed record AddBadge(string Name, Badge Badge) : StepAction;

/// <summary>Somebody sets the wall clock to a local time in whole seconds; monotonic time is not affected.</summary>
internal sealed record SetClock(DateTime Local) : StepAction;

/// <summary>Somebody moves the wall clock forward, or back if negative; monotonic time is not affected.</summary>
internal sealed record MoveClock(TimeSpan By) : StepAction;

/// <summary>An operator changes the door's mode.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="For">With <see cref="DoorMode.Unlocked"/>: how long, 1 minute to 12 hours.</param>
internal sealed record ChangeMode(DoorMode Mode, TimeSpan For) : StepAction;

/// <summary>What happens to the fleet of the scenario.</summary>
internal enum FleetChange
{
    /// <summary>The door joins a fleet, whose link is connected from then on.</summary>
    Join,

    /// <summary>The office brings a person of the door to the fleet.</summary>
    Publish,

    /// <summary>The office removes a person of the fleet.</summary>
    Remove,

    /// <summary>The group becomes strict, with a longest time without contact.</summary>
    Strict,

    /// <summary>The office orders a lockdown of the group for a time.</summary>
    Lockdown,

    /// <summary>The office ends the lockdown.</summary>
    Normal,

    /// <summary>The link loses the hub.</summary>
    Away,

    /// <summary>The link reaches the hub again, and brings what the office has published meanwhile.</summary>
    Back,
}

/// <summary>Something happens to the fleet of the scenario.</summary>
/// <param name="Change">What.</param>
/// <param name="Name">For <see cref="FleetChange.Publish"/> and <see cref="FleetChange.Remove"/> the person; else empty.</param>
/// <param name="Hours">For <see cref="FleetChange.Strict"/> and <see cref="FleetChange.Lockdown"/> how long, 1 to 744; else 0.</param>
internal sealed record ChangeFleet(FleetChange Change, string Name, int Hours) : StepAction;

/// <summary>The worker is stopped, if it is running, and started again.</summary>
/// <param name="Settings">Configuration keys with new values.</param>
internal sealed record Restart(ValueList<Setting> Settings) : StepAction;

/// <summary>The worker ends without a shutdown, as in a power cut; <see cref="Restart"/> starts the next worker.</summary>
internal sealed record Kill : StepAction;

/// <summary>The scenario ends, and the worker is stopped.</summary>
internal sealed record EndScenario : StepAction;
