using System.CommandLine;
using DoorAgent.Models;

namespace DoorAgent.Commands;

/// <summary>dooragent models import.</summary>
internal static class ModelsImportCommand
{
    internal static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "Folder with network files, a stick for example; folders in it are looked into." };
        Command command = new("import", """
            Takes networks from a folder, such as a stick.

            They go into --models, or else into /var/lib/dooragent/models. Files are known by their SHA-256, whatever they are
            called. The gallery keeps its encoder: a network that appears changes nothing.
            """) { folder };
        command.SetAction(result =>
        {
            string target = GalleryWork.Told(result).ModelDirectories[0];
            foreach (ImportedModel model in ModelImport.Run(Catalogue.Embedded, result.GetRequiredValue(folder), target))
                Console.WriteLine($"{model.Entry.Id}: {model.From} -> {model.To}");
            return 0;
        });
        return command;
    }
}
