using System.CommandLine;
using System.Globalization;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>dooragent models import.</summary>
internal static class ModelsImportCommand
{
    internal static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "Folder with network files, a stick for example; folders in it are looked into." };
        Option<bool> openFace = new("--openface-csv")
        {
            Description = "DIR holds the weights of OpenFace's network as the seed's notebook loads them, one CSV file an array: makes the encoder 'openface' of them.",
        };
        Command command = new("import", """
            Takes networks from a folder, such as a stick.

            They go into --models, or else into /var/lib/dooragent/models. Files are known by their SHA-256, whatever they are
            called. The gallery keeps its encoder: a network that appears changes nothing.
            """) { folder, openFace };
        command.SetAction(result =>
        {
            string source = result.GetRequiredValue(folder), target = GalleryWork.Told(result).ModelDirectories[0];
            if (result.GetValue(openFace))
                return ShowOpenFace(OpenFaceImport.Run(source, target));
            foreach (ImportedModel model in ModelImport.Run(Catalogue.Embedded, source, target))
                Console.WriteLine(model.WasThere ? $"{model.Entry.Id}: {model.To} is already there, nothing touched" : $"{model.Entry.Id}: {model.From} -> {model.To}");
            return 0;
        });
        return command;
    }

    private static int ShowOpenFace(OpenFaceImportResult made)
    {
        Console.WriteLine($"{made.Entry.Id}: tells faces apart; {made.Path}, SHA-256 {made.Entry.Sha256}");
        if (made.Unused.Count > 0)
            Console.WriteLine($"  not used, since the network has no such array: {string.Join(", ", made.Unused)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  no calibration, so no door: 'verify' and 'identify' take the raw distance {made.Entry.RawDistance}. Try it with 'people add NAME --images DIR --encoder {made.Entry.Id} --data ANOTHER-DIR'."));
        return 0;
    }
}
