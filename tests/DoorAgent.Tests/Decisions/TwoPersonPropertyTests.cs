using System.Collections.Immutable;
using CsCheck;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Decisions;

/// <summary>What holds after any traffic of four people, of whom two are marked, and two are visitors of others.</summary>
public sealed class TwoPersonPropertyTests
{
    private const int People = 6;

    private static readonly Gen<(double Gap, int Action, int Person)[]> Days = Gen.Select(
        Gen.Frequency((5, Gen.Double[0, 4]), (2, Gen.Double[0, 20]), (1, Gen.Const(0.0))), Gen.Int[0, 11], Gen.Int[1, People]).Array[1, 80];

    private static readonly Gen<string> Modes = Gen.Int[0, 3].Select(i => new[] { "badge-only", "badge-and-face", "face-only", "badge-or-face" }[i]);

    [Fact]
    public void NobodyWhoNeedsASecondPersonEntersAlone() => EveryDay((scene, steps) =>
    {
        // Each grant uses up the pass of one other person, who is no visitor, within the time.
        List<(long Person, TimeSpan At)> unused = [];
        foreach (PolicyStep step in steps)
        {
            foreach (DoorEvent raised in step.Said)
            {
                if (raised is { Kind: DoorEventKind.SecondPersonAwaited, PersonId: { } waiting })
                    unused.Add((waiting, step.Now));
                if (raised is not { Kind: DoorEventKind.Granted, PersonId: { } id })
                    continue;
                Person person = scene.Gallery!.Find(id)!;
                bool isTogether = raised.Detail?.Contains("together with", StringComparison.Ordinal) == true;
                if (person.IsEscorted)
                    continue;
                bool hasOther = step.Said.Any(other => other.Kind == DoorEventKind.Granted && other.PersonId != id)
                    || unused.Any(other => other.Person != id && step.Now - other.At < scene.Options.TogetherWithin);
                Assert.True(!isTogether || hasOther, $"{id} is granted together with nobody");
                Assert.True(isTogether || !person.NeedsSecondPerson && !scene.IsTwoPersonTime || step.Said.Any(other => other.Kind
                    == DoorEventKind.Granted && other.PersonId != id), $"{id} is granted alone");
                unused.Clear();
                if (!isTogether)
                    unused.Add((id, step.Now));
            }
        }
    });

    [Fact]
    public void NoVisitorEntersWithoutAHost() => EveryDay((scene, steps) =>
    {
        Dictionary<long, TimeSpan> letIn = [];
        foreach (PolicyStep step in steps)
        {
            foreach (DoorEvent granted in step.Said.Where(raised => raised.Kind == DoorEventKind.Granted))
            {
                Person person = scene.Gallery!.Find(granted.PersonId!.Value)!;
                if (person.IsEscorted)
                {
                    Assert.Contains(person.Hosts, host => letIn.TryGetValue(host, out TimeSpan at)
                        && step.Now - at <= scene.Options.TogetherWithin);
                }

                letIn[person.Id] = step.Now;
            }
        }
    });

    [Fact]
    public void EveryWaitEndsWithAGrantADenialOrAnotherWaitOfTheSamePerson() => EveryDay((_, steps) =>
    {
        long? waiting = null;
        foreach (DoorEvent raised in steps.SelectMany(step => step.Said))
        {
            if (raised.Kind == DoorEventKind.SecondPersonAwaited)
            {
                Assert.True(waiting is null || waiting == raised.PersonId);
                waiting = raised.PersonId;
            }
            else if (waiting is not null && waiting == raised.PersonId && raised.Kind == DoorEventKind.Granted
                || raised is { Kind: DoorEventKind.Denied, EndsAttempt: false, Reason: DenyReason.SecondPersonMissing or DenyReason.Stopping
                    or DenyReason.Fault })
            {
                waiting = null;
            }
        }

        Assert.Null(waiting);
    });

    [Fact]
    public void TheFirstOfTwoIsNeverToldADenialThatCountsAsAFailure() => EveryDay((scene, steps) =>
    {
        Assert.DoesNotContain(steps.SelectMany(step => step.Said), raised => LockoutRule.Counts(raised.Reason));
        Assert.Empty(scene.State.People);
    });

    private static void EveryDay(Action<PolicyScene, List<PolicyStep>> check) => Gen.Select(Modes, Gen.Bool, Days).Sample((mode, isTime, day) =>
    {
        PolicyScene scene = new(options => (options.Mode, options.IKnowBadgesCanBeCopied) = (mode, true))
        {
            Gallery = Everybody(), IsTwoPersonTime = isTime,
        };
        foreach ((double gap, int action, int person) in day)
        {
            scene.Pass(gap);
            switch (action)
            {
                case 0:
                    scene.Apply(new AccessFaulted());
                    break;
                case 1:
                    scene.Apply(new DoorMoved(IsOpen: person % 2 == 0, IsLocked: person % 2 == 1));
                    break;
                case < 6 when mode != "badge-only":
                    scene.Frames(5, scene.State.ClaimedPerson ?? person, isMatch: true);
                    break;
                default:
                    scene.Read(CardOf(person));
                    if (scene.State.ClaimedPerson is { } claimed)
                        scene.Frames(3, claimed, isMatch: true);
                    break;
            }
        }

        scene.Apply(new AccessStopping());
        check(scene, scene.Steps);
    }, print: day => $"{day.Item1} {day.Item2}: {string.Join(' ', day.Item3)}", iter: 500);

    private static Badge CardOf(long person) => Badge.Of("H10301", 1, (ulong)person);

    /// <summary>1 and 2 are marked, 3 and 4 are not, 5 visits 1 and 3, and 6 has no host.</summary>
    private static Gallery Everybody()
    {
        ImmutableArray<Person> people =
        [
            .. Enumerable.Range(1, People).Select(id => new Person(id, $"p{id}", true, false, "always", id - 1, 1)
            {
                NeedsSecondPerson = id <= 2,
                IsEscorted = id >= 5,
                Hosts = id == 5 ? [1, 3] : [],
                ValidUntil = id >= 5 ? ValidityDate.Parse("2099-01-01") : null,
            }),
        ];
        return new Gallery(1, "test", 2, people,
            people.ToDictionary(person => CardOf(person.Id).Number, person => new BadgeOwner(person, BadgeState.Active)),
            [.. people.SelectMany(_ => new float[] { 1, 0 })]);
    }
}
