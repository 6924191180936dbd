using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Shows "granted", "denied" and the directions on the reader's lights.</summary>
internal sealed class LightsLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    /// <summary>Returns whether a light or a buzzer is configured.</summary>
    public static bool HasLights(HardwareOptions hardware) =>
        hardware.Green is not null || hardware.Red is not null || hardware.Buzzer is not null
        || hardware.HasSideLights;

    private static string Question(HardwareOptions hardware) => "  Show green with a beep, then red with three"
        + (hardware.HasSideLights ? ", then the left light (for the person in front) and the right one?" : "?");

    private static IEnumerable<LightPattern> Patterns(HardwareOptions hardware) => hardware.HasSideLights
        ? [LightPattern.Granted, LightPattern.Denied, LightPattern.TurnLeft, LightPattern.TurnRight]
        : [LightPattern.Granted, LightPattern.Denied];

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = draft.Hardware;
        if (!draft.IsReal || !HasLights(hardware)
            || !await prompts.ConfirmAsync(Question(hardware), proposed: true, cancellationToken))
            return true;
        using IGpioLines lines = devices.OpenLines(hardware);
        using (ReaderLights lights = new(lines, hardware, devices.Time))
        {
            foreach (LightPattern pattern in Patterns(hardware))
            {
                lights.Show(pattern);
                await Task.Delay(Each, devices.Time, cancellationToken);
            }
        }

        if (await prompts.ConfirmAsync("  Did the fitted lights do that, and are all off now?", proposed: true, cancellationToken))
            return true;
        prompts.Say("  If the lights were on when they should be off: change the answer about the low level.");
        return false;
    }
}
