using System.CommandLine;
using System.Globalization;
using DoorAgent.Networks;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models list.</summary>
internal static class ModelsListCommand
{
    internal static Command Create()
    {
        Command command = new("list",
            "Lists the known networks, where their files are, and with which detectors each encoder is calibrated.");
        command.SetAction(result =>
        {
            Places places = CommonOptions.ShowPlaces(result);
            ModelStore store = new(places.ModelDirectories);
            Table table = new Table().Border(TableBorder.Simple).AddColumns("id", "task", "licence", "calibrated with", "where");
            foreach (CatalogueEntry entry in store.Catalogue.Entries)
            {
                table.AddRow(entry.Id, entry.Task.ToString().ToLowerInvariant(), Licence(entry), Calibrated(entry),
                    Markup.Escape(Where(entry, store)));
            }

            AnsiConsole.Write(table);
            foreach (string unusable in store.Catalogue.Unusable)
                Console.WriteLine(unusable);
            Console.WriteLine($"searched in: {string.Join(", ", places.ModelDirectories)}");
            return 0;
        });
        return command;
    }

    private static string Licence(CatalogueEntry entry) =>
        Markup.Escape(entry.Licence) + (entry.LicenceNote.Length > 0 ? ", see 'show'" : "");

    private static string Calibrated(CatalogueEntry entry)
    {
        if (entry.Task != ModelTask.Encoder)
            return "";
        if (entry.Calibration.Count > 0)
            return string.Join(", ", entry.Calibration.Select(table => table.Detector).Distinct());
        return entry.RawDistance is { } raw ? string.Create(CultureInfo.InvariantCulture, $"none (raw distance {raw})") : "none";
    }

    private static string Where(CatalogueEntry entry, ModelStore store)
    {
        if (entry.IsComposite)
            return store.IsHere(entry) ? "its parts are here" : $"not here: {string.Join(", ", MissingParts(entry, store))}";
        if (!entry.HasFile)
            return "no network: raw pixels";
        if (entry.Formerly is not null && store.Locate(entry) is null)
            return "not here, built in before";
        if (store.Locate(entry) is { } path)
            return entry.IsBuiltIn ? "built in" : (entry.IsAdded ? "added here: " : "") + Path.GetDirectoryName(path);
        if (entry.IsAdded)
            return "added here, but its file is missing";
        return entry is { Url: null, OpenVino: null } ? "not here, import only" : "not here, can be pulled";
    }

    private static IEnumerable<string> MissingParts(CatalogueEntry entry, ModelStore store) =>
        Catalogue.Embedded.NetworksOf(entry).Where(part => part.HasFile && store.Locate(part) is null).Select(part => part.Id);
}
