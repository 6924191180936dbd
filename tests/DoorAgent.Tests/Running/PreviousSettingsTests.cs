using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Tests that settings which changed between two starts are found, wherever they were changed.</summary>
public sealed class PreviousSettingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Doors:AccessTime=6s")]
    [InlineData("Decisions:Mode=face-only")]
    [InlineData("Hardware:CameraIdentity=usb-1.2 046d:0825")]
    [InlineData("Schedules:night=Mon-Sun 22:00-06:00")]
    public void EverySettingChangesTheDigest(string assignment) => Assert.NotEqual(DigestOf(), DigestOf(assignment));

    [Fact]
    public void TheOrderAndTheSpellingOfKeysDoNotChangeTheDigest() => Assert.Equal(
        DigestOf("Doors:AccessTime=6s", "Doors:WarnAfter=25s"), DigestOf("doors:warnafter=25s", "Doors:AccessTime=6 s"));

    [Fact]
    public void APasswordIsNotInTheDigest() => Assert.Equal(
        DigestOf("Hardware:Camera=rtsp://user:one@10.0.0.2/a"), DigestOf("Hardware:Camera=rtsp://user:two@10.0.0.2/a"));

    [Fact]
    public void OtherSettingsThanThoseOfTheLastStartAreAWarning()
    {
        DoorEvent warning = Assert.Single(FindingsAfter(Summary("0123abcd"), "89abcdef"));
        Assert.Equal(DoorEventKind.Warning, warning.Kind);
        Assert.StartsWith("the settings are not those of the last start (0123abcd then, 89abcdef now)", warning.Detail,
            StringComparison.Ordinal);
        Assert.Empty(FindingsAfter(Summary("0123abcd"), "0123abcd"));
    }

    [Fact]
    public void AStartOfAnEarlierVersionSaysNothingOfItsSettings() => Assert.Empty(FindingsAfter(Summary(null), "89abcdef"));

    private static string Summary(string? settings) =>
        new StartupSummary("real hardware, badge-and-face", "yunet-n with mobilefacenet", "camera /dev/video0", []) { Settings = settings }
            .Line;

    private static string DigestOf(params string[] assignments) =>
        PreviousSettings.DigestOf(SettingsFile.FromAssignments("test", ["Hardware:Kind=gpio", .. assignments]).Effective);

    private static ImmutableArray<DoorEvent> FindingsAfter(string started, string settings)
    {
        using TempFolder folder = new();
        string path = folder.File("journal.db");
        using (Journal journal = Journal.Open(path))
        {
            DoorEvent first = new(DoorEventKind.Started) { Time = Now, Sequence = 1, Detail = started };
            journal.Append(first);
            journal.Append(new DoorEvent(DoorEventKind.Stopping) { Time = Now, Sequence = 2 });
        }

        return PreviousRun.Read(path, anchor: null, new DecisionOptions(), new FakeTimeProvider(Now), Now.AddYears(-1), settings).Findings;
    }
}
