using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Simulation;

/// <summary>What is done at a step.</summary>
internal abstract record StepAction;

/// <summary>How a list of pictures goes on at its end.</summary>
internal enum LoopMode
{
    /// <summary>From the beginning again.</summary>
    Loop,

    /// <summary>Then the camera sees nobody: the frames go on, grey and empty.</summary>
    Once,

    /// <summary>The last picture stays.</summary>
    Hold,
}

/// <summary>The camera sees pictures.</summary>
/// <param name="Pictures">Glob; the files are shown in ordinal order of their names.</param>
/// <param name="Rate">Frames a second, 0.1 to 240.</param>
/// <param name="Mode">What happens after the last.</param>
/// <param name="Noise">Standard deviation of the sensor noise added, in grey levels, 0 to 64.</param>
internal sealed record ShowPictures(string Pictures, decimal Rate, LoopMode Mode, decimal Noise) : StepAction
{
    public const decimal DefaultRate = 10;

    /// <summary>Glob of pictures shown to the right of the first, when two people stand there.</summary>
    public string? Beside { get; init; }
}

/// <summary>What a camera shows when it does not show pictures.</summary>
internal enum CameraView
{
    /// <summary>Nobody: an empty wall with a little noise.</summary>
    None,

    /// <summary>The device is gone.</summary>
    Unplugged,

    /// <summary>The picture it shows at this moment, byte for byte, again and again.</summary>
    Frozen,

    /// <summary>The light went out: what it showed before, nearly black.</summary>
    Dark,
}

/// <summary>The camera shows no people, or fails.</summary>
internal sealed record ShowView(CameraView View) : StepAction;

/// <summary>A badge is held to the reader.</summary>
/// <param name="Badge">Its number, which stands whole in the file.</param>
/// <param name="Gap">Time between two bits on the wire, 0.2 to 20 ms.</param>
internal sealed record PresentBadge(Badge Badge, TimeSpan Gap) : StepAction
{
    public static readonly TimeSpan DefaultGap = TimeSpan.FromMilliseconds(2);
}

/// <summary>Raw bits come over the reader's lines, first bit first, 2 ms apart.</summary>
/// <param name="Bits">1 to 128 times 0 or 1.</param>
/// <param name="Swapped">Whether D0 and D1 are exchanged.</param>
internal sealed record SendBits(string Bits, bool Swapped) : StepAction;

/// <summary>Keys of the reader's keypad are pressed: digits, * and #, a quarter of a second apart.</summary>
internal sealed record PressKeys(string Keys) : StepAction;

/// <summary>Stray edges on the reader's lines, 50 microseconds apart, alternating between D0 and D1.</summary>
internal sealed record Glitch(int Edges) : StepAction;

/// <summary>The door leaf is moved.</summary>
internal sealed record MoveDoor(bool Open) : StepAction;

/// <summary>The door's contact bounces: that many times away and back, 2 ms a level, and ends as it was.</summary>
internal sealed record BounceDoor(int Times) : StepAction;

/// <summary>The exit button is pressed for a time, 1 ms to 60 s.</summary>
internal sealed record PressExit(TimeSpan For) : StepAction
{
    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(500);
}

/// <summary>What another process does to a person.</summary>
internal enum PersonChange
{
    Enable,
    Disable,
    Remove,
}

/// <summary>Another process changes a person in the gallery file.</summary>
internal sealed record ChangePerson(PersonChange Change, string Name) : StepAction;

/// <summary>Another process gives a person other hours in the gallery file.</summary>
internal sealed record ChangeSchedule(string Name, string Schedule) : StepAction;

/// <summary>Another process changes in the gallery file from when on, or until when, a person is valid; null for ever.</summary>
internal sealed record ChangeValidity(string Name, ValidityLimit Limit, ValidityDate? Date) : StepAction;

/// <summary>Another process blocks a badge in the gallery file; a lost one is blocked and known as lost.</summary>
internal sealed record BlockBadge(Badge Badge, bool IsLost) : StepAction;

/// <summary>Another process gives a person a badge through the gallery file.</summary>
internal sealed record AddBadge(string Name, Badge Badge) : StepAction;

/// <summary>Somebody sets the wall clock to a local time, whole seconds; monotonic time goes on.</summary>
internal sealed record SetClock(DateTime Local) : StepAction;

/// <summary>Somebody puts the wall clock forward, or back when negative; monotonic time goes on.</summary>
internal sealed record MoveClock(TimeSpan By) : StepAction;

/// <summary>The worker is stopped, if it runs, and started anew.</summary>
/// <param name="Settings">Keys of the configuration that are different from now on.</param>
internal sealed record Restart(ValueList<Setting> Settings) : StepAction;

/// <summary>The worker ends without a shutdown, as by a power cut; <see cref="Restart"/> starts the next one.</summary>
internal sealed record Kill : StepAction;

/// <summary>The scenario is over: the worker is stopped.</summary>
internal sealed record EndScenario : StepAction;
