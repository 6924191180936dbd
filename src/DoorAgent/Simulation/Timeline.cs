using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>Observations in order of time, and which of them have been accounted for.</summary>
internal sealed class Timeline(IEnumerable<Observation> happened, Func<DoorEventKind, bool> isAlarm)
{
    private readonly Observation[] _items = [.. happened.OrderBy(item => item.At)];
    private readonly HashSet<int> _accounted = [];

    public int Count => _items.Length;

    public Observation this[int index] => _items[index];

    /// <summary>Marks an observation as accounted for.</summary>
    public void Account(int index) => _accounted.Add(index);

    /// <summary>Returns the observations in a window, both ends included, that are not accounted for.</summary>
    public IEnumerable<int> Open(TimeSpan from, TimeSpan until) =>
        Within(from, until).Where(index => !_accounted.Contains(index));

    /// <summary>Returns the observations in a window, both ends included.</summary>
    public IEnumerable<int> Within(TimeSpan from, TimeSpan until) =>
        Enumerable.Range(0, _items.Length).Where(index => _items[index].At >= from && _items[index].At <= until);

    /// <summary>Whether a line of the scenario must expect the observation: a decision, an alarm, a relay transition.</summary>
    public bool IsNotable(int index) => _items[index] switch
    {
        EventObserved happened => IsDecision(happened) || isAlarm(happened.Kind),
        RelaySwitched => true,
        _ => false,
    };

    public static bool IsDecision(Observation happened) =>
        happened is EventObserved { Kind: DoorEventKind.Granted or DoorEventKind.Denied or DoorEventKind.ExitGranted };

    /// <summary>Returns the longest time of a pulse in which the door was not held unlocked.</summary>
    public TimeSpan LongestUnheld(int on)
    {
        int off = EndOfPulse(on) ?? _items.Length - 1;
        bool isHeld = false;
        TimeSpan since = _items[on].At, longest = TimeSpan.Zero;
        for (int index = 0; index <= off; index++)
        {
            // Times before the pulse count as its begin.
            TimeSpan at = _items[index].At > _items[on].At ? _items[index].At : _items[on].At;
            if (!isHeld && at - since > longest)
                longest = at - since;
            if (_items[index] is EventObserved { Kind: DoorEventKind.HeldUnlocked })
                isHeld = true;
            else if (isHeld && _items[index] is EventObserved { Kind: DoorEventKind.HoldEnded or DoorEventKind.Stopping or DoorEventKind.Started })
                (isHeld, since) = (false, at);
        }

        return longest;
    }

    /// <summary>Returns the index of the transition that ends the pulse starting at <paramref name="on"/>, or null.</summary>
    public int? EndOfPulse(int on)
    {
        for (int index = on + 1; index < _items.Length; index++)
        {
            if (_items[index] is RelaySwitched { IsOn: false })
                return index;
        }

        return null;
    }

    /// <summary>Returns the index of every transition that switches the relay on.</summary>
    public IEnumerable<int> Pulses()
    {
        bool isOn = false;
        for (int index = 0; index < _items.Length; index++)
        {
            if (_items[index] is not RelaySwitched relay)
                continue;
            if (relay.IsOn && !isOn)
                yield return index;
            isOn = relay.IsOn;
        }
    }

    public bool RelayAt(TimeSpan at) => Last<RelaySwitched>(at)?.IsOn ?? false;

    public DoorPhase DoorAt(TimeSpan at) => Last<DoorChanged>(at)?.State ?? DoorPhase.Locked;

    public LightPattern LightsAt(TimeSpan at) => Last<LightsChanged>(at)?.Pattern ?? LightPattern.Off;

    private T? Last<T>(TimeSpan at) where T : Observation => _items.TakeWhile(item => item.At <= at).OfType<T>().LastOrDefault();
}
