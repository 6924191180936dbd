using DoorAgent.Galleries;

namespace DoorAgent.Simulation;

/// <summary>A scenario at the door, as read from a <c>*.door</c> file (behaviour.md, section 7).</summary>
/// <param name="Start">Time and place of the start.</param>
/// <param name="Settings">Keys of the configuration in file order; a later one wins.</param>
/// <param name="Enrolments">The people enrolled before the start.</param>
/// <param name="Steps">The steps, ordered by time; steps at equal times keep the order of the file.</param>
internal sealed record Scenario(
    ScenarioStart Start, ValueList<Setting> Settings, ValueList<EnrolLine> Enrolments, ValueList<Step> Steps)
{
    /// <summary>Time from the start to the <c>end</c> step, or without one to the end of the last window.</summary>
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

    /// <summary>Returns by how much the wall clock has been moved forward at a time after the start.</summary>
    public TimeSpan WallShiftAt(TimeSpan at) => Steps.TakeWhile(step => step.At <= at)
        .Aggregate(TimeSpan.Zero, (before, step) => WallShiftAfter(Start, before, step));

    /// <summary>Returns by how much the wall clock has been moved forward after a step.</summary>
    /// <param name="start">The wall clock at the start.</param>
    /// <param name="before">By how much the earlier steps moved the clock forward.</param>
    /// <param name="step">The step.</param>
    public static TimeSpan WallShiftAfter(ScenarioStart start, TimeSpan before, Step step) => step.Action switch
    {
        SetClock set => start.WallShiftTo(set.Local, step.At),
        MoveClock move => before + move.By,
        _ => before,
    };

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>The wall clock at the start.</summary>
/// <param name="Local">Local wall time, whole seconds.</param>
/// <param name="Zone">An IANA name that this machine knows, such as Europe/Berlin.</param>
internal sealed record ScenarioStart(DateTime Local, string Zone)
{
    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    /// <summary>Returns by how much the wall clock must be moved forward to show a local time at <paramref name="at"/> after the
    /// start.</summary>
    public TimeSpan WallShiftTo(DateTime local, TimeSpan at) => (this with { Local = local }).Instant - (Instant + at);

    /// <summary>The build date of the program in the scenario: an earlier clock counts as not set.</summary>
    public DateTimeOffset Built => Instant - Local.TimeOfDay;

    /// <summary>The start as an instant. An ambiguous local time means the earlier instant.</summary>
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

/// <summary>A person enrolled before the scenario starts.</summary>
/// <param name="Name">Name of the person.</param>
/// <param name="Badge">Badge number; null without a badge.</param>
/// <param name="Pictures">Glob of the person's pictures.</param>
internal sealed record EnrolLine(string Name, Hardware.Badges.Badge? Badge, string Pictures)
{
    /// <summary>Name of the schedule; null for the default one.</summary>
    public string? Schedule { get; init; }

    /// <summary>Last date of validity; null without a limit.</summary>
    public Matching.ValidityDate? ValidUntil { get; init; }

    /// <summary>The PIN; null without one.</summary>
    public Pin? Pin { get; init; }

    /// <summary>The duress PIN, which requires a PIN; null without one.</summary>
    public Pin? Duress { get; init; }

    public SourceLine Line { get; init; }
}

/// <summary>One step: an action with its expectations.</summary>
/// <param name="At">Time of the step, counted from the start.</param>
/// <param name="Action">The action.</param>
/// <param name="Expectations">What must follow; the step is performed even if earlier expectations were missed.</param>
internal sealed record Step(TimeSpan At, StepAction Action, ValueList<Expectation> Expectations)
{
    public SourceLine Line { get; init; }
}
