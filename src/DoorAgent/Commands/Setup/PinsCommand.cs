using System.CommandLine;
using DoorAgent.Hardware.Gpio.Linux;
using Spectre.Console;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent pins.</summary>
internal static class PinsCommand
{
    internal static Command Create()
    {
        Option<bool> all = new(
            "--all") { Description = "Shows every chip in full; without it, chips of unknown boards are one line each." };
        Command command = new("pins", """
            Lists the GPIO chips of this machine, their lines, and which program holds each.

            The configuration names a chip by its label (Hardware:Chip), since numbers change between kernels, and a line by
            its number on the chip. No line is requested or changed. Exit code 1 when there is no chip.
            """) { all };
        command.SetAction(result =>
        {
            IReadOnlyList<GpioChip> chips = GpioChip.All(out IReadOnlyList<string> refused);
            foreach (string why in refused)
                Console.WriteLine($"cannot be queried: {why} (is the user in the group gpio?)");
            foreach (GpioChip chip in chips)
            {
                Console.WriteLine($"{chip.Label}: {chip.Path}, {chip.LineCount} lines");
                if (result.GetValue(all) || chips.Count == 1 || GpioChip.OfBoards.Contains(chip.Label))
                    AnsiConsole.Write(Lines(chip));
            }

            if (chips.Count == 0)
                Console.WriteLine("There is no GPIO chip on this machine: without a board, Hardware:Kind is simulated.");
            return chips.Count > 0 ? 0 : 1;
        });
        return command;
    }

    private static Table Lines(GpioChip chip)
    {
        Table table = new Table().Border(TableBorder.Minimal).AddColumns("line", "name", "direction", "held by");
        foreach (GpioLine line in chip.Lines())
            table.AddRow($"{line.Line}", Markup.Escape(line.Name), line.IsOutput ? "output" : "input", Markup.Escape(line.HeldBy ?? ""));
        return table;
    }
}
