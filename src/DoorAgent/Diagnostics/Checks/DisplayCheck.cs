using DoorAgent.Doors;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Displays;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the display at the door answers. A fault is only a warning, since the door works without a display.</summary>
internal sealed class DisplayCheck : ICheck
{
    public string Name => "display";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        if (door.Options<HardwareOptions>().DisplayPlace is not { } place)
            findings.Ok("no display is fitted");
        else if (door.Running is { } running)
            Judge(running.Faults.FirstOrDefault(IsOffline), "the running door drives it", place, findings);
        else
            Judge(Try(door, place), "the display answers", place, findings);
        return Task.CompletedTask;
    }

    private static bool IsOffline(string fault) => fault.StartsWith(DisplayController.Offline, StringComparison.Ordinal);

    /// <summary>Shows a text for a moment; returns why the display does not answer, or null.</summary>
    private static string? Try(DoctorContext door, DisplayPlace place)
    {
        try
        {
            using IDisplay display = door.OpenDisplay(place);
            display.Show(nameof(DoorAgent));
            display.Show("");
            return null;
        }
        catch (IOException gone)
        {
            return gone.Message;
        }
    }

    private static void Judge(string? fault, string well, DisplayPlace place, Findings findings)
    {
        if (fault is null)
            findings.Ok($"{place}: {well}");
        else
            findings.Warn($"{place}: {fault}",
                $"Look at its four wires, and at its address: 'i2cdetect -y {place.Bus}' shows those that answer. "
                + "On a Raspberry Pi 'sudo raspi-config' turns I2C on.");
    }
}
