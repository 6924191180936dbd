using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Simulation;

/// <summary>
/// The world outside the wires: reader, door leaf and exit button. They drive simulated lines as their electronics would, with any clock.
/// </summary>
internal sealed class DoorScene(SimulatedGpioLines lines, HardwareOptions pins, KeypadLayout? keypad, TimeProvider time)
{
    private static readonly TimeSpan KeyPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BouncePeriod = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan GlitchGap = TimeSpan.FromMicroseconds(50);

    private bool _isDoorOpen;
    private int _underWay;

    /// <summary>Whether a step is not finished yet, such as a sequence of keys.</summary>
    public bool IsBusy => Volatile.Read(ref _underWay) > 0;

    /// <summary>The steps that can be typed at this door.</summary>
    public IReadOnlyList<ConsoleStep> Typed => ConsoleStep.Of(pins, keypad);

    /// <summary>Whether a contact reports the movement of the door.</summary>
    public bool HasContact => pins.ContactLine is not null;

    /// <summary>Performs a step at the door; returns false if the step does not belong to the door.</summary>
    public bool Do(StepAction action)
    {
        switch (action)
        {
            case PresentBadge badge:
                Present(badge.Badge, badge.Gap);
                return true;
            case LeaveWithBadge leave:
                PresentAtExit(leave.Badge);
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

    /// <summary>Sends a badge from the reader.</summary>
    private void Present(Badge badge, TimeSpan gap) => Send(WiegandFormat.Encode(badge), gap, false);

    /// <summary>Sends a badge from the exit reader.</summary>
    private void PresentAtExit(Badge badge)
    {
        if (pins is not { ExitD0: { } d0, ExitD1: { } d1 })
            throw new UserErrorException("A step holds a badge to the exit reader, but Hardware:ExitD0 and Hardware:ExitD1 name no lines. "
                + "Set both, and Badges:ExitReader to wiegand.");
        string bits = WiegandFormat.Encode(badge);
        SendEdges(bits.Length, PresentBadge.DefaultGap, i => bits[i] == '1' ? d1 : d0);
    }

    /// <summary>Types keys: one burst each quarter of a second.</summary>
    private void Press(string keys)
    {
        if (keypad is null)
            throw new UserErrorException("A step presses keys, but Badges:Keypad is none. Set Badges:Keypad to 4-bit or 8-bit.");
        Repeat(keys.Length, KeyPeriod, i => Send(keypad.Encode(KeypadKey.Of(keys[i])), PresentBadge.DefaultGap, false));
    }

    /// <summary>Sends bits from the reader: a low pulse on D0 for each 0, on D1 for each 1.</summary>
    private void Send(string bits, TimeSpan gap, bool isSwapped) =>
        SendEdges(bits.Length, gap, i => (bits[i] == '1') == isSwapped ? pins.D0 : pins.D1);

    /// <summary>Sends stray edges, alternating between D0 and D1.</summary>
    private void Glitch(int edges) => SendEdges(edges, GlitchGap, i => i % 2 == 0 ? pins.D0 : pins.D1);

    public void MoveDoor(bool open)
    {
        _isDoorOpen = open;
        DriveContact(open);
    }

    /// <summary>Makes the contact bounce; its final level is the initial one.</summary>
    private void BounceDoor(int times) => Repeat(2 * times, BouncePeriod, i => DriveContact(_isDoorOpen != (i % 2 == 0)));

    private void PressExit(TimeSpan duration)
    {
        if (pins.Exit is not { } line)
            throw new UserErrorException("A step presses the exit button, but Hardware:Exit names no line. Set Hardware:Exit.");
        Repeat(2, duration, i => lines.Drive(line, i == 1));
    }

    /// <summary>Sends edges. On the simulated clock each edge has its own timer. On a real clock, whose timers a busy machine delays, all
    /// edges are sent at once with times of which the last is now: a reader's electronics do not wait for our processor.</summary>
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
                // The door was disposed during the step. From a timer, the exception would end the process.
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
