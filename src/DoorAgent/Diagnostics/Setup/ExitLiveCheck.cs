using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Waits until the exit button is pressed.</summary>
internal sealed class ExitLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = draft.Hardware;
        if (!draft.IsReal || hardware.Exit is null)
            return true;
        using IGpioLines lines = devices.OpenLines(hardware);
        using DoorInputs inputs = new(lines, new HardwareOptions { Exit = hardware.Exit }, draft.Settings.Doors.Debounce, devices.Time);
        (DoorInputChange? change, bool isSkipped) = await prompts.WaitAsync("  Press the exit button", Patience, inputs.Changes,
            cancellationToken);
        prompts.Say(change switch
        {
            { IsActive: true } => "  Seen: the exit button. The button only informs the agent: "
                + "the way out must be in the lock's own circuit.",
            { IsActive: false } => "  The line showed a release instead of a press: the button must close its line to ground.",
            null => "  Nothing seen; if the button was pressed, check its wires and the line's number.",
        });
        return change is { IsActive: true } || await prompts.ConfirmAsync("  Keep this answer?", proposed: isSkipped, cancellationToken);
    }
}
