using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Privacy;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people export-data.</summary>
internal static class PeopleExportDataCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<string> file = new("--out") { Description = "The ZIP file to write, such as anna.zip.", Required = true };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("export-data", """
            Writes everything that this door knows of one person into a ZIP file, to answer a request for it.

            It contains a page to read (index.html), the same for programs (data.json), kept faces and pictures, and no name or
            data of anybody else. Only its owner can read the file (mode 0600). It contains the complete badge numbers and the
            encodings: hand it over in person or encrypted, and delete it then. It is not an archive to import.
            Example: dooragent people export-data anna --out anna.zip
            """) { name, file, force };
        command.SetAction(result =>
        {
            string target = result.GetRequiredValue(file);
            Places places = CommonOptions.ShowPlaces(result);
            OutputFile.EnsureIsNamed(target);
            ProtectedFiles.EnsureNotOverwritten(target, places, CommonOptions.SettingsFileOf(result));
            PersonData data = PersonData.Read(places, result.GetRequiredValue(name));
            PersonExportFile.Write(target, data, result.GetValue(force), TimeProvider.System);
            Console.WriteLine($"{target}: {data.Person.Name}, encodings {data.Encodings.Count}, kept faces {data.Crops.Count}, records "
                + $"{data.Records.Count}, pictures {data.Pictures.Count}. The file contains biometric data and complete badge numbers: "
                + "delete it when it is handed over.");
            if (data.OtherAttempts > 0)
            {
                Console.WriteLine($"Kept attempts that were not granted, {data.OtherAttempts}, are left out: somebody else may be in their "
                    + "pictures ('dooragent explain').");
            }

            return 0;
        });
        return command;
    }
}
