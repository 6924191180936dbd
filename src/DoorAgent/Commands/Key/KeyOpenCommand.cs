using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key open.</summary>
internal static class KeyOpenCommand
{
    private const long MostBytes = 100_000_000;

    internal static Command Create()
    {
        Argument<string> file = new("SEALED") { Description = "The sealed file: a kept picture, or a backup of the gallery." };
        Option<string> to = new("--to") { Description = "The file to write, which only its owner may read.", Required = true };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("open", """
            Writes the content of one sealed file into another file: a kept picture or a backup.

            Root may do so, or the owner of the key file. The written file is not sealed: delete it after use.
            Example: sudo dooragent key open /var/lib/dooragent/pictures/FILE.sealed --to picture.jpg
            """) { file, to, force };
        command.SetAction(result =>
        {
            Places places = KeyCommand.PlacesOf(result);
            string source = result.GetRequiredValue(file), target = result.GetRequiredValue(to);
            OutputFile.EnsureNew(target, result, places, result.GetValue(force));
            if (Path.GetFileName(source) == GallerySealing.BackupName)
            {
                SealedBackup.Open(source, KeyPlaces.Find(places.Data), target);
                Console.WriteLine($"{target}: the gallery as it was before it was sealed, open. Delete it after use.");
                return 0;
            }

            byte[] sealedBytes = InputFile.Read(source, MostBytes, "a sealed file");
            string identity = SealedFile.IdentityOf(sealedBytes) ?? throw new UserErrorException($"{source} is not a sealed file.");
            PrivateFile.Write(target, Open(places, source, sealedBytes, identity));
            Console.WriteLine($"{target}: the content of {source} ({identity}), not sealed. Delete it after use.");
            return 0;
        });
        return command;
    }

    private static byte[] Open(Places places, string source, byte[] sealedBytes, string identity)
    {
        try
        {
            return SealedFile.Open(KeyPlaces.Find(places.Data), sealedBytes, identity);
        }
        catch (BrokenSealException broken)
        {
            throw new UserErrorException($"{source} does not open: {broken.Message}.", broken);
        }
    }
}
