using CsCheck;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class ScenarioJudgeTests
{
    private const string Head = "start 2026-03-02 07:55:00 Europe/Berlin\nenrol adam from a.jpg\nenrol nora from n.jpg\n";

    [Fact]
    public void AQuietDayIsAsExpected()
    {
        ScenarioReport report = Judge("0 camera none\n expect nothing for 5\n expect state Locked\n expect relay off\n expect lights "
            + "Off\n");
        Assert.True(report.IsAsExpected);
        Assert.Equal("4 of 4 expectations met, nothing else happened: as expected.", report.Summary);
    }

    [Fact]
    public void AGrantIsMetWithTheTimeItTook()
    {
        ScenarioReport report = Judge("10 badge H10301:123:4567\n expect granted adam within 2\n", Granted(10.84, "adam", "0.53 below "
            + "0.883"));
        ReportRow row = Assert.Single(report.Rows);
        Assert.Equal(
            new ReportRow(TimeSpan.FromSeconds(10), "07:55:10.0", default, "badge H10301 ...67", "granted adam within 2",
                "granted adam (0.53 below 0.883), after 0.84 s", Verdict.Met),
            row);
        Assert.Equal(5, row.Line.Number);
    }

    [Theory]
    [InlineData("granted adam within 2")]
    [InlineData("denied LockedOut adam within 2")]
    [InlineData("denied FaceNotMatched adam within 2")]
    [InlineData("denied FaceNotMatched within 0.5")]
    [InlineData("event AccessTaken")]
    public void AMissedExpectationShowsTheDenialOnce(string expectation)
    {
        ScenarioReport report = Judge($"10 door open\n expect {expectation}\n", Denied(11, DenyReason.FaceNotMatched, "nora"));
        Assert.False(report.IsAsExpected);
        Assert.Equal(0, report.Rows.Count(row => row.Verdict == Verdict.Met));
        Assert.Single(report.Rows, row => row.Actual.StartsWith("denied FaceNotMatched nora", StringComparison.Ordinal));
    }

    [Fact]
    public void ALateObservationIsReportedAsLate()
    {
        ReportRow row = Assert.Single(Judge("0 door open\n expect granted adam within 2\n", Granted(3.4, "adam")).Rows);
        Assert.Equal(("granted adam, after 3.4 s: late", Verdict.Missed), (row.Actual, row.Verdict));
    }

    [Fact]
    public void ObservationsBeforeTheStepDoNotCount() =>
        Assert.Equal(
            [Verdict.Unexpected, Verdict.Missed],
            Judge("5 door open\n expect granted adam within 2\n", Granted(4.9, "adam")).Rows.Select(row => row.Verdict));

    [Fact]
    public void ADenialWithoutAPersonCanBeExpected() =>
        Assert.True(Judge("0 door open\n expect denied UnknownBadge\n", Denied(0.1, DenyReason.UnknownBadge, null)).IsAsExpected);

    [Theory]
    [MemberData(nameof(Notable))]
    public void AnUnexpectedDecisionIsADifference(string name, object happened)
    {
        ReportRow row = Judge("0 camera none\n", (Observation)happened).Rows[0];
        Assert.Equal((Verdict.Unexpected, "", name), (row.Verdict, row.Expected, row.Actual));
    }

    public static TheoryData<string, object> Notable => new()
    {
        { "granted adam", Granted(1, "adam") },
        { "denied Superseded", Denied(1, DenyReason.Superseded, null) },
        { "event DoorForced", new EventObserved(At(1), DoorEventKind.DoorForced) },
        { "relay on", new RelaySwitched(At(1), true) },
        { "relay off", new RelaySwitched(At(1), false) },
    };

    [Fact]
    public void OnlyDecisionsAlarmsAndRelayTransitionsMustBeExpected() =>
        Assert.True(Judge("0 camera none\n", new EventObserved(At(1), DoorEventKind.RequestToExit), new DoorChanged(At(1), DoorPhase.Open),
            new LightsChanged(At(1), LightPattern.LookAtCamera)).IsAsExpected);

    [Fact]
    public void OneObservationSatisfiesOneLine() =>
        Assert.Equal(1, Judge("0 door open\n expect granted adam\n expect granted adam\n", Granted(0.5, "adam")).Differences);

    [Fact]
    public void ObservationsAreAssignedSoThatAllLinesAreMet() =>
        Assert.True(Judge(
            "0 door open\n expect denied FaceNotMatched within 9\n expect denied FaceNotMatched adam within 5\n",
            Denied(1, DenyReason.FaceNotMatched, "adam"), Denied(8, DenyReason.FaceNotMatched, "nora")).IsAsExpected);

    [Fact]
    public void RelayLinesUseTransitionsOrAreAlreadyTrue()
    {
        Observation[] pulse = Pulse(1, 4);
        Assert.True(Judge("0 door open\n expect relay off\n expect relay on within 2\n3 door close\n expect relay on\n expect relay off "
            + "within 2\n", pulse).IsAsExpected);
        Assert.Equal(
            ["relay on, after 1.0 s: late", "relay off"],
                Judge("0 door open\n expect relay on within 0.5\n", pulse).Rows.Select(row => row.Actual));
    }

    [Fact]
    public void RelayOnForUsesBothTransitions()
    {
        Assert.True(Judge("0 door open\n expect relay on for 5 within 2\n", Pulse(1, 6.05)).IsAsExpected);
        ReportRow row = Assert.Single(Judge("0 door open\n expect relay on for 5 within 2\n", Pulse(1, 3)).Rows);
        Assert.Equal(("relay on for 2.0 s, after 1.0 s", Verdict.Missed), (row.Actual, row.Verdict));
        Assert.Equal("relay stayed off", Judge("0 door open\n expect relay on for 5 within 2\n").Rows[0].Actual);
    }

    [Fact]
    public void RelayOnForLooksForThePulseOfThatLength() =>
        Assert.True(Judge(
            "0 door open\n expect relay on for 5 within 9\n expect relay on within 9\n expect relay off within 9\n",
                [.. Pulse(1, 2), .. Pulse(3, 8)]).IsAsExpected);

    [Fact]
    public void StatesAndLightsAreConditionsThatSeveralLinesMayCheck()
    {
        Observation[] happened = [new DoorChanged(At(1), DoorPhase.Open), new LightsChanged(At(1), LightPattern.Fault)];
        Assert.True(Judge(
            "0 door open\n expect state Open\n expect lights Fault\n0.5 door open\n expect state Open\n5 door open\n expect state "
                + "Open\n expect lights Fault\n",
            happened).IsAsExpected);
        ReportRow row = Assert.Single(Judge("0 door open\n expect state Open within 0.9\n", happened).Rows);
        Assert.Equal(("state Locked", Verdict.Missed), (row.Actual, row.Verdict));
    }

    [Fact]
    public void NothingMeansNoDecisionNoAlarmAndNoRelay()
    {
        ScenarioReport report = Judge("0 door open\n expect nothing for 3\n",
            [Granted(1, "adam"), .. Pulse(1, 2), new EventObserved(At(2), DoorEventKind.DoorClosed)]);
        ReportRow row = Assert.Single(report.Rows);
        Assert.Equal("granted adam, after 1.0 s; relay on, after 1.0 s; relay off, after 2.0 s", row.Actual);
    }

    [Fact]
    public void ARelayOnTooLongOrAtTheEndAlwaysBreaksARule()
    {
        ScenarioReport report = Judge(
            "0 door open\n expect relay on for 31 within 2\n50 door open\n expect relay on\n",
                [.. Pulse(1, 32), new RelaySwitched(At(50.5), true)]);
        Assert.Equal(["relay on for 31.0 s", "relay on to the end"],
            report.Rows.Where(row => row.Verdict == Verdict.RuleBroken).Select(row => row.Actual));
        Assert.Equal("2 of 2 expectations met, 2 against a rule: NOT as expected.", report.Summary);
    }

    [Fact]
    public void RowsAreInOrderOfTimeAndNameAStepOnce()
    {
        ScenarioReport report = Judge("0 door open\n expect state Locked\n expect relay off\n86400 door close\n expect state Locked\n",
            Granted(5, "adam"));
        Assert.Equal(["door open", "", "", "door close"], report.Rows.Select(row => row.Step));
        Assert.Equal(["07:55:00.0", "07:55:00.0", "07:55:05.0", "+1d 07:55:00.0"], report.Rows.Select(row => row.Time));
    }

    [Fact]
    public void NoReportShowsACompleteBadgeNumber() =>
        SomeScenario.Any.Sample(
            scenario => scenario.Steps.Select(step => step.Action).All(action =>
                action is not (PresentBadge or BlockBadge or AddBadge)
                    || !ReportWords.Describe(action).Contains(BadgeOf(action).Number, StringComparison.Ordinal)));

    [Fact]
    public void EveryNotableObservationIsMetOrADifference() =>
        Gen.Int[0, 3].List[0, 8].Sample(kinds =>
        {
            Observation[] happened = [.. kinds.Select((kind, index) => kind switch
            {
                0 => Granted(index, "adam"),
                1 => Denied(index, DenyReason.FaceNotMatched, "adam"),
                2 => new EventObserved(At(index), DoorEventKind.HeldOpen),
                _ => (Observation)new EventObserved(At(index), DoorEventKind.DoorClosed),
            })];
            ScenarioReport report = Judge("0 door open\n expect granted adam within 9\n", happened);
            int notable = kinds.Count(kind => kind < 3);
            bool isGranted = kinds.Contains(0);
            // Without a grant, the first denial is what happened instead, in the same row.
            Assert.Equal(isGranted ? notable : notable + (kinds.Contains(1) ? 0 : 1), report.Rows.Count);
            Assert.Equal(isGranted ? notable - 1 : report.Rows.Count, report.Differences);
        });

    private static Hardware.Badges.Badge BadgeOf(StepAction action) => action switch
    {
        PresentBadge badge => badge.Badge,
        BlockBadge block => block.Badge,
        _ => ((AddBadge)action).Badge,
    };

    private static ScenarioReport Judge(string steps, params Observation[] happened) => ScenarioJudge.Judge(
        ScenarioParser.Parse(Head + steps, "test.door"), happened, kind => kind is DoorEventKind.DoorForced or DoorEventKind.HeldOpen);

    private static EventObserved Granted(double at, string who, string? detail = null) =>
        new(At(at), DoorEventKind.Granted, null, who, detail);

    private static EventObserved Denied(double at, DenyReason reason, string? who) => new(At(at), DoorEventKind.Denied, reason, who);

    private static Observation[] Pulse(double on, double off) => [new RelaySwitched(At(on), true), new RelaySwitched(At(off), false)];

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
