using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Link.Mail;
using DoorAgent.Tests.Auditing;

namespace DoorAgent.Tests.Link.Mail;

public sealed class MailTextTests
{
    private static readonly LinkOptions Door = new() { Door = "lab", Name = "Lab door" };

    [Fact]
    public void ASummarySaysWhatHappenedWhatIsWrongAndWhatWaits()
    {
        DaySummary summary = new(SomeEvents.Morning, SomeEvents.Morning.AddDays(1)) { Faults = ["the camera is gone"], Removed = 3 };
        summary.Add([SomeEvents.Granted(), SomeEvents.Granted(2), SomeEvents.Denied(DenyReason.UnknownBadge),
            .. Enumerable.Range(3, 12).Select(_ => SomeEvents.Denied(DenyReason.TooDark)),
                SomeEvents.Number(20, DoorEventKind.DoorForced)]);
        summary.Waiting["mqtt"] = 213;
        MailText mail = MailText.Of(Door, summary);
        Assert.Equal("Lab door: 2 granted, 13 denied, 1 alarm, 1 present fault", mail.Subject);
        Assert.Equal(
            """
            Lab door (lab), 2026-03-02 07:55:00 to 2026-03-03 07:55:00

            Granted: 2
            Denied: 13
                  12  TooDark
                   1  UnknownBadge
            Alarms: 1
                   1  DoorForced

            Present faults
              the camera is gone

            Waiting to be sent
              mqtt: 213 events ('dooragent link status' says why)

            3 older records are not counted: the door had removed them (Auditing:KeepFor, KeepMB).

            """.ReplaceLineEndings("\n"), mail.Body);
    }

    [Fact]
    public void ASummaryOfTheSameTimeHasTheSameIdentifier() => Assert.Equal(
        MailText.Of(Door, new DaySummary(SomeEvents.Morning, SomeEvents.Morning.AddDays(1))).Id,
        MailText.Of(Door, new DaySummary(SomeEvents.Morning, SomeEvents.Morning.AddDays(2))).Id);

    [Fact]
    public void ASubjectIsOneShortLine()
    {
        LinkOptions door = new() { Name = new string('x', 64) };
        MailText mail = MailText.Of(door, [SomeEvents.Number(1, DoorEventKind.GalleryRefused) with { Detail = "a\nb" }]);
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.InRange(mail.Subject.Length, 1, 160);
    }
}
