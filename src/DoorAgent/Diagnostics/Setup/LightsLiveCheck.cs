using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Shows "granted" and then "denied" on the reader's lights.</summary>
internal sealed class LightsLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    /// <summary>Whether there is any light, or a buzzer.</summary>
    public static bool HasLights(HardwareOptions hardware) => hardware.Green is not null || hardware.Red is not null || hardware.Buzzer is not null;

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices bench, SetupPrompts talk, CancellationToken cancellationToken)
    {
        HardwareOptions hardware = draft.Hardware;
        if (!draft.IsReal || !HasLights(hardware) || !await talk.ConfirmAsync("  Show green with a beep, then red with three?", proposed: true, cancellationToken))
            return true;
        using IGpioLines lines = bench.OpenLines(hardware);
        using (ReaderLights lights = new(lines, hardware, bench.Time))
        {
            foreach (LightPattern pattern in new[] { LightPattern.Granted, LightPattern.Denied })
            {
                lights.Show(pattern);
                await Task.Delay(Each, bench.Time, cancellationToken);
            }
        }

        if (await talk.ConfirmAsync("  Was it so, as far as they are fitted, and are all off now?", proposed: true, cancellationToken))
            return true;
        talk.Say("  If they were on when they should be off: change the answer about the low level.");
        return false;
    }
}
