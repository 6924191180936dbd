namespace DoorAgent.Simulation;

/// <summary>What a row of the report says.</summary>
internal enum Verdict
{
    /// <summary>What was expected happened.</summary>
    Met,

    /// <summary>What was expected did not happen, or otherwise, or late.</summary>
    Missed,

    /// <summary>A decision, an alarm or a transition of the relay that no line expected.</summary>
    Unexpected,

    /// <summary>A rule that holds whatever the scenario says was broken.</summary>
    RuleBroken,
}

/// <summary>One row: an expectation with what happened, or what happened without one.</summary>
/// <param name="At">When, from the start: the step's time, or that of the unexpected thing.</param>
/// <param name="Time">The same as the wall clock shows it, as in the log: <c>07:55:00.2</c>, on a later day <c>+1d 07:55:00.2</c>.</param>
/// <param name="Line">Where the expectation stands in the file.</param>
/// <param name="Step">The step, badges redacted; empty when the row above is about the same step.</param>
/// <param name="Expected">The expectation in the file's words; empty for the unexpected.</param>
/// <param name="Actual">What happened.</param>
/// <param name="Verdict">How the two compare.</param>
internal sealed record ReportRow(TimeSpan At, string Time, SourceLine Line, string Step, string Expected, string Actual, Verdict Verdict)
{
    public bool IsDifference => Verdict != Verdict.Met;
}

/// <summary>Expected and actual of a scenario that was played.</summary>
/// <param name="Rows">In order of time.</param>
internal sealed record ScenarioReport(ValueList<ReportRow> Rows)
{
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
