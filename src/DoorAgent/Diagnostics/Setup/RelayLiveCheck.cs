using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Energises the relay for a second, only where that was allowed: the lock opens meanwhile.</summary>
internal sealed class RelayLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Click = TimeSpan.FromSeconds(1);

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices bench, SetupPrompts talk, CancellationToken cancellationToken)
    {
        if (!draft.IsReal || !await talk.ConfirmAsync("  Click the relay now? The lock opens for a second.", proposed: false, cancellationToken))
            return true;
        HardwareOptions hardware = draft.Hardware;
        using IGpioLines lines = bench.OpenLines(hardware);
        using Relay relay = new(lines, hardware.Relay, hardware.RelayActiveLow, bench.Time);
        relay.Energise(Click);
        await Task.Delay(Click, bench.Time, cancellationToken);
        relay.Release();
        if (await talk.ConfirmAsync("  Did the lock open for a second, and is it locked now?", proposed: true, cancellationToken))
            return true;
        talk.Say("  If nothing clicked: look at the relay's supply, the common ground and the line's number.");
        talk.Say("  If it was open before and after, a low level energises it: answer yes to that question.");
        return false;
    }
}
