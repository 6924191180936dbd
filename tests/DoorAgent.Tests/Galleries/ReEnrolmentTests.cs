using DoorAgent.Galleries;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Galleries;

public sealed class ReEnrolmentTests
{
    private static readonly DateTimeOffset Now = BuildInfo.Date.AddDays(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public void PeopleWithOldPicturesAreNamedTheOldestFirst()
    {
        PersonEntry[] people = [Person("anna", 366), Person("bert", 364), Person("carl", 800), Person("dora", null),
            Person("emil", 900) with { IsEnabled = false }];
        IReadOnlyList<PersonEntry> due = ReEnrolment.DueOf(people, Year, Now);
        Assert.Equal(["carl", "anna"], due.Select(person => person.Name));
        Assert.StartsWith("pictures older than 365 d (People:ReEnrolAfter): carl (pictures of ", ReEnrolment.Words(due, Year),
            StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyIsNamedWithoutTheSettingOrWithoutAClock()
    {
        Assert.Empty(ReEnrolment.DueOf([Person("anna", 900)], null, Now));
        Assert.Empty(ReEnrolment.DueOf([Person("anna", 900)], Year, BuildInfo.Date.AddYears(-1)));
        Assert.Null(ReEnrolment.Words([], Year));
    }

    [Fact]
    public void ManyNamesAreCut() => Assert.EndsWith(" and 4 more",
        ReEnrolment.Words([.. Enumerable.Range(0, 9).Select(i => Person($"p{i}", 400))], Year), StringComparison.Ordinal);

    private static PersonEntry Person(string name, int? daysOld) => new(name, IsEnabled: true, IsExtended: false, "", 3, [])
    {
        PicturesSince = daysOld is { } days ? Now.AddDays(-days) : null,
    };
}
