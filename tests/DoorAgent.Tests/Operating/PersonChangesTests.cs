using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

public sealed class PersonChangesTests : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PersonChanges _changes;

    public PersonChangesTests(EnrolledPeople people)
    {
        people.CopyGalleryTo(Path);
        _changes = new PersonChanges(Path, null, ["office"], TimeProvider.System);
    }

    private string Path => _folder.File("gallery.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "adam nora")]
    [InlineData("ADA", "adam")]
    [InlineData("ora", "nora")]
    [InlineData("nobody", "")]
    [InlineData("%", "")]
    public void PeopleAreFoundByAPartOfTheirName(string search, string found)
    {
        PagePeople people = _changes.List(new PageQuery { Search = search });
        Assert.Equal(found, string.Join(' ', people.People.Select(person => person.Name)));
        Assert.Equal(people.People.Count, people.Total);
        Assert.Equal(["always", "office"], people.Schedules);
    }

    [Fact]
    public void TheListNamesBadgesByTheirHintAndNeverByTheirNumber()
    {
        PagePerson adam = One("adam");
        PageBadge badge = Assert.Single(adam.Badges);
        Assert.Equal(("H10301 ...67", BadgeState.Active), (badge.Hint, badge.State));
        Assert.DoesNotContain("4567", System.Text.Json.JsonSerializer.Serialize(adam, OperatorProtocol.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPartOfAChangeIsMadeAndRecordedWithoutAName()
    {
        PagePerson adam = One("adam");
        PersonChange change = new(adam.Id)
        {
            IsEnabled = false, Schedule = "OFFICE", ValidFrom = "2026-03-01", ValidUntil = "2026-04-01", Badge = adam.Badges[0].Id,
            State = BadgeState.Blocked,
        };
        (string name, string words) = _changes.Judge(change);
        Assert.Equal("adam", name);
        Assert.Equal("person disabled, hours OFFICE, valid from 2026-03-01, valid until 2026-04-01, badge H10301 ...67 blocked", words);
        _changes.Run(change);
        PagePerson after = One("adam");
        Assert.Equal((false, "office", "2026-03-01", "2026-04-01", BadgeState.Blocked),
            (after.IsEnabled, after.Schedule, after.ValidFrom, after.ValidUntil, after.Badges[0].State));

        _changes.Run(new PersonChange(adam.Id) { IsEnabled = true, ValidFrom = "", ValidUntil = "" });
        after = One("adam");
        Assert.Equal((true, null, null, "office"), (after.IsEnabled, after.ValidFrom, after.ValidUntil, after.Schedule));
    }

    [Fact]
    public void AChangeThatFailsInPartChangesNothing()
    {
        PagePerson adam = One("adam");
        PersonChange never = new(adam.Id) { IsEnabled = false, ValidFrom = "2026-04-01", ValidUntil = "2026-03-01" };
        Assert.Contains("never", Assert.Throws<UserErrorException>(() => _changes.Run(never)).Message, StringComparison.Ordinal);
        PagePerson after = One("adam");
        Assert.Equal((true, null, null), (after.IsEnabled, after.ValidFrom, after.ValidUntil));
    }

    [Theory]
    [InlineData("2027-03-01", "2027-04-01")]
    [InlineData("2025-03-01", "2025-04-01")]
    public void BothDatesMoveTogether(string first, string last)
    {
        PagePerson adam = One("adam");
        _changes.Run(new PersonChange(adam.Id) { ValidFrom = "2026-03-01", ValidUntil = "2026-04-01" });
        PersonChange other = new(adam.Id) { ValidFrom = first, ValidUntil = last };
        _changes.Judge(other);
        _changes.Run(other);
        PagePerson after = One("adam");
        Assert.Equal((first, last), (after.ValidFrom, after.ValidUntil));
    }

    [Fact]
    public void DatesThatTheGalleryRefusesAreRefusedBeforeTheyAreRecorded()
    {
        PagePerson adam = One("adam");
        _changes.Run(new PersonChange(adam.Id) { ValidFrom = "2026-03-01", ValidUntil = "2026-04-01" });
        foreach (PersonChange never in new[]
        {
            new PersonChange(adam.Id) { ValidFrom = "2026-05-01" }, new(adam.Id) { ValidUntil = "2026-02-01" },
            new(adam.Id) { ValidFrom = "2027-04-01", ValidUntil = "2027-03-01" },
        })
            Assert.Contains("never", Assert.Throws<UserErrorException>(() => _changes.Judge(never)).Message, StringComparison.Ordinal);

        using (GalleryFile gallery = GalleryFile.OpenToChange(Path, TimeProvider.System))
            GalleryHosts.Set(gallery, "adam", ["nora"]);
        Assert.Contains("a visit has an end", Assert.Throws<UserErrorException>(
            () => _changes.Judge(new PersonChange(adam.Id) { ValidUntil = "" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotThereOrNotAllowedIsRefused()
    {
        PagePerson adam = One("adam"), nora = One("nora");
        Assert.Throws<NotFoundException>(() => _changes.Judge(new PersonChange(999) { IsEnabled = true }));
        // The badge of somebody else is not this person's.
        Assert.Throws<NotFoundException>(() => _changes.Judge(new PersonChange(adam.Id) { Badge = nora.Badges[0].Id, State = BadgeState.Blocked }));
        foreach (PersonChange wrong in new[]
        {
            new PersonChange(adam.Id), new(adam.Id) { Schedule = "night" }, new(adam.Id) { ValidFrom = "tomorrow" },
            new(adam.Id) { State = BadgeState.Active }, new(adam.Id) { Badge = adam.Badges[0].Id },
        })
            Assert.Throws<UserErrorException>(() => _changes.Judge(wrong));
    }

    [Theory]
    [InlineData(false, null, null, true)]
    [InlineData(null, BadgeState.Blocked, null, true)]
    [InlineData(null, BadgeState.Lost, null, true)]
    [InlineData(true, null, null, false)]
    [InlineData(null, BadgeState.Active, null, false)]
    [InlineData(false, null, "always", false)]
    internal void OnlyWhatKeepsSomebodyOutNeedsNoRecord(bool? enabled, BadgeState? state, string? schedule, bool keepsOut) => Assert.Equal(keepsOut,
        new PersonChange(1) { IsEnabled = enabled, State = state, Schedule = schedule }.OnlyKeepsOut);

    private PagePerson One(string name) => Assert.Single(_changes.List(new PageQuery { Search = name }).People);
}
