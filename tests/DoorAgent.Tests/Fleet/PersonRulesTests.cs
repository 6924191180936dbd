using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

public sealed class PersonRulesTests
{
    private static readonly FleetPerson Anna = MadeFleet.Person(MadeFleet.Anna, "Anna");

    [Fact]
    public void APersonWithEverythingAndOneWithNothingAreAccepted()
    {
        PersonRules.Require(Anna);
        PersonRules.Require(new FleetPerson(MadeFleet.Anna, "A"));
        PersonRules.Require(Anna with { Name = string.Concat(Enumerable.Repeat("𝒜", 64)) });
        PersonRules.Require(Anna with { ValidFrom = "2026-03-01", ValidUntil = "2026-03-01" });
    }

    /// <summary>The message names the field, and never what is in it.</summary>
    [Fact]
    public void EachImpossibleFieldIsNamedWithoutItsValue() => Assert.All(
        new (FleetPerson Person, string Field)[]
        {
            (Anna with { Id = "anna" }, "id"), (Anna with { Name = "" }, "name"), (Anna with { Name = new string('x', 65) }, "name"),
            (Anna with { Name = "Secret\nName" }, "name"), (Anna with { Name = "Secret\ud800" }, "name"),
            (Anna with { ValidFrom = "Secret" }, "first date"), (Anna with { ValidUntil = "2026-02-30" }, "last date"),
            (Anna with { ValidFrom = "2026-03-02", ValidUntil = "2026-03-01" }, "before the first"),
            (Anna with { Schedule = "" }, "schedule"), (Anna with { Schedule = "fleet:Secret" }, "schedule"),
            (Anna with { Schedule = " Secret" }, "schedule"), (Anna with { Hosts = ["Secret"] }, "hosts"),
            (Anna with { Hosts = [MadeFleet.Anna] }, "hosts"), (Anna with { Hosts = [MadeFleet.Bert, MadeFleet.Bert] }, "hosts"),
            (Anna with { Hosts = [.. Enumerable.Range(0, 33).Select(i => FormattableString.Invariant($"{i:x32}"))] }, "hosts"),
            (Anna with { Badges = ["Secret"] }, "badges"), (Anna with { Badges = ["H10301:1:2", "H10301:1:2"] }, "badges"),
            (Anna with { Badges = ["h10301:1:2"] }, "badges"), (Anna with { Badges = [" H10301:1:2"] }, "badges"),
            (Anna with { Badges = [.. Enumerable.Range(0, 33).Select(i => $"H10301:1:{i}")] }, "badges"),
            (Anna with { Consent = new FleetConsent("Secret", "") }, "consent"),
            (Anna with { Consent = new FleetConsent("2026-01-01", new string('x', 201)) }, "consent"),
            (Anna with { Consent = new FleetConsent("2026-01-01", "Secret\u001b[2J") }, "consent"),
            (Anna with { Encoder = null }, "no encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Digest = "Secret" } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Name = "" } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Alignment = -1 } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Dimension = 0 } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Dimension = 5000 } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Rule = "" } }, "encoder"),
            (Anna with { Encoder = MadeFleet.Encoder with { Dimension = 17 } }, "unit vectors"),
            (Anna with { Encodings = [.. Enumerable.Range(0, 11).Select(i => MadeFleet.Encoding(i))] }, "too many"),
            (Anna with { Encodings = [MadeFleet.Encoding(1), MadeFleet.Encoding(1)] }, "picture twice"),
            (Anna with { Encodings = [MadeFleet.Encoding(1) with { Picture = [1] }] }, "unit vectors"),
        },
        wrong =>
        {
            string said = Assert.Throws<FleetRecordException>(() => PersonRules.Require(wrong.Person)).Message;
            Assert.Contains(wrong.Field, said, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", said, StringComparison.Ordinal);
        });
}
