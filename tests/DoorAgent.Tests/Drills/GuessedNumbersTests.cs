using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Tests.Decisions;

namespace DoorAgent.Tests.Drills;

/// <summary>A machine on the reader's wires tries every card of a facility, as fast as a reader can send. Restarts between the guesses are
/// in the scenario "attacks" and in LockoutReplayTests.</summary>
public sealed class GuessedNumbersTests
{
    private const int Facility = 1;
    private const int Cards = 65_536;

    /// <summary>26 bits of a tenth of a millisecond, and the silence that ends a frame.</summary>
    private const double SecondsOfAFrame = 0.0326;

    /// <summary>The numbers of adam's two badges and nora's one.</summary>
    private const int Known = 3;

    [Fact]
    public void EveryNumberIsFoundAndNobodyComesInWithoutAFace()
    {
        PolicyScene scene = Guess(new PolicyScene());
        Assert.Equal(0, Count(scene, DoorEventKind.Granted));
        Assert.Equal(Known, Count(scene, DoorEventKind.AttemptOpened));
        Assert.Equal(2, scene.All.Count(raised => raised.Reason == DenyReason.BadgeBlocked));
    }

    [Fact]
    public void WhereABadgeAloneOpensTheMachineComesIn() => Assert.Equal(Known, Count(Guess(BadgeOnly()), DoorEventKind.Granted));

    [Fact]
    public void WhereABadgeAloneOpensAPinKeepsTheMachineOut() =>
        Assert.Equal(0, Count(Guess(BadgeOnly(options => options.Pin = "required")), DoorEventKind.Granted));

    [Fact]
    public void SixtyFiveThousandGuessesLeaveAHundredRecords()
    {
        PolicyScene scene = Guess(new PolicyScene());
        Assert.InRange(scene.All.Count, 50, 100);
        Assert.InRange(scene.State.UnknownBadges.Failures.Length, 0, LockoutRule.OfUnknownBadges.Failures);
    }

    private static PolicyScene BadgeOnly(Action<DecisionOptions>? configure = null) => new(options =>
    {
        options.Mode = "badge-only";
        options.IKnowBadgesCanBeCopied = true;
        configure?.Invoke(options);
    });

    private static PolicyScene Guess(PolicyScene scene)
    {
        for (int card = 0; card < Cards; card++)
            scene.Read(Badge.Of("H10301", Facility, (ulong)card)).Pass(SecondsOfAFrame);
        return scene;
    }

    private static int Count(PolicyScene scene, DoorEventKind kind) => scene.All.Count(raised => raised.Kind == kind);
}
