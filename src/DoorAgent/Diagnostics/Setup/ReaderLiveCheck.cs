using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Waits for a badge and reports what the reader on one side sent.</summary>
/// <param name="side">The reader.</param>
internal sealed class ReaderLiveCheck(ReaderSide side) : ILiveCheck
{
    private const string NothingOnWires =
        "Nothing came; if a badge was presented, check the reader's supply, the common ground and the lines' numbers.";

    private const string NothingFromDevice = "Nothing came; if a badge was presented: is it the right device, and does the reader send?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        if (!draft.IsReal || (side == ReaderSide.Exit && !draft.Badges.HasExitReader))
            return true;
        bool hasWires = side == ReaderSide.Exit ? draft.Badges.ExitReader == BadgeOptions.Wiegand : draft.HasWires;
        while (true)
        {
            (BadgeRead? read, bool isSkipped) = await ReadAsync(draft, devices, prompts, cancellationToken);
            prompts.Say($"  {(read is { } said ? Words(said) : hasWires ? NothingOnWires : NothingFromDevice)}");
            if (read is { Fault: ReadFault.None, Health: null })
                return true;
            if (read is not { Fault: ReadFault.LinesSwapped }
                || !await prompts.ConfirmAsync("  Exchange the answers for D0 and D1?", proposed: true, cancellationToken))
                return await prompts.ConfirmAsync("  Keep these answers?", proposed: isSkipped, cancellationToken);
            Exchange(draft);
        }
    }

    /// <summary>Describes a read for the person who connects the reader.</summary>
    internal static string Words(BadgeRead read) => read switch
    {
        { Health.Fault: { } gone } => $"The reader is not there: {gone}",
        { Badge: { } badge } => $"Read: {badge.Hint}.",
        { Key: { } key } => $"Read: the key {key}.",
        { Fault: ReadFault.LinesSwapped } => $"{read.Bits} bits that are right only with D0 and D1 exchanged: the wires are swapped.",
        { Fault: ReadFault.Length } => Fitting(read.Bits) is { Length: > 0 } fitting
            ? $"The reader sent {read.Bits} bits: formats of that length are {fitting}."
            : $"The reader sent {read.Bits} bits, and no known format has that length. 4 or 8 bits are a key of a keypad.",
        { Fault: ReadFault.Parity } =>
            $"{read.Bits} bits with wrong parity: another format of that length ({Fitting(read.Bits)}), or a disturbed line.",
        { Fault: ReadFault.NoKey } => $"{read.Bits} bits, which are not a key of this keypad: is the other layout the right one?",
        { Fault: ReadFault.NotANumber } => $"{read.Bits} characters that are not a number of this form: is another form the right one?",
        { Fault: ReadFault.Unfinished } => $"{read.Bits} characters and no end: set the reader to send Enter after a number.",
        { Fault: ReadFault.Garbage } => "Text that is not a number: is the device a keyboard, or is the speed wrong?",
        { Fault: ReadFault.SeveralCards } => "Several cards at once, or one that cannot be read: hold one card flat to the reader.",
        _ => "Disturbed: edges that are not a badge. Check ground, shield and level shifter, then try again.",
    };

    private void Exchange(SetupDraft draft)
    {
        ReaderWires wires = ReaderWires.Of(draft.Hardware, side);
        draft.Set($"{HardwareOptions.Section}:{wires.KeyOfD0}", $"{wires.D1}");
        draft.Set($"{HardwareOptions.Section}:{wires.KeyOfD1}", $"{wires.D0}");
    }

    private async Task<(BadgeRead? Read, bool IsSkipped)> ReadAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts,
        CancellationToken cancellationToken)
    {
        HardwareOptions hardware = draft.Hardware;
        using IGpioLines lines = devices.OpenLines(hardware);
        using IBadgeReader reader = Open(lines, draft, devices.Time);
        return await prompts.WaitAsync(side == ReaderSide.Exit ? "  Hold a badge to the exit reader" : "  Hold a badge to the reader", Patience, reader.Reads, cancellationToken);
    }

    private IBadgeReader Open(IGpioLines lines, SetupDraft draft, TimeProvider time)
    {
        try
        {
            BadgeOptions badges = draft.Settings.Badges;
            return side == ReaderSide.Exit ? ReaderFactory.OpenExit(lines, draft.Hardware, badges, time)!
                : ReaderFactory.Open(lines, draft.Hardware, badges, time);
        }
        catch (InvalidDataException key)
        {
            throw new IOException(key.Message, key);
        }
    }

    private static string Fitting(int bits) =>
        string.Join(", ", WiegandFormat.All.Where(format => format.Bits == bits).Select(format => format.Name));
}
