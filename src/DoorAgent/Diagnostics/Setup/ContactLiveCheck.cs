using DoorAgent.Hardware;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Reads the door contact and waits until the door is moved.</summary>
internal sealed class ContactLiveCheck : ILiveCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        if (!draft.IsReal || draft.Hardware.ContactLine is null)
            return true;
        while (true)
        {
            if (await LookAsync(draft, devices, prompts, cancellationToken) is { } isGood)
                return isGood;
            draft.Set($"{HardwareOptions.Section}:{nameof(HardwareOptions.ContactOpenIsLow)}", (!draft.Hardware.ContactOpenIsLow)
                .ToString());
            prompts.Say("  Then the line has the opposite level when the door is open: the answer is changed.");
        }
    }

    /// <summary>Returns whether the answers stay; null when the level has the opposite meaning.</summary>
    private static async Task<bool?> LookAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts,
        CancellationToken cancellationToken)
    {
        HardwareOptions hardware = draft.Hardware;
        using IGpioLines lines = devices.OpenLines(hardware);
        HardwareOptions contact = new() { Contact = hardware.Contact, ContactOpenIsLow = hardware.ContactOpenIsLow };
        using DoorInputs inputs = new(lines, contact, draft.Settings.Doors.Debounce, devices.Time);
        if (!await prompts.ConfirmAsync($"  The contact says that the door is {Word(inputs.IsDoorOpen)} now. Is it?", proposed: true,
            cancellationToken))
            return null;
        (DoorInputChange? change, bool isSkipped) = await prompts.WaitAsync("  Open or close the door", Patience, inputs.Changes,
            cancellationToken);
        prompts.Say(change is { } seen ? $"  Seen: the door is {Word(seen.IsActive)} now."
            : "  Nothing seen; if the door moved, check the contact's wires and the line's number.");
        return change is not null || await prompts.ConfirmAsync("  Keep these answers?", proposed: isSkipped, cancellationToken);
    }

    private static string Word(bool? isOpen) => isOpen == true ? "open" : "closed";
}
