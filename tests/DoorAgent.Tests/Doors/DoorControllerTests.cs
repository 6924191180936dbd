using DoorAgent.Doors;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Tests.Doors;

/// <summary>Tests of the order of relay and record, with a relay and a journal that note each use.</summary>
public sealed class DoorControllerTests : IRelay
{
    private readonly List<string> _order = [];
    private readonly DoorController _door;
    private bool _isRecorded = true;
    private bool _obeys = true;
    private bool _isEnergised;
    private TimeSpan _now = TimeSpan.FromDays(40);

    public DoorControllerTests()
    {
        _door = new DoorController(new DoorMachine(new DoorOptions { ExitUnlocks = true }), this, raised =>
        {
            _order.Add($"{raised.Kind}");
            return _isRecorded;
        });
        Take(new DoorStarting(false));
    }

    bool IRelay.IsSimulated => true;

    bool IRelay.IsEnergised => _isEnergised;

    [Fact]
    public void AnExitIsRecordedBeforeTheRelaySwitchesAndTheSwitchAfterwards() =>
        Assert.Equal(["RequestToExit", "energise", "RelayOn"], Take(new ExitPressed()));

    [Fact]
    public void AGrantIsRecordedAlreadyAndTheRelaySwitchesAtOnce() =>
        Assert.Equal(["energise", "RelayOn"], Take(new DoorGranted(1, false)));

    [Fact]
    public void AReleaseWaitsForNoRecord()
    {
        Take(new DoorGranted(1, false));
        Assert.Equal(["release", "AccessNotTaken", "RelayOff"], Take(new OperatorLocks()));
        Take(new DoorGranted(1, false));
        _now += TimeSpan.FromSeconds(5);
        Assert.Equal(["release", "AccessNotTaken", "RelayOff"], Take(new DoorTick()));
        Take(new DoorGranted(1, false));
        Assert.Equal(["release", "UnlockCutShort", "RelayOff"], Take(new DoorStopping()));
    }

    [Fact]
    public void AMissingRecordLocksNobodyInAndIsReported()
    {
        _isRecorded = false;
        Assert.Equal(["RequestToExit", "energise", "RelayOn", "Warning"], Take(new ExitPressed()));
        Assert.True(_isEnergised);
    }

    [Fact]
    public void AFailedRelayIsNeverRecordedAsOn()
    {
        _obeys = false;
        Assert.Equal(["RequestToExit", "energise", "RelayFault", "Denied"], Take(new ExitPressed()).Where(what => what != "release"));
        Assert.DoesNotContain("RelayOff", _order);
    }

    void IRelay.Energise(TimeSpan atMost) => Move("energise", isOn: true);

    void IRelay.Hold() => Move("hold", isOn: true);

    void IRelay.Release() => Move("release", isOn: false);

    void IDisposable.Dispose()
    {
    }

    private void Move(string what, bool isOn)
    {
        _order.Add(what);
        if (!_obeys)
            throw new IOException("the line does not obey");
        _isEnergised = isOn;
    }

    /// <summary>Returns what was done for this input, in order.</summary>
    private List<string> Take(DoorInputEvent what)
    {
        _order.Clear();
        _door.Apply(what, _now);
        return _order;
    }
}
