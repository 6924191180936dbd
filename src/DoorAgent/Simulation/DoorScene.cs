using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Simulation;

/// <summary>
/// The world on the other side of the wires: reader, door leaf and exit button, which drive simulated lines as their
/// electronics would, on any clock.
/// </summary>
internal sealed class DoorScene(SimulatedGpioLines lines, HardwareOptions pins, KeypadLayout? keypad, TimeProvider time)
{
    private static readonly TimeSpan KeyPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BouncePeriod = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan GlitchGap = TimeSpan.FromMicroseconds(50);

    private bool _isDoorOpen;
    private int _underWay;

    /// <summary>Whether something that was begun, such as keys one after another, is not done yet.</summary>
    public bool IsBusy => Volatile.Read(ref _underWay) > 0;

    /// <summary>The steps that people can type at this door.</summary>
    public IReadOnlyList<ConsoleStep> Typed => ConsoleStep.Of(pins, keypad);

    /// <summary>Whether a contact notices that the door is moved.</summary>
    public bool HasContact => pins.ContactLine is not null;

    /// <summary>Does what a step says, if it is done at the door; false if it is another kind of step.</summary>
    public bool Do(StepAction action)
    {
        switch (action)
        {
            case PresentBadge badge:
                Present(badge.Badge, badge.Gap);
                return true;
            case SendBits bits:
                Send(bits.Bits, PresentBadge.DefaultGap, bits.Swapped);
                return true;
            case PressKeys keys:
                Press(keys.Keys);
                return true;
            case Glitch glitch:
                Glitch(glitch.Edges);
                return true;
            case MoveDoor door:
                MoveDoor(door.Open);
                return true;
            case BounceDoor bounce:
                BounceDoor(bounce.Times);
                return true;
            case PressExit exit:
                PressExit(exit.For);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The reader sends a badge.</summary>
    private void Present(Badge badge, TimeSpan gap) => Send(WiegandFormat.Encode(badge), gap, false);

    /// <summary>Somebody types: a burst each quarter of a second.</summary>
    private void Press(string keys)
    {
        if (keypad is null)
            throw new UserErrorException("Keys are pressed, but Badges:Keypad is none. Set it to 4-bit or 8-bit.");
        Repeat(keys.Length, KeyPeriod, i => Send(keypad.Encode(KeypadKey.Of(keys[i])), PresentBadge.DefaultGap, false));
    }

    /// <summary>The reader sends bits: a low pulse on D0 for each 0, on D1 for each 1.</summary>
    private void Send(string bits, TimeSpan gap, bool isSwapped) =>
        SendEdges(bits.Length, gap, i => (bits[i] == '1') == isSwapped ? pins.D0 : pins.D1);

    /// <summary>Stray edges, alternating between D0 and D1.</summary>
    private void Glitch(int edges) => SendEdges(edges, GlitchGap, i => i % 2 == 0 ? pins.D0 : pins.D1);

    public void MoveDoor(bool open)
    {
        _isDoorOpen = open;
        DriveContact(open);
    }

    /// <summary>The contact goes away and back, and ends as it was.</summary>
    private void BounceDoor(int times) => Repeat(2 * times, BouncePeriod, i => DriveContact(_isDoorOpen != (i % 2 == 0)));

    private void PressExit(TimeSpan duration)
    {
        if (pins.Exit is not { } line)
            throw new UserErrorException("An exit button is pressed, but Hardware:Exit names no line. Set it.");
        Repeat(2, duration, i => lines.Drive(line, i == 1));
    }

    /// <summary>On the simulated clock each edge at its time. On a real clock, whose timers a busy machine delays, all at once
    /// with the times that the last of them ends now: a reader's electronics do not wait for our processor.</summary>
    private void SendEdges(int count, TimeSpan gap, Func<int, int> lineOf)
    {
        if (time is SimulatedTime)
        {
            Repeat(count, gap, i => Pulse(lineOf(i), time.Monotonic()));
            return;
        }

        TimeSpan last = time.Monotonic();
        for (int i = 0; i < count; i++)
            Pulse(lineOf(i), last - ((count - 1 - i) * gap));
    }

    private void Pulse(int line, TimeSpan at)
    {
        lines.Drive(line, false, at);
        lines.Drive(line, true, at);
    }

    private void DriveContact(bool open)
    {
        if (pins.ContactLine is { } line)
            lines.Drive(line, open != pins.ContactOpenIsLow);
    }

    private void Repeat(int count, TimeSpan gap, Action<int> action)
    {
        int done = 0;
        ITimer? timer = null;
        Interlocked.Increment(ref _underWay);
        timer = time.CreateTimer(_ => Step(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Step();

        void Step()
        {
            try
            {
                action(done++);
            }
            catch (ObjectDisposedException)
            {
                // The door has ended under somebody's fingers, and out of a timer this would end the process otherwise than it wants.
                done = count;
            }

            if (done < count)
                timer!.Change(gap, Timeout.InfiniteTimeSpan);
            else
            {
                Interlocked.Decrement(ref _underWay);
                timer!.Dispose();
            }
        }
    }
}
