using DoorAgent.Events;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>Scenarios that end while something is under way.</summary>
public sealed class ScenarioEndTests : IDisposable
{
    private const string Head = """
        start 2026-03-02 07:55:00 Europe/Berlin
        set Liveness:Mode off
        enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
        0      camera builtin:adam/door-1/*.jpg rate 10

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnAttemptAndItsUnlockArePlayedToTheirEnd()
    {
        IReadOnlyList<Observation> happened = await PlayAsync("1 badge H10301:123:4567");
        Assert.Equal([DoorEventKind.AttemptOpened, DoorEventKind.Granted, DoorEventKind.RelayOn, DoorEventKind.AccessNotTaken,
            DoorEventKind.RelayOff], Kinds(happened));
        RelaySwitched[] moves = [.. happened.OfType<RelaySwitched>()];
        Assert.InRange((moves[1].At - moves[0].At).TotalSeconds, 4.9, 5.1);
    }

    [Fact]
    public async Task StartedKeysAreTypedToTheEnd()
    {
        IReadOnlyList<Observation> happened = await PlayAsync("1 camera none\n1 exit press 5");
        Assert.Contains(DoorEventKind.RequestToExit, Kinds(happened));
        Assert.InRange(happened[^1].At.TotalSeconds, 6, 8);
    }

    [Fact]
    public async Task EndStopsTheScenarioAtOnce()
    {
        IReadOnlyList<Observation> happened = await PlayAsync("1 badge H10301:123:4567\n1.2 end");
        Assert.Equal([DenyReason.Stopping], happened.OfType<EventObserved>().Where(e => e.Kind == DoorEventKind.Denied).Select(e => e.Reason!.Value));
    }

    [Fact]
    public async Task ThePlayerDoesNotWaitForADoorLeftOpen()
    {
        IReadOnlyList<Observation> happened = await PlayAsync("1 camera none\n1 door open");
        Assert.InRange(happened[^1].At.TotalSeconds, 1, 3);
    }

    private static IEnumerable<DoorEventKind> Kinds(IReadOnlyList<Observation> happened) =>
        happened.OfType<EventObserved>().Select(e => e.Kind)
        .Where(kind => kind is not (DoorEventKind.Started or DoorEventKind.Stopping or DoorEventKind.GalleryLoaded));

    private async Task<IReadOnlyList<Observation>> PlayAsync(string steps) => (await ScenarioRun.PlayAsync(
        _folder.Write("a.door", Head + steps), ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false,
            TestContext.Current.CancellationToken)).Observations;
}
