using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>
/// Compares observations with the expectations of a scenario. Pure. An event or a relay transition satisfies at most one line
/// (<c>relay on for</c> uses both transitions); states and lights are conditions that several lines may check. A remaining decision, alarm
/// or relay transition is a difference, and so is a relay that was on longer than <see cref="IRelay.Maximum"/> while the
/// door was not held unlocked, or at the end.
/// </summary>
internal sealed class ScenarioJudge
{
    /// <summary>Tolerance for the time of <c>relay on for</c>, because of debouncing and rounding.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    /// <summary>Time after a window in which an observation still counts as the expected one, but late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    private readonly Scenario _scenario;
    private readonly Timeline _timeline;
    private readonly List<ReportRow> _rows = [];

    private ScenarioJudge(Scenario scenario, Timeline timeline) => (_scenario, _timeline) = (scenario, timeline);

    /// <param name="scenario">The scenario with its expectations.</param>
    /// <param name="happened">The observations, in any order.</param>
    /// <param name="isAlarm">Whether an event kind is an alarm, which a line must expect.</param>
    public static ScenarioReport Judge(Scenario scenario, IEnumerable<Observation> happened, Func<DoorEventKind, bool> isAlarm) =>
        new ScenarioJudge(scenario, new Timeline(happened, isAlarm)).Judge();

    private ScenarioReport Judge()
    {
        (Step Step, Expectation Expectation)[] all =
            [.. _scenario.Steps.SelectMany(step => step.Expectations.Select(expectation => (step, expectation)))];
        foreach ((Step step, Expectation expectation) in all)
        {
            if (expectation is ExpectRelayOnFor pulse)
                JudgePulse(step, pulse);
        }

        JudgeEvents([.. all.Where(pair => pair.Expectation is ExpectGranted or ExpectDenied or ExpectEvent or ExpectRelay)]);
        foreach ((Step step, Expectation expectation) in all)
            JudgeCondition(step, expectation);
        foreach (int index in _timeline.Open(TimeSpan.Zero, TimeSpan.MaxValue).Where(_timeline.IsNotable))
            Add(_timeline[index].At, "", ReportWords.Describe(_timeline[index]), Verdict.Unexpected);
        JudgeRelay();
        return new ScenarioReport([.. InOrder()]);
    }

    private void JudgePulse(Step step, ExpectRelayOnFor expected)
    {
        int[] starts = [.. _timeline.Pulses().Intersect(_timeline.Open(step.At, step.At + expected.Window))];
        if (starts.Length == 0)
        {
            Add(step, expected, $"relay stayed {(_timeline.RelayAt(step.At) ? "on" : "off")}", Verdict.Missed);
            return;
        }

        int on = starts.FirstOrDefault(start => IsRight(start), starts[0]);
        _timeline.Account(on);
        if (_timeline.EndOfPulse(on) is { } off)
            _timeline.Account(off);
        string length = Length(on) is { } time ? $"relay on for {ReportWords.Seconds(time)}" : "relay on to the end";
        Add(
            step, expected, $"{length}, after {ReportWords.Seconds(_timeline[on].At - step.At)}",
            IsRight(on) ? Verdict.Met : Verdict.Missed);

        bool IsRight(int start) => Length(start) is { } time && (time - expected.Duration).Duration() <= Tolerance;
    }

    private TimeSpan? Length(int on) => _timeline.EndOfPulse(on) is { } off ? _timeline[off].At - _timeline[on].At : null;

    private void JudgeEvents((Step Step, Expectation Expectation)[] all)
    {
        List<int>[] candidates = [.. all.Select(pair => Fitting(pair.Step.At, pair.Step.At + pair.Expectation.Window, pair.Expectation))];
        int[] found = BipartiteMatching.Find(candidates, _timeline.Count);
        foreach (int index in found.Where(index => index >= 0))
            _timeline.Account(index);
        for (int i = 0; i < all.Length; i++)
        {
            (Step step, Expectation expectation) = all[i];
            if (found[i] >= 0)
                Add(step, expectation, ReportWords.After(_timeline[found[i]], step), Verdict.Met);
            else if (expectation is ExpectRelay relay && _timeline.RelayAt(step.At) == relay.IsOn)
                Add(step, expectation, "already true", Verdict.Met);
            else
                Add(step, expectation, Instead(step, expectation), Verdict.Missed);
        }
    }

    private List<int> Fitting(TimeSpan from, TimeSpan until, Expectation expectation) =>
        [.. _timeline.Open(from, until).Where(index => Fits(_timeline[index], expectation))];

