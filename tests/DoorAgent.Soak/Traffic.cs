using System.Diagnostics;
using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Operating;

namespace DoorAgent.Soak;

/// <summary>
/// What happens at the door during a soak: adam comes in; now and then a badge of nobody is read, or an operator unlocks the door, which
/// nobody opens, or unlocks and locks it. Meanwhile people are disabled, enabled, enrolled and removed.
/// </summary>
internal sealed class Traffic(SoakDoor door, SoakOptions options)
{
    private const int StrangerEvery = 10, UnlockEvery = 4, LockEvery = 7, EnrolEvery = 8, Nap = 100;
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff";

    private readonly List<TimeSpan> _pulses = [];
    private readonly List<string> _denials = [];
    private int _visits, _grants, _changes;

    /// <summary>What was measured so far.</summary>
    public SoakTimes Times => new(SoakDoor.AccessTime, _pulses, SoakDoor.PingEvery, door.Pings,
        _grants, _visits, _changes, door.JournalSize, _denials);

    /// <summary>Enrols the people of the soak.</summary>
    public void Prepare()
    {
        door.Command("people", "add", "adam", "--images", SoakDoor.Picture("adam"), "--badge", SoakDoor.AdamsBadge);
        door.Command("people", "add", "lena", "--images", SoakDoor.Picture("lena"));
    }

    /// <summary>Lets people come in until the end.</summary>
    public void Visit(Func<bool> hasEnded)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int number = 1; !hasEnded(); number++)
        {
            door.Forget();
            if (number % StrangerEvery == 0)
                TurnAway();
            else if (number % LockEvery == 0)
                UnlockAndLock();
            else if (number % UnlockEvery == 0)
                Unlock();
            else
                ComeIn();
            Wait((number * options.Visit) - clock.Elapsed, hasEnded);
        }
    }

    /// <summary>Changes the gallery until the end.</summary>
    public void Change(Func<bool> hasEnded)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!hasEnded())
        {
            Wait(((_changes + 1) * options.Change) - clock.Elapsed, hasEnded);
            if (hasEnded())
                break;
            string[] command = (_changes++ % EnrolEvery) switch
            {
                EnrolEvery - 2 => ["people", "add", "mark", "--images", SoakDoor.Picture("mark")],
                EnrolEvery - 1 => ["people", "remove", "mark"],
                int even when even % 2 == 0 => ["people", "disable", "lena"],
                _ => ["people", "enable", "lena"],
            };
            door.Command(command);
        }
    }

    private void ComeIn()
    {
        _visits++;
        door.Type($"badge {SoakDoor.AdamsBadge}");
        // The line of an earlier stranger may come late.
        string decision = door.WaitFor("Granted: adam", ", adam with");
        if (!decision.Contains("Granted", StringComparison.Ordinal))
        {
            _denials.Add(decision);
            return;
        }

        _grants++;
        door.Type("door open");
        door.WaitFor("Access taken");
        door.WaitFor("Relay off");
        door.Type("door close");
        door.WaitFor("Door closed");
    }

    private void TurnAway()
    {
        // The log counts denials that are alike instead of repeating them; the journal has each.
        long before = door.LastEvent(DoorEventKind.Denied);
        door.Type($"badge {SoakDoor.StrangersBadge}");
        Wait(SoakDoor.Patience, () => door.LastEvent(DoorEventKind.Denied) > before);
        if (door.LastEvent(DoorEventKind.Denied) == before)
            throw new InvalidOperationException("The door recorded nothing of a badge of nobody.");
    }

    private void Unlock()
    {
        door.Ask(OperatorVerb.Unlock);
        DateTime on = TimeOf(door.WaitFor("Relay on"));
        _pulses.Add(TimeOf(door.WaitFor("Relay off")) - on);
    }

    private void UnlockAndLock()
    {
        door.Ask(OperatorVerb.Unlock);
        door.WaitFor("Relay on");
        door.Ask(OperatorVerb.Lock);
        door.WaitFor("Relay off");
    }

    /// <summary>Waits for the end of the door's process, at most for a time and until the end.</summary>
    private void Wait(TimeSpan time, Func<bool> hasEnded)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && !hasEnded()
            && !door.HasEndedWithin(TimeSpan.FromMilliseconds(Math.Clamp((time - clock.Elapsed).TotalMilliseconds, 1, Nap))))
        {
            // The next look at what else ends the wait.
        }
    }

    private static DateTime TimeOf(string line) =>
        DateTime.ParseExact(line[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture);
}
