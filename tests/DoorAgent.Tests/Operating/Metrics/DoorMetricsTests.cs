using System.Text.RegularExpressions;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;
using DoorAgent.Settings;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating.Metrics;

public sealed class DoorMetricsTests
{
    private readonly DoorMetrics _metrics = new(AccessModes.BadgeAndFace);

    private static DoorLevels Levels => new()
    {
        IsCameraUp = true, IsReaderUp = true, IsDoorOpen = false, IsRelayOn = false, People = 3, Revision = 17,
    };

    [Fact]
    public void EventsAreCountedByKindGrantsByModeAndDenialsByReason()
    {
        _metrics.Publish(SomeEvents.Granted());
        _metrics.Publish(SomeEvents.Granted());
        _metrics.Publish(SomeEvents.Denied(DenyReason.TooDark));
        _metrics.Publish(SomeEvents.Number(3, DoorEventKind.AccessTaken));

        string text = _metrics.Print(Levels);
        Assert.Equal("2", Value(text, "access_granted_total{mode=\"badge-and-face\"}"));
        Assert.Equal("1", Value(text, "access_denied_total{reason=\"TooDark\"}"));
        Assert.Equal("0", Value(text, "access_denied_total{reason=\"FaceNotMatched\"}"));
        Assert.Equal(("2", "1", "1"), (Value(text, "events_total{kind=\"Granted\"}"), Value(text, "events_total{kind=\"Denied\"}"),
            Value(text, "events_total{kind=\"AccessTaken\"}")));
    }

    [Fact]
    public void AnAlarmLastsUntilItsEnd()
    {
        Assert.All(EventCounts.Alarms, alarm =>
        {
            Assert.Equal("0", Active(alarm));
            _metrics.Publish(SomeEvents.Number(1, alarm));
            Assert.Equal("1", Active(alarm));
            _metrics.Publish(SomeEvents.Number(2, alarm.RestoredBy()!.Value));
            Assert.Equal("0", Active(alarm));
        });

        string Active(DoorEventKind alarm) => Value(_metrics.Print(Levels), $"alarm_active{{kind=\"{alarm}\"}}");
    }

    [Fact]
    public void GrantsWithoutTheCameraAreCountedByThemselves()
    {
        _metrics.Publish(SomeEvents.Granted());
        _metrics.Publish(SomeEvents.Number(2, DoorEventKind.CameraFallback));
        _metrics.Publish(SomeEvents.Granted(3));
        _metrics.Publish(SomeEvents.Granted(4));
        _metrics.Publish(SomeEvents.Number(5, DoorEventKind.CameraFallbackEnded));
        _metrics.Publish(SomeEvents.Granted(6));
        string text = _metrics.Print(Levels);
        Assert.Equal(("2", "2"), (Value(text, "access_granted_total{mode=\"badge-and-face\"}"),
            Value(text, "access_granted_total{mode=\"badge-and-pin\"}")));
    }

    [Fact]
    public void OneEndEndsEveryAlarmOfItsKind()
    {
        _metrics.Publish(SomeEvents.Number(1, DoorEventKind.DoorForced));
        _metrics.Publish(SomeEvents.Number(2, DoorEventKind.HeldOpen));
        _metrics.Publish(SomeEvents.Number(3, DoorEventKind.CameraFault));
        _metrics.Publish(SomeEvents.Number(4, DoorEventKind.Restored));
        string text = _metrics.Print(Levels);
        Assert.Equal(("0", "0", "1"), (Value(text, "alarm_active{kind=\"DoorForced\"}"), Value(text, "alarm_active{kind=\"HeldOpen\"}"),
            Value(text, "alarm_active{kind=\"CameraFault\"}")));
    }

    [Fact]
    public void ADuressAlarmChangesNothing()
    {
        string before = _metrics.Print(Levels);
        DoorEvent duress = SomeEvents.Number(1, DoorEventKind.Duress);
        _metrics.NoteAppend(duress, TimeSpan.FromMilliseconds(3));
        _metrics.Publish(duress);
        Assert.Equal(before, _metrics.Print(Levels));
        Assert.DoesNotContain("uress", before, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingNamesAPersonABadgeOrADistance()
    {
        _metrics.Publish(SomeEvents.Granted());
        _metrics.NoteAppend(SomeEvents.Granted(), TimeSpan.FromMilliseconds(3));
        string text = _metrics.Print(Levels);
        Assert.DoesNotContain("adam", text, StringComparison.Ordinal);
        Assert.DoesNotContain("67", text.Replace(BuildInfo.Version, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("0.412", text, StringComparison.Ordinal);
        Assert.Equal(["kind", "le", "mode", "reason", "version"],
            Regex.Matches(text, @"[{,](\w+)=""").Select(match => match.Groups[1].Value).Distinct().Order());
    }

    [Fact]
    public void LevelsAreShownAndAMissingContactIsNot()
    {
        string text = _metrics.Print(Levels with { IsRelayOn = true, IsDoorOpen = true, IsCameraUp = false });
        Assert.Equal(("1", "1", "0", "1", "3", "17"), (Value(text, "relay_energised"), Value(text, "door_open"), Value(text, "camera_up"),
            Value(text, "reader_up"), Value(text, "gallery_people"), Value(text, "gallery_revision")));
        Assert.DoesNotContain("door_open", _metrics.Print(Levels with { IsDoorOpen = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void ADoorOfAFleetShowsItsContactAndAnyOtherDoorNothingOfOne()
    {
        FleetSummary fleet = new("lab-3", "lab", "")
        {
            IsConnected = true, LastContact = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), Revision = 4711, EventsWaiting = 12,
        };
        string text = _metrics.Print(Levels with { Fleet = fleet });
        Assert.Equal(("1", "4711", "1800000000", "12"), (Value(text, "fleet_connected"), Value(text, "fleet_revision"),
            Value(text, "fleet_last_contact_timestamp_seconds"), Value(text, "fleet_events_waiting")));
        Assert.DoesNotContain("fleet_connected", _metrics.Print(Levels), StringComparison.Ordinal);
    }

    [Fact]
    public void FramesAreCountedAndThoseThatCannotBeComparedByReason()
    {
        for (int i = 0; i < 3; i++)
            _metrics.CountFrame();
        _metrics.CountUnusable(UnusableReason.Blurred);
        string text = _metrics.Print(Levels);
        Assert.Equal(("3", "1", "0"), (Value(text, "frames_total"), Value(text, "frames_unusable_total{reason=\"Blurred\"}"),
            Value(text, "frames_unusable_total{reason=\"NoFace\"}")));
    }

    [Fact]
    public void PromtoolAcceptsTheText()
    {
        Promtool.Require();
        _metrics.Publish(SomeEvents.Granted());
        _metrics.NoteAppend(SomeEvents.Granted(), TimeSpan.FromMilliseconds(3));
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "dooragent.prom");
        File.WriteAllText(file, _metrics.Print(Levels));
        Assert.Equal("valid\n", Promtool.Metrics(file));
    }

    /// <summary>The door's answer is a line of the operator's protocol.</summary>
    [Fact]
    public void TheTextIsShortEnoughForAnAnswer() =>
        Assert.InRange(_metrics.Print(Levels).Length, 1000, DoorAgent.Operating.OperatorProtocol.LongestLine / 2);

    internal static string Value(string text, string sample) =>
        Regex.Match(text, $"^dooragent_{Regex.Escape(sample)} (.*)$", RegexOptions.Multiline).Groups[1].Value;
}
