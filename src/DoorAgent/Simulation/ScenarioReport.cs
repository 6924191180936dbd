using DoorAgent.Liveness;

namespace DoorAgent.Simulation;

/// <summary>The verdict of a row.</summary>
internal enum Verdict
{
    /// <summary>The expectation was met.</summary>
    Met,

    /// <summary>The expectation was not met, or something else happened, or it was met too late.</summary>
    Missed,

    /// <summary>A decision, an alarm or a relay transition happened that no line expected.</summary>
    Unexpected,

    /// <summary>A rule was broken that applies to every scenario.</summary>
    RuleBroken,
}

/// <summary>One row: an expectation with what happened, or an unexpected observation.</summary>
/// <param name="At">Time from the start: that of the step, or of the unexpected observation.</param>
/// <param name="Time">The same time on the wall clock, as in the log: <c>07:55:00.2</c>, on a later day <c>+1d 07:55:00.2</c>.</param>
/// <param name="Line">Line of the expectation in the file.</param>
/// <param name="Step">The step with redacted badges; empty if the row above has the same step.</param>
/// <param name="Expected">The expectation in the words of the file; empty for an unexpected observation.</param>
/// <param name="Actual">What happened.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ReportRow(TimeSpan At, string Time, SourceLine Line, string Step, string Expected, string Actual, Verdict Verdict)
{
    public bool IsDifference => Verdict != Verdict.Met;
}

/// <summary>Compares the expected and the actual course of a scenario.</summary>
/// <param name="Rows">Rows, ordered by time.</param>
internal sealed record ScenarioReport(ValueList<ReportRow> Rows)
{
    /// <summary>The strongest liveness check that judged.</summary>
    public LivenessStrength Liveness { get; init; }

    public int Differences => Rows.Count(row => row.IsDifference);

    public bool IsAsExpected => Differences == 0;

    /// <summary>The outcome in one line.</summary>
    public string Summary
    {
        get
        {
            int expectations = Rows.Count(row => row.Verdict is Verdict.Met or Verdict.Missed);
            int met = Count(Verdict.Met);
            string text = FormattableString.Invariant($"{met} of {expectations} expectations met");
            if (IsAsExpected)
                return $"{text}, nothing else happened: as expected.";
            return text + Part(Verdict.Missed, "missed") + Part(Verdict.Unexpected, "not expected")
                + Part(Verdict.RuleBroken, "against a rule") + ": NOT as expected.";
        }
    }

    private string Part(Verdict verdict, string what) =>
        Count(verdict) == 0 ? "" : FormattableString.Invariant($", {Count(verdict)} {what}");

    private int Count(Verdict verdict) => Rows.Count(row => row.Verdict == verdict);
}
