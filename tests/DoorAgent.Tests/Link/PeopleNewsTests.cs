using DoorAgent.Events;
using DoorAgent.Link;
using DoorAgent.Tests.Auditing;

namespace DoorAgent.Tests.Link;

public sealed class PeopleNewsTests
{
    [Fact]
    public void PeopleGetAlarmsAndTheirEndsAndNothingElse()
    {
        Assert.All(Enum.GetValues<DoorEventKind>().Where(kind => kind.IsAlarm()), kind =>
        {
            Assert.True(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Number(1, kind)));
            Assert.False(PeopleNews.IsEnd(SomeEvents.Number(1, kind)));
        });
        Assert.True(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Number(1, DoorEventKind.Duress)));
        Assert.True(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Number(1, DoorEventKind.CameraRestored)));
        Assert.True(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Denied(DenyReason.BadgeBlocked)));
        Assert.False(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Denied(DenyReason.TooDark)));
        Assert.False(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Granted()));
        Assert.False(PeopleNews.Has(SentEvents.Alarms, SomeEvents.Number(1, DoorEventKind.GalleryLoaded)));
        Assert.True(PeopleNews.Has(SentEvents.All, SomeEvents.Granted()));
    }

    [Fact]
    public void WhatIsSentHasNoNameBadgeOrDistanceAndThePersonsNumberOnlyUnderDuress()
    {
        DoorEvent blocked = SomeEvents.Denied(DenyReason.BadgeBlocked);
        string words = PeopleNews.WordsOf(blocked);
        Assert.DoesNotContain("adam", words, StringComparison.Ordinal);
        Assert.DoesNotContain("67", words, StringComparison.Ordinal);
        Assert.DoesNotContain("1.071", words, StringComparison.Ordinal);
        Assert.DoesNotContain("person", words, StringComparison.Ordinal);
        Assert.StartsWith("Denied BadgeBlocked", words, StringComparison.Ordinal);

        DoorEvent duress = SomeEvents.Granted() with { Kind = DoorEventKind.Duress };
        Assert.StartsWith("DURESS: person 7", PeopleNews.WordsOf(duress), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by page, enrol: badge H10301 ...67 blocked, hours office", "by page, enrol: badge blocked, hours office")]
    [InlineData("badge UID ...AF lost", "badge lost")]
    [InlineData("badge Wiegand37 ...7", "badge ")]
    [InlineData("at night ... 67", "at night ... 67")]
    [InlineData(null, null)]
    public void ADetailIsSentWithoutTheBadge(string? detail, string? sent) =>
        Assert.Equal(sent, PeopleNews.Sent(SomeEvents.Number(1, DoorEventKind.Warning) with { Detail = detail }).Detail);

    [Fact]
    public void AnIdIsTheSameInEveryRepetitionAndAnotherOneForEveryEvent()
    {
        DoorEvent one = SomeEvents.Number(4711, DoorEventKind.DoorForced);
        Assert.Equal(PeopleNews.IdOf("lab", one), PeopleNews.IdOf("lab", one with { }));
        Assert.NotEqual(PeopleNews.IdOf("lab", one), PeopleNews.IdOf("shop", one));
        Assert.NotEqual(PeopleNews.IdOf("lab", one), PeopleNews.IdOf("lab", SomeEvents.Number(4712, DoorEventKind.DoorForced)));
        // A replaced journal begins at 1 again.
        Assert.NotEqual(PeopleNews.IdOf("lab", one), PeopleNews.IdOf("lab", one with { Time = one.Time!.Value.AddDays(1) }));
        Assert.Matches("^[a-z0-9.-]+$", PeopleNews.IdOf("lab", one));
    }
}
