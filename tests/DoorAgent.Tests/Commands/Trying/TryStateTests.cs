using DoorAgent.Commands.Trying;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryStateTests
{
    private static readonly FaceReading Dark = new(UnusableReason.TooDark, default(Face), 1, null, 0);

    [Fact]
    public void AnAttemptIsShownAsLookingUntilTheDecision()
    {
        TryState looking = SomeTrial.Played.After(DoorEventKind.AttemptOpened);
        Assert.True(looking.IsLooking);
        Assert.Equal("too dark: turn on a light, or turn to the window", looking.After(Dark).Face);
        Assert.Equal((false, null), Looks(looking.After(Dark).After(DoorEventKind.Granted, distance: 0.5f, ends: true)));
        Assert.Equal((false, null), Looks(looking.After(Dark).After(DoorEventKind.Denied, DenyReason.TooDark, ends: true)));
        Assert.Equal((false, null), Looks(looking.After(Dark).After(DoorEventKind.AttemptAbandoned, ends: true)));
        Assert.True(looking.After(DoorEventKind.Denied, DenyReason.Superseded, ends: true).After(DoorEventKind.AttemptOpened).IsLooking);

        static (bool, string?) Looks(TryState state) => (state.IsLooking, state.Face);
    }

    [Theory]
    [InlineData(DenyReason.UnknownBadge)]
    [InlineData(DenyReason.BadgeBlocked)]
    [InlineData(DenyReason.LockedOut)]
    [InlineData(DenyReason.OutsideSchedule)]
    internal void ADenialBesideTheAttemptDoesNotEndIt(DenyReason reason) =>
        Assert.True(SomeTrial.Played.After(DoorEventKind.AttemptOpened).After(DoorEventKind.Denied, reason).IsLooking);

    [Fact]
    public void NoFaceIsMentionedWithoutAnAttempt() => Assert.Null(SomeTrial.Played.After(Dark).Face);

    [Fact]
    public void TheLastDecisionStaysUntilTheNextAttempt()
    {
        TryState denied = SomeTrial.Played.After(DoorEventKind.Denied, DenyReason.FaceNotMatched, 1.012f);
        Assert.Equal(new LastDecision("adam: FaceNotMatched", false, (1.012f, 0.883f)), denied.Last);
        Assert.Equal(new LastDecision("adam: let in", true, (0.5f, 0.883f)), denied.After(DoorEventKind.Granted, distance: 0.5f).Last);
        Assert.Null(denied.After(DoorEventKind.AttemptOpened).Last);
    }

    [Fact]
    public void TheUnlockTimeStartsAtTheRelayAndAgainAtASecondGrant()
    {
        Assert.Null(SomeTrial.Played.After(DoorEventKind.Granted).UnlockedUntil);
        TryState on = SomeTrial.Played.On(DoorPart.Relay);
        Assert.Equal(SomeTrial.Now + TimeSpan.FromSeconds(5), on.UnlockedUntil);
        Assert.Equal(SomeTrial.Now + TimeSpan.FromSeconds(8),
            on.After(SomeTrial.Event(DoorEventKind.Granted), SomeTrial.Now + TimeSpan.FromSeconds(3)).UnlockedUntil);
        Assert.Null(on.After(DoorPart.Relay, isOn: false, SomeTrial.Now).UnlockedUntil);
    }

    [Fact]
    public void AnAlarmStaysUntilTheAlarmEnds()
    {
        TryState forced = SomeTrial.Played.After(DoorEventKind.DoorForced);
        Assert.Equal(DoorEventKind.DoorForced, forced.After(DoorEventKind.CameraRestored).Alarm?.Kind);
        Assert.Null(forced.After(DoorEventKind.Restored).Alarm);
        Assert.Null(SomeTrial.Played.After(DoorEventKind.Denied, DenyReason.BadgeBlocked).Alarm);
    }

    [Fact]
    public void RecentEventsUseTheLogsWordsAndOldEventsDisappear()
    {
        TryState state = SomeTrial.Played;
        for (int i = 0; i < 100; i++)
            state = state.After(DoorEventKind.RelayOn).After(DoorEventKind.AccessTaken);
        Assert.Equal(20, state.News.Count);
        Assert.All(state.News, line => Assert.Equal((TextStyle.Good, "Access taken: adam with H10301 ...67"), (line.Style, line.Text)));
    }
}
