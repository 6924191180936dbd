using System.CommandLine;
using System.Globalization;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models import.</summary>
internal static class ModelsImportCommand
{
    internal static Command Create()
    {
        Argument<string?> folder = new("DIR")
        {
            Description = "Folder with network files, for example a USB stick; its subfolders are searched too.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> openFace = new("--openface-csv")
        {
            Description = "DIR contains the weights of OpenFace's network as the seed's notebook loads them, one CSV file for each "
                + "array: builds the encoder 'openface' from them.",
        };
        Option<string[]> openVino = new("--openvino")
        {
            Description = "Instead of DIR, the two files of a network in OpenVINO's format, the graph and the weights: makes the network "
                + "of the catalogue from them, such as face-reid-0095.",
            HelpName = "XML BIN",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        Command command = new("import", """
            Imports networks from a folder, such as a USB stick.

            dooragent models import /media/stick
            dooragent models import --openvino face-reidentification-retail-0095.xml face-reidentification-retail-0095.bin

            They are copied to --models, or else to /var/lib/dooragent/models. Files are recognised by their SHA-256, not by their
            names. A network in OpenVINO's format is converted to ONNX, and installed only when it gives the known answer. The
            gallery keeps its encoder: a new network changes nothing.
            """) { folder, openFace, openVino };
        command.Validators.Add(result =>
        {
            bool isPair = result.GetResult(openVino) is not null, isFolder = result.GetValue(folder) is not null;
            if (isPair == isFolder || (isPair && result.GetValue(openFace)))
                result.AddError("Name either DIR, with --openface-csv or without, or --openvino XML BIN.");
        });
        command.SetAction(result =>
        {
            string target = CommonOptions.ShowPlaces(result).ModelDirectories[0];
            if (result.GetValue(openVino) is [var xml, var bin])
                return ShowConverted(OpenVinoImport.Run(xml, bin, target));
            string source = result.GetRequiredValue(folder)!;
            if (result.GetValue(openFace))
                return ShowOpenFace(OpenFaceImport.Run(source, target));
            foreach (ImportedModel model in ModelImport.Run(Catalogue.Embedded.Entries, source, target))
                Console.WriteLine(model.WasThere ? $"{model.Entry.Id}: {model.To} is already there, unchanged"
                    : $"{model.Entry.Id}: {model.From} -> {model.To}{PullView.NoteOf(model.Entry)}");
            return 0;
        });
        return command;
    }

    private static int ShowConverted(ConvertedModel made)
    {
        Console.WriteLine(made.WasThere ? $"{made.Entry.Id}: {made.Path} is already there, unchanged"
            : $"{made.Entry.Id}: converted and proven -> {made.Path}, SHA-256 {made.Entry.Sha256}{PullView.NoteOf(made.Entry)}");
        return 0;
    }

    private static int ShowOpenFace(OpenFaceImportResult made)
    {
        Console.WriteLine($"{made.Entry.Id}: encoder; {made.Path}, SHA-256 {made.Entry.Sha256}");
        if (made.Unused.Count > 0)
            Console.WriteLine($"  not used, since the network has no such array: {string.Join(", ", made.Unused)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  no calibration, so no door uses it: 'verify' and 'identify' use the raw distance {made.Entry.RawDistance}. Try it with "
                + $"'people add NAME --images DIR --encoder {made.Entry.Id} --data ANOTHER-DIR'."));
        return 0;
    }
}
