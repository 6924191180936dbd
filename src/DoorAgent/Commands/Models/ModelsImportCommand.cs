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
        Argument<string> folder =
            new("DIR") { Description = "Folder with network files, for example a USB stick; its subfolders are searched too." };
        Option<bool> openFace = new("--openface-csv")
        {
            Description = "DIR contains the weights of OpenFace's network as the seed's notebook loads them, one CSV file for each "
                + "array: builds the encoder 'openface' from them.",
        };
        Command command = new("import", """
            Imports networks from a folder, such as a USB stick.

            They are copied to --models, or else to /var/lib/dooragent/models. Files are recognised by their SHA-256, not by their
            names. The gallery keeps its encoder: a new network changes nothing.
            """) { folder, openFace };
        command.SetAction(result =>
        {
            string source = result.GetRequiredValue(folder), target = CommonOptions.ShowPlaces(result).ModelDirectories[0];
            if (result.GetValue(openFace))
                return ShowOpenFace(OpenFaceImport.Run(source, target));
            foreach (ImportedModel model in ModelImport.Run(Catalogue.Embedded, source, target))
                Console.WriteLine(model.WasThere ? $"{model.Entry.Id}: {model.To} is already there, unchanged"
                    : $"{model.Entry.Id}: {model.From} -> {model.To}{PullView.NoteOf(model.Entry)}");
            return 0;
        });
        return command;
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
