using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks the door's contact, and the lock's relay only when the user asks for it.</summary>
internal sealed class RelayCheck : ICheck
{
    public string Name => "relay and contact";

    public async Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = door.Options<HardwareOptions>();
        if (!door.IsReal)
        {
            findings.Ok("simulated: there is no lock");
            return;
        }

        if (door.Request.MovesRelay)
        {
            await MoveAsync(door, hardware, findings, cancellationToken);
            return;
        }

        if (door.Running is null && hardware.ContactLine is not null)
            CheckContact(door, hardware, findings);
        findings.Ok("the relay was not moved; --move-relay tests relay and contact while you stand at the door");
    }

    private static void CheckContact(DoctorContext door, HardwareOptions hardware, Findings findings)
    {
        using IGpioLines lines = door.OpenLines(hardware);
        using DoorInputs inputs = new(lines, hardware, door.Options<Doors.DoorOptions>().Debounce, door.Time);
        findings.Ok($"the contact (line {hardware.ContactLine}) says the door is "
            + $"{(inputs.IsDoorOpen == true ? "open" : "closed")}: is it?");
    }

    private static async Task MoveAsync(DoctorContext door, HardwareOptions hardware, Findings findings,
        CancellationToken cancellationToken)
    {
        switch (door.Confirm("The lock will be unlocked for a moment. Stand at the door, close it, and let nobody through."))
        {
            case null:
                findings.Warn("not moved: there is no terminal to confirm at",
                    "Run 'dooragent doctor --move-relay' in a terminal at the door.");
                break;
            case false:
                findings.Warn("not moved: you did not say yes", "Run 'dooragent doctor --move-relay' again when you stand at the door.");
                break;
            default:
                WiringTest test = new(door, hardware, findings);
                await (door.Running is null ? test.RunOnLinesAsync(cancellationToken) : test.RunThroughDoorAsync(cancellationToken));
                break;
        }
    }
}
