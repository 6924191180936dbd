using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Energises the relay for a second, which opens the lock, after the user has agreed.</summary>
internal sealed class RelayLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Click = TimeSpan.FromSeconds(1);

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        if (!draft.IsReal || !await prompts.ConfirmAsync("  Click the relay now? The lock opens for a second.", proposed: false,
            cancellationToken))
            return true;
        HardwareOptions hardware = draft.Hardware;
        using IGpioLines lines = devices.OpenLines(hardware);
        using Relay relay = new(lines, hardware.Relay, hardware.RelayActiveLow, devices.Time);
        relay.Energise(Click);
        await Task.Delay(Click, devices.Time, cancellationToken);
        relay.Release();
        if (await prompts.ConfirmAsync("  Did the lock open for a second, and is it locked now?", proposed: true, cancellationToken))
            return true;
        prompts.Say("  If nothing clicked: check the relay's supply, the common ground and the line's number.");
        prompts.Say("  If the lock was open before and after, a low level energises the relay: answer yes to that question.");
        return false;
    }
}
