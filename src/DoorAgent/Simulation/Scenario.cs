using DoorAgent.Galleries;

namespace DoorAgent.Simulation;

/// <summary>A day at the door, as a <c>*.door</c> file says it (behaviour.md, section 7).</summary>
/// <param name="Start">When and where it begins.</param>
/// <param name="Settings">Keys of the configuration, in file order; a later one wins.</param>
/// <param name="Enrolments">Who is enrolled before it begins.</param>
/// <param name="Steps">The moments, in order of time; equal times keep the file's order.</param>
internal sealed record Scenario(
    ScenarioStart Start, ValueList<Setting> Settings, ValueList<EnrolLine> Enrolments, ValueList<Step> Steps)
{
    /// <summary>When the last thing can happen that a line waits for, counted from the start: the <c>end</c> step, or else
    /// the moment at which the longest wait is over.</summary>
    public TimeSpan Duration
    {
        get
        {
            TimeSpan last = TimeSpan.Zero;
            foreach (Step step in Steps)
            {
                if (step.Action is EndScenario)
                    return step.At;
                last = Later(last, step.At);
                foreach (Expectation expectation in step.Expectations)
                    last = Later(last, step.At + expectation.Window);
            }

            return last;
        }
    }

    /// <summary>By how much the wall clock has been put forward when something happens at this time.</summary>
    public TimeSpan WallShiftAt(TimeSpan at) => WallShiftAfter(Start, Steps.TakeWhile(step => step.At <= at));

    /// <summary>By how much the wall clock has been put forward after these steps.</summary>
    public static TimeSpan WallShiftAfter(ScenarioStart start, IEnumerable<Step> steps) =>
        steps.Aggregate(TimeSpan.Zero, (shift, step) => step.Action switch
        {
            SetClock set => start.WallShiftTo(set.Local, step.At),
            MoveClock move => shift + move.By,
            _ => shift,
        });

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>The wall clock at the beginning.</summary>
/// <param name="Local">Local wall time, whole seconds.</param>
/// <param name="Zone">An IANA name that this machine knows, such as Europe/Berlin.</param>
internal sealed record ScenarioStart(DateTime Local, string Zone)
{
    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    /// <summary>By how much the wall clock must be put forward to show a local time so long after the start.</summary>
    public TimeSpan WallShiftTo(DateTime local, TimeSpan at) => (this with { Local = local }).Instant - (Instant + at);

    /// <summary>When the program counts as built in the scenario: a clock before its first day was never set.</summary>
    public DateTimeOffset Built => Instant - Local.TimeOfDay;

    /// <summary>The instant. An hour that the clock shows twice means the first of the two.</summary>
    public DateTimeOffset Instant
    {
        get
        {
            TimeZoneInfo zone = TimeZone;
            return new(Local, zone.IsAmbiguousTime(Local) ? zone.GetAmbiguousTimeOffsets(Local).Max() : zone.GetUtcOffset(Local));
        }
    }
}

/// <summary>One key of the configuration, such as Matching:Fmr, and its value as text.</summary>
internal sealed record Setting(string Key, string Value)
{
    public SourceLine Line { get; init; }
}

/// <summary>Somebody enrolled before the scenario begins.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Badge">Their badge number, when they have one.</param>
/// <param name="Pictures">Glob of their pictures.</param>
internal sealed record EnrolLine(string Name, Hardware.Badges.Badge? Badge, string Pictures)
{
    /// <summary>Name of their schedule, when it is not that of everybody.</summary>
    public string? Schedule { get; init; }

    /// <summary>Until when they are valid, when not for ever.</summary>
    public Matching.ValidityDate? ValidUntil { get; init; }

    /// <summary>Their PIN, when they have one.</summary>
    public Pin? Pin { get; init; }

    /// <summary>Their duress PIN; only beside a PIN.</summary>
    public Pin? Duress { get; init; }

    public SourceLine Line { get; init; }
}

/// <summary>One moment: what is done, and what must follow.</summary>
/// <param name="At">When, counted from the start.</param>
/// <param name="Action">What is done.</param>
/// <param name="Expectations">What must follow; a step happens whether or not those before it have come true.</param>
internal sealed record Step(TimeSpan At, StepAction Action, ValueList<Expectation> Expectations)
{
    public SourceLine Line { get; init; }
}
