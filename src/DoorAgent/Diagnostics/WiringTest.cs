using DoorAgent.Doors;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Operating;

namespace DoorAgent.Diagnostics;

/// <summary>Tests relay and contact: unlocks for a moment while a technician opens and closes the door.</summary>
internal sealed class WiringTest(DoctorContext door, HardwareOptions hardware, Findings findings)
{
    private const string Moving = "Open the door and close it again, within 20 s.";

    private static readonly TimeSpan Energised = TimeSpan.FromSeconds(1), ForTheDoor = TimeSpan.FromSeconds(20),
        Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Tests the lines directly, without a daemon: energises the relay for a second, then watches the contact.</summary>
    /// <exception cref="IOException">A line cannot be requested or set; the relay is left released.</exception>
    public async Task RunOnLinesAsync(CancellationToken cancellationToken)
    {
        using IGpioLines lines = door.OpenLines(hardware);
        using (IOutputLine relay = lines.RequestOutput("relay test", hardware.Relay, hardware.RelayActiveLow, isActive: false))
            await MoveAsync(relay, cancellationToken);
        if (hardware.ContactLine is null)
        {
            findings.Ok("no contact is fitted (Hardware:Contact none)");
            return;
        }

        using DoorInputs inputs = new(lines, hardware, door.Options<DoorOptions>().Debounce, door.Time);
        if (inputs.IsDoorOpen == true)
        {
            findings.Fault($"the contact (line {hardware.ContactLine}) says open while the door is closed",
                "Is the magnet in front of the contact, and the wire fastened? If the contact always says the "
                    + "opposite, set Hardware:ContactOpenIsLow to "
                + $"{(hardware.ContactOpenIsLow ? "false" : "true")}.");
            return;
        }

        door.Tell(Moving);
        Judge(await SawAsync(() => ValueTask.FromResult(inputs.IsDoorOpen == true), cancellationToken));
    }

    /// <summary>Tests through the running daemon, which has the lines: the daemon unlocks on an operator's order and records the
    /// order.</summary>
    /// <exception cref="UserErrorException">The door refused.</exception>
    public async Task RunThroughDoorAsync(CancellationToken cancellationToken)
    {
        await door.Ask(OperatorVerb.Unlock, cancellationToken);
        if ((await StatusAsync(cancellationToken)).Door == DoorPhase.Unlocked)
            findings.Ok("the running door unlocked; you should have heard the relay");
        else
            findings.Fault("the running door took the order and did not unlock",
                "'dooragent status' says what is wrong, 'dooragent log' what happened.");
        if (hardware.ContactLine is null)
        {
            await door.Ask(OperatorVerb.Lock, cancellationToken);
            return;
        }

        door.Tell("The door is unlocked for some seconds. Open it now and close it again.");
        Judge(await SawAsync(async () => (await StatusAsync(cancellationToken))
            .Door is DoorPhase.Open or DoorPhase.HeldOpen or DoorPhase.Forced, cancellationToken));
        await door.Ask(OperatorVerb.Lock, cancellationToken);
    }

    private async Task MoveAsync(IOutputLine relay, CancellationToken cancellationToken)
    {
        bool isOn;
        try
        {
            relay.Set(true);
            isOn = relay.IsActive;
            await Task.Delay(Energised, door.Time, cancellationToken);
        }
        finally
        {
            relay.Set(false);
        }

        if (isOn && !relay.IsActive)
            findings.Ok($"the relay's line {hardware.Relay} followed, on for a second and off again; "
                + "you should have heard it click twice, and the lock with it");
        else
            findings.Fault($"the relay's line {hardware.Relay} did not follow",
                "Something else drives the line: disconnect the relay's wire and try again. If the line follows then, the relay board "
                    + "needs other levels (3.3 V, or Hardware:RelayActiveLow).");
    }

    /// <summary>Returns whether the door was seen open, and closed afterwards.</summary>
    private async Task<(bool Opened, bool Closed)> SawAsync(Func<ValueTask<bool>> isOpen, CancellationToken cancellationToken)
    {
        bool hasOpened = false;
        using PeriodicTimer timer = new(Poll, door.Time);
        for (TimeSpan end = door.Time.Monotonic() + ForTheDoor; door.Time.Monotonic() < end;)
        {
            bool open = await isOpen();
            if (hasOpened && !open)
                return (true, true);
            if (open && !hasOpened)
                door.Tell("  seen open; close the door now");
            hasOpened |= open;
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return (hasOpened, false);
    }

    private void Judge((bool Opened, bool Closed) saw)
    {
        if (saw is (true, true))
            findings.Ok($"the contact (line {hardware.ContactLine}) saw the door open and close");
        else if (saw.Opened)
            findings.Fault("the contact saw the door open and not close",
                "Close the door. If the door is closed, the magnet is too far from the contact: move it nearer.");
        else
            findings.Fault($"the contact (line {hardware.ContactLine}) never saw the door open",
                "If you opened it: fasten the contact's wires at their line and ground, and see that the magnet moves away. If you could "
                    + "not, the lock did not let go: look at its supply and at the relay's contacts (NO, NC, COM).");
    }

    private async Task<DoorStatus> StatusAsync(CancellationToken cancellationToken) =>
        (await door.Ask(OperatorVerb.Status, cancellationToken)).Status
            ?? throw new UserErrorException("The door answered without its state; is the door of another version?");
}
