using System.CommandLine;
using System.Globalization;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models show.</summary>
internal static class ModelsShowCommand
{
    internal static Argument<string> Id() => new("ID") { Description = "A network's id, see 'dooragent models list'." };

    internal static Command Create()
    {
        Argument<string> id = Id();
        Command command = new("show", "Shows the facts about a network: file, digest, licence, origin, parameters, calibration.") { id };
        command.SetAction(result =>
        {
            ModelStore store = new(CommonOptions.ShowPlaces(result).ModelDirectories);
            Console.WriteLine(Text(store.Completed(store.Catalogue.Find(result.GetRequiredValue(id))), store));
            return 0;
        });
        return command;
    }

    private static string Text(CatalogueEntry entry, ModelStore store)
    {
        string file = string.Join(", ", Catalogue.Embedded.NetworksOf(entry).Select(network => FileOf(network, store)));
        List<string> lines =
        [
            $"{entry.Id}: {entry.Task.ToString().ToLowerInvariant()}{(entry.IsBuiltIn ? ", built in" : "")}{(entry.IsAdded ? ", added here" : "")}",
            $"  file        {file}",
            FormattableString.Invariant($"  bytes       {entry.Bytes:#,0}"),
            $"  SHA-256     {entry.Sha256}",
            $"  licence     {entry.Licence}",
            .. entry.LicenceNote.Length > 0 ? [$"              {entry.LicenceNote}"] : Array.Empty<string>(),
            $"  origin      {entry.Origin}",
            $"  address     {entry.Url?.ToString() ?? NoAddress(entry)}",
            $"  parameters  {Parameters(entry, store)}",
        ];
        if (entry.Crop is { } crop)
            lines.Add(FormattableString.Invariant($"  judges      the face's box enlarged {crop.Scale:0.0} times, ") + Words(crop.Edge));
        if (entry.Output is { } output)
            lines.Add($"  encoding    {output.Dimension} numbers, alignment {entry.Alignment?.Version}");
        if (entry.Accuracy.Length > 0)
            lines.Add($"  accuracy    {entry.Accuracy}");
        foreach (CalibrationEntry table in entry.Calibration)
            lines.Add($"  with {table.Detector}, {table.Rule}: {string.Join(", ", table.Rows.Select(Words))}{MeasuredOn(table)}");
        return string.Join(Environment.NewLine, lines);
    }

    private static string FileOf(CatalogueEntry entry, ModelStore store) =>
        entry.HasFile ? store.Locate(entry) ?? entry.File + " (not here)" : "none";

    private static string Parameters(CatalogueEntry entry, ModelStore store)
    {
        CatalogueEntry[] networks = [.. Catalogue.Embedded.NetworksOf(entry).Where(network => network.HasFile)];
        if (networks.Length == 0)
            return "none";
        return store.IsHere(entry)
            ? networks.Sum(network => OnnxFile.CountParameters(store.Open(network).Content)).ToString("#,0", CultureInfo.InvariantCulture)
            : "unknown: the file is not here";
    }

    private static string NoAddress(CatalogueEntry entry)
    {
        if (entry.IsComposite)
            return $"those of its parts: 'dooragent models pull {entry.Id}' gets them";
        if (entry.OpenVino is { } source)
            return $"{source.Xml.Url} and .bin, converted here";
        return entry.IsBuiltIn || entry.IsAdded || !entry.HasFile ? "none needed" : "none: 'dooragent models import' only";
    }

    private static string Words(CropEdge edge) => edge == CropEdge.Shifted
        ? "shrunk to fit and shifted inside the picture" : "as a square, reflected at the picture's edges";

    private static string MeasuredOn(CalibrationEntry table)
    {
        if (table.MeasuredOn.Length == 0)
            return "";
        string comparisons = table.Comparisons > 0 ? FormattableString.Invariant($", {table.Comparisons:#,0} comparisons") : "";
        return $"; measured on {table.MeasuredOn}{comparisons}";
    }

    private static string Words(CalibrationRow row) =>
        FormattableString.Invariant($"{row.Distance:0.000} at {row.Fmr:0.#e-0}{(row.IsEstimate ? " (an estimate)" : "")}");
}
