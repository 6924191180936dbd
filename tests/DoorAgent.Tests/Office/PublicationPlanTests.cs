using DoorAgent.Fleet;
using DoorAgent.Office;

namespace DoorAgent.Tests.Office;

public sealed class PublicationPlanTests
{
    private static readonly FleetPerson Adam = FleetPeople.Person(1, "adam"), Nora = FleetPeople.Person(2, "nora");

    [Fact]
    public void APersonIsAddedChangedOrUnchanged()
    {
        PublicationPlan plan = Of([Adam with { IsExtended = true }, Nora, FleetPeople.Person(3, "zoe")], [Adam, Nora]);
        Assert.Equal([PlannedStep.Changed, PlannedStep.Unchanged, PlannedStep.Added], plan.People.Select(person => person.Step));
        Assert.Equal("longer access time", plan.People[0].Why);
        Assert.False(plan.IsEmpty);
    }

    [Fact]
    public void WhoeverIsNotPublishedStaysUnlessThePublicationIsExact()
    {
        Assert.Equal(["adam"], Of([Adam], [Adam, Nora]).People.Select(person => person.Person.Name));
        Assert.True(Of([Adam], [Adam, Nora]).IsEmpty);
        Assert.Equal(["nora"], Of([Adam], [Adam, Nora], isExact: true).Of(PlannedStep.Removed).Select(person => person.Person.Name));
    }

    [Fact]
    public void ABadgeOfSomebodyInTheGroupIsRefusedAndTheRestTravels()
    {
        FleetPerson thief = FleetPeople.Person(3, "zoe") with { Badges = Nora.Badges };
        PublicationPlan plan = Of([Adam, thief], [Nora]);
        Assert.Equal([PlannedStep.Added, PlannedStep.Refused], plan.People.Select(person => person.Step));
        Assert.Contains("belongs to nora", plan.People[1].Why, StringComparison.Ordinal);
        Assert.DoesNotContain(Nora.Badges[0], plan.People[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ABadgeMayMoveBetweenTwoWhoArePublishedTogether() => Assert.All(
        Of([Adam with { Badges = [] }, Nora with { Badges = [.. Nora.Badges, .. Adam.Badges] }], [Adam, Nora]).People,
        person => Assert.Equal(PlannedStep.Changed, person.Step));

    [Fact]
    public void ABadgeOfSomebodyWhoLeavesIsFree() => Assert.Single(
        Of([Adam with { Badges = Nora.Badges }], [Adam, Nora], isExact: true).Of(PlannedStep.Changed));

    [Fact]
    public void ABadgeOfSomebodyWhoIsRefusedIsNotFree()
    {
        PublicationPlan plan = Of([Adam with { Badges = [], Encodings = [] }, Nora with { Badges = Adam.Badges }], [Adam, Nora]);
        Assert.All(plan.People, person => Assert.Equal(PlannedStep.Refused, person.Step));
        Assert.Contains("belongs to adam", plan.People[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameOfSomebodyElseIsRefused() =>
        Assert.Contains("called NORA", Refused(FleetPeople.Person(3, "NORA"), [Nora]), StringComparison.Ordinal);

    [Fact]
    public void ANameThatIsNoneIsRefused() =>
        Assert.Contains("not a name", Refused(FleetPeople.Person(3, "a/b"), []), StringComparison.Ordinal);

    [Fact]
    public void APersonWithoutAFaceIsRefused() =>
        Assert.Contains("No face", Refused(Adam with { Encodings = [], Encoder = null }, []), StringComparison.Ordinal);

    [Fact]
    public void EncodingsOfAnotherEncoderAreRefusedWhileTheGroupHasSomebodyWithTheEarlierOne()
    {
        FleetPerson other = Adam with { Encoder = FleetPeople.Encoder with { Digest = new string('b', 64) } };
        Assert.Contains("re-encode", Refused(other, [Nora]), StringComparison.Ordinal);
        Assert.Single(Of([other], [Adam]).Of(PlannedStep.Changed));
        Assert.Single(Of([Adam with { Encoder = FleetPeople.Encoder with { Name = "renamed" } }], [Nora]).Of(PlannedStep.Added));
    }

    [Fact]
    public void HoursThatTheGroupDoesNotHaveAreRefused()
    {
        Assert.Contains("did you mean office?", Refused(Adam with { Schedule = "offce" }, []), StringComparison.OrdinalIgnoreCase);
        Assert.Single(Of([Adam with { Schedule = "office" }], []).Of(PlannedStep.Added));
    }

    [Fact]
    public void AVisitWithoutEndIsRefused() => Refused(Adam with { IsEscorted = true }, []);

    [Fact]
    public void ARecordThatIsLargerThanAValueOfTheHubIsRefused()
    {
        Assert.Single(Of([Adam], [], sizeOf: PublicationPlan.LargestRecord).Of(PlannedStep.Added));
        Assert.Contains("65,537", Assert.Single(Of([Adam], [], sizeOf: PublicationPlan.LargestRecord + 1).Of(PlannedStep.Refused)).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFieldOfAPersonIsADifference()
    {
        FleetPerson[] changed =
        [
            Adam with { Name = "adam b" }, Adam with { IsEnabled = false }, Adam with { IsExtended = true },
            Adam with { ValidFrom = "2027-01-31" }, Adam with { ValidUntil = "2027-01-31" }, Adam with { Schedule = "office" },
            Adam with { IsForLockdown = true }, Adam with { NeedsSecondPerson = true }, Adam with { IsEscorted = true },
            Adam with { Hosts = [Nora.Id] }, Adam with { Badges = [] }, Adam with { Consent = new FleetConsent("2026-01-01", "") },
            Adam with { Encoder = FleetPeople.Encoder with { Rule = "mean" } }, Adam with { Encodings = [] },
        ];
        Assert.All(changed, person => Assert.Single(PersonDifference.Between(Adam, person)));
        Assert.Equal(typeof(FleetPerson).GetProperties().Count(property => property.CanWrite && property.Name != nameof(FleetPerson.Id)),
            changed.Length);
        Assert.Empty(PersonDifference.Between(Adam, FleetPeople.Person(1, "adam")));
    }

    private static string Refused(FleetPerson person, FleetPerson[] present) =>
        Assert.Single(Of([person], present).Of(PlannedStep.Refused)).Why;

    private static PublicationPlan Of(FleetPerson[] wanted, FleetPerson[] present, bool isExact = false, int sizeOf = 1) =>
        PublicationPlan.Of("lab", wanted, present, ["office"], isExact, _ => sizeOf);
}
