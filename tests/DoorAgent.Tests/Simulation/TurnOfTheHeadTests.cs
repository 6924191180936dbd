using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>A drawn person in front of a door without badges that asks for a turn of the head, through the whole worker and a detector
/// that sees turned heads.</summary>
public sealed class TurnOfTheHeadTests
{
    private static readonly LightPattern[] Directions = [LightPattern.TurnLeft, LightPattern.TurnRight];

    [Slow]
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task WhoTurnsAsTheLightsAskIsGrantedAtEveryRate(int rate) =>
        Assert.Equal("TurnAsked, Granted", Decisions(await PlayAsync("turn", rate)));

    [Slow]
    [Theory]
    [InlineData("wrong-turn", "turned the other way")]
    [InlineData("live", "did not turn to the ")]
    [InlineData("still", "did not turn to the ")]
    public async Task WhoDoesNotIsDenied(string presentation, string detail)
    {
        IReadOnlyList<Observation> happened = await PlayAsync(presentation, 10);

        Assert.Equal("TurnAsked, Denied", Decisions(happened));
        Assert.Contains(detail, happened.OfType<EventObserved>().Single(e => e.Kind == DoorEventKind.Denied).Detail, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public async Task AStrictDoorAsksTwice() =>
        Assert.Equal("TurnAsked, TurnAsked, Granted", Decisions(await PlayAsync("turn", 10, "set Liveness:Strictness strict")));

    private static string Decisions(IReadOnlyList<Observation> happened) => string.Join(", ", happened.OfType<EventObserved>()
        .Select(e => e.Kind).Where(kind => kind is DoorEventKind.TurnAsked or DoorEventKind.Granted or DoorEventKind.Denied));

    /// <summary>Plays one visit. The cues are off: these tests are not about the drawn surroundings.</summary>
    private static async Task<IReadOnlyList<Observation>> PlayAsync(string presentation, int rate, string setting = "")
    {
        using TempFolder folder = new();
        string file = folder.Write("turn.door", $"""
            start 2026-03-02 07:55:00 UTC
            set Decisions:Mode face-only
            set Faces:Detector yunet-n
            set Liveness:Mode cues
            set Liveness:EdgesCue false
            set Liveness:MotionCue false
            {setting}
            enrol adam from builtin:adam/enrol-*.jpg
            0 camera builtin:adam/door-1/*.jpg as {presentation} rate {rate}
            +9 end
            """);
        (_, IReadOnlyList<Observation> happened) = await ScenarioRun.PlayAsync(file, ScenarioFiles.Roots([]),
            [Shared.Need("models"), Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        Assert.Contains(happened.OfType<LightsChanged>(), lights => Directions.Contains(lights.Pattern));
        return happened;
    }
}
