using System.CommandLine;
using DoorAgent.Models;
using DoorAgent.Settings;
using Spectre.Console;

namespace DoorAgent.Commands;

/// <summary>dooragent models list.</summary>
internal static class ModelsListCommand
{
    internal static Command Create()
    {
        Command command = new("list", "Lists the networks that this program knows, where their files are, and with which detectors an encoder is calibrated.");
        command.SetAction(result =>
        {
            Places places = GalleryWork.Told(result);
            ModelStore store = new(places.ModelDirectories);
            Table table = new Table().Border(TableBorder.Simple).AddColumns("id", "task", "licence", "calibrated with", "where");
            foreach (CatalogueEntry entry in Catalogue.Embedded.Entries)
            {
                string where = store.Locate(entry) is { } path ? (entry.IsBuiltIn ? "built in" : Path.GetDirectoryName(path)!)
                    : entry.Url is null ? "not here, import only" : "not here, can be pulled";
                string calibrated = entry.Task == ModelTask.Encoder ? (entry.Calibration.Count > 0 ? string.Join(", ", entry.Calibration.Keys) : "none") : "";
                table.AddRow(entry.Id, entry.Task.ToString().ToLowerInvariant(), Markup.Escape(entry.Licence), calibrated, Markup.Escape(where));
            }

            AnsiConsole.Write(table);
            Console.WriteLine($"looked for in: {string.Join(", ", places.ModelDirectories)}");
            return 0;
        });
        return command;
    }
}
