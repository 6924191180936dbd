using DoorAgent.Auditing;
using DoorAgent.Evaluation;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class UpkeepAuditTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly UpkeepAudit Audit = new(Now, TimeSpan.FromDays(365), TimeSpan.FromDays(90));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PicturesAreOldWhenTheNewestOneIs()
    {
        Gallery gallery = TestGallery.Of([[0, 1], [90], []]);
        EncodingSource[] sources = [new("A", Now.AddDays(-800)), new("B", Now.AddDays(-10)), new("C", Now.AddDays(-366))];
        AuditFinding found = Assert.Single(Audit.OldPictures(gallery, sources));
        Assert.Equal((AuditKind.OldPictures, "person 2", "2025-05-31"), (found.Kind, found.Person, found.Detail));
    }

    [Fact]
    public void AnActiveBadgeIsUnusedWhenNobodyPresentedItForLong()
    {
        PersonEntry anna = Person(1, "anna", (10, BadgeState.Active, -400), (20, BadgeState.Lost, -400), (30, BadgeState.Active, -20));
        PersonEntry bert = Person(2, "bert", (40, BadgeState.Active, -400), (50, BadgeState.Active, -400));
        BadgeUse use = new(Now.AddDays(-300), new Dictionary<(long, string), DateTimeOffset>
        {
            [(2, bert.Badges[0].Hint)] = Now.AddDays(-91),
            [(2, bert.Badges[1].Hint)] = Now.AddDays(-89),
        });
        Assert.Equal(
            [$"anna {anna.Badges[0].Hint}, added 2025-04-27", $"bert {bert.Badges[0].Hint}, last presented 2026-03-02"],
            Audit.UnusedBadges([anna, bert], use).Select(found => $"{found.Person} {found.Detail}"));
    }

    [Fact]
    public void AYoungJournalSaysNothingAboutBadges()
    {
        PersonEntry anna = Person(1, "anna", (10, BadgeState.Active, -400));
        Assert.Empty(Audit.UnusedBadges([anna], new BadgeUse(Now.AddDays(-89), new Dictionary<(long, string), DateTimeOffset>())));
        Assert.Empty(Audit.UnusedBadges([anna], new BadgeUse(null, new Dictionary<(long, string), DateTimeOffset>())));
    }

    [Fact]
    public void HoursThatNobodyConfiguredAreFound()
    {
        PersonEntry[] people = [Person(1, "anna") with { Schedule = "office" }, Person(2, "bert") with { Schedule = "nights" }];
        Assert.Equal([("bert", "nights")], UpkeepAudit.UnknownHours(people, name => name == "office")
            .Select(found => (found.Person, found.Detail)));
    }

    [Fact]
    public void TheJournalKnowsWhenEachBadgeWasLastPresentedWhateverTheOffsetsOfItsTimes()
    {
        string path = _folder.File("journal.db");
        using (Journal journal = Journal.Open(path))
        {
            journal.Append(SomeEvents.Number(1));
            journal.Append(SomeEvents.Granted(2) with { Time = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(5)) });
            journal.Append(SomeEvents.Granted(3) with { Time = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1)) });
            journal.Append(SomeEvents.Number(4, DoorEventKind.Denied) with { BadgeHint = "H10301 ...99" });
        }

        BadgeUse use = BadgeUse.Read(path);
        Assert.Equal(SomeEvents.Morning.AddHours(-2).AddMinutes(-55), use.Since!.Value.AddMinutes(0), TimeSpan.FromHours(3));
        ((long Person, string Badge) key, DateTimeOffset last) = Assert.Single(use.Last);
        Assert.Equal((7, "H10301 ...67"), key);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), last, TimeSpan.FromSeconds(1));
        Assert.Throws<UserErrorException>(() => BadgeUse.Read(_folder.File("none.db")));
    }

    private static PersonEntry Person(long id, string name, params (int Number, BadgeState State, int AddedDays)[] badges) =>
        new(name, IsEnabled: true, IsExtended: false, "2025-01-01T00:00:00Z", 1,
            [.. badges.Select(badge => new BadgeEntry(name, MadeGalleryFile.Card(badge.Number).Hint, badge.State)
            {
                Added = GalleryCrops.Text(Now.AddDays(badge.AddedDays)),
            })]) { Id = id };
}