    private static bool Fits(Observation happened, Expectation expectation) => (happened, expectation) switch
    {
        (EventObserved { Kind: DoorEventKind.Granted } granted, ExpectGranted expected) => granted.Person == expected.Who,
        (EventObserved { Kind: DoorEventKind.Denied } denied, ExpectDenied expected) =>
            denied.Reason == expected.Reason && (expected.Who is null || denied.Person == expected.Who),
        (EventObserved other, ExpectEvent expected) => other.Kind == expected.Kind,
        (RelaySwitched relay, ExpectRelay expected) => relay.IsOn == expected.IsOn,
        _ => false,
    };

    /// <summary>Describes what happened instead of a missed expectation, and accounts for it, so that one fault is one row.</summary>
    private string Instead(Step step, Expectation expectation)
    {
        TimeSpan end = step.At + expectation.Window;
        bool isDecision = expectation is ExpectGranted or ExpectDenied;
        IEnumerable<int> others = isDecision ? _timeline.Open(step.At, end).Where(index => Timeline.IsDecision(_timeline[index])) : [];
        if (others.Concat(Fitting(end, end + Late, expectation)).Cast<int?>().FirstOrDefault() is not { } index)
            return expectation is ExpectRelay relay ? $"relay stayed {(relay.IsOn ? "off" : "on")}" : "did not happen";
        _timeline.Account(index);
        return ReportWords.After(_timeline[index], step) + (_timeline[index].At > end ? ": late" : "");
    }

    private void JudgeCondition(Step step, Expectation expectation)
    {
        switch (expectation)
        {
            case ExpectState state:
                AddCondition(
                    step, state, _timeline.DoorAt(step.At) == state.State,
                    happened => happened is DoorChanged door && door.State == state.State,
                    $"state {_timeline.DoorAt(step.At + state.Window)}");
                break;
            case ExpectLights lights:
                AddCondition(
                    step, lights, _timeline.LightsAt(step.At) == lights.Pattern,
                    happened => happened is LightsChanged changed && changed.Pattern == lights.Pattern,
                    $"lights {_timeline.LightsAt(step.At + lights.Window)}");
                break;
            case ExpectNothing nothing:
                JudgeNothing(step, nothing);
                break;
        }
    }

    private void JudgeNothing(Step step, ExpectNothing nothing)
    {
        int[] notable = [.. _timeline.Within(step.At, step.At + nothing.Window).Where(_timeline.IsNotable)];
        foreach (int index in notable)
            _timeline.Account(index);
        string happened = string.Join("; ", notable.Select(index => ReportWords.After(_timeline[index], step)));
        Add(step, nothing, notable.Length == 0 ? "nothing" : happened, notable.Length == 0 ? Verdict.Met : Verdict.Missed);
    }

    private void AddCondition(Step step, Expectation expectation, bool isSo, Func<Observation, bool> becomesSo, string otherwise)
    {
        IEnumerable<Observation> window = _timeline.Within(step.At, step.At + expectation.Window).Select(index => _timeline[index]);
        Observation? change = window.FirstOrDefault(becomesSo);
        if (change is not null)
            Add(step, expectation, ReportWords.After(change, step), Verdict.Met);
        else
            Add(step, expectation, isSo ? "already true" : otherwise, isSo ? Verdict.Met : Verdict.Missed);
    }

    private void JudgeRelay()
    {
        foreach (int on in _timeline.Pulses())
        {
            if (Length(on) is not { } length)
                Add(_timeline[on].At, "relay off at the end", "relay on to the end", Verdict.RuleBroken);
            else if (_timeline.LongestUnheld(on) > IRelay.Maximum)
            {
                Add(
                    _timeline[on].At, $"relay on for at most {ReportWords.Seconds(IRelay.Maximum)} while the door is not held unlocked",
                    $"relay on for {ReportWords.Seconds(length)}", Verdict.RuleBroken);
            }
        }
    }

    private void Add(TimeSpan at, string expected, string actual, Verdict verdict) =>
        _rows.Add(new ReportRow(at, ReportWords.WallClock(_scenario, at), default, "", expected, actual, verdict));

    private void Add(Step step, Expectation expectation, string actual, Verdict verdict) => _rows.Add(new ReportRow(
        step.At, ReportWords.WallClock(_scenario, step.At), expectation.Line, ReportWords.Describe(step.Action),
        ExpectationSyntax.Write(expectation), actual, verdict));

    /// <summary>Returns the rows by time, expectations in file order before unexpected observations; each step is named once.</summary>
    private IEnumerable<ReportRow> InOrder()
    {
        string step = "";
        TimeSpan at = TimeSpan.MinValue;
        foreach (ReportRow row in _rows.OrderBy(row => row.At).ThenBy(row => row.Line.Number == 0).ThenBy(row => row.Line.Number))
        {
            yield return row.Step == step && row.At == at ? row with { Step = "" } : row;
            (step, at) = (row.Step, row.At);
        }
    }
}
