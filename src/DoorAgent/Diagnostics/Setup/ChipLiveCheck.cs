using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Shows the lines of the chosen chip for the next questions.</summary>
internal sealed class ChipLiveCheck : ILiveCheck
{
    private const int Columns = 4;

    public Task<bool> RunAsync(SetupDraft draft, ISetupDevices devices, SetupPrompts prompts, CancellationToken cancellationToken)
    {
        if (!draft.IsReal)
        {
            prompts.Say("  Simulated lines: only the camera is tried.");
            return Task.FromResult(true);
        }

        IReadOnlyList<GpioLine> lines = devices.LinesOf(draft.Hardware.Chip);
        prompts.Say("  Its lines, with the board's name for each and the program that holds it:");
        foreach (GpioLine[] row in lines.Chunk(Columns))
            prompts.Say($"    {string.Concat(row.Select(Cell))}".TrimEnd());
        return Task.FromResult(true);
    }

    private static string Cell(GpioLine line) =>
        $"{line.Line,4} {(line.HeldBy is { } holder ? $"{line.Name} ({(holder.Length > 0 ? holder : "held")})" : line.Name),-26}";
}
