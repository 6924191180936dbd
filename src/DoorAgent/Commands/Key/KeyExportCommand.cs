using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key export.</summary>
internal static class KeyExportCommand
{
    private const string SheetEnd = ".html";

    internal static Command Create()
    {
        PassphraseInput passphrase = new();
        Option<string> to = new("--to") { Description = $"The file to write; the sheet gets the same name and {SheetEnd}.", Required = true };
        Option<bool> force = new("--force") { Description = "Overwrites existing files." };
        Command command = new("export", $"""
            Writes the key under a passphrase into a file, and a sheet to print, for the day on which the machine dies.

            Needs root or the owner of the key file. The file and the sheet (one page of A4 with a QR code) contain the same: with
            one of them and the passphrase, 'dooragent key import' opens the gallery on a new machine. A passphrase has
            {Passphrase.Shortest} characters or more. Keep the sheet away from the door, and the passphrase away from the sheet.
            Example: sudo dooragent key export --to door-key.txt
            """) { to, passphrase.Asks, passphrase.File, force };
        command.SetAction(result => Run(result, result.GetRequiredValue(to), passphrase, result.GetValue(force)));
        return command;
    }

    private static int Run(ParseResult result, string file, PassphraseInput passphrase, bool force)
    {
        Places places = KeyCommand.PlacesOf(result);
        string sheet = file + SheetEnd;
        OutputFile.EnsureNew(file, result, places, force);
        OutputFile.EnsureNew(sheet, result, places, force);
        KeyPlaces keys = KeyPlaces.Of(places.Data);
        KeyRing ring = keys.Find();
        DoorKey key = ring.Newest ?? throw new UserErrorException($"Nothing was exported: {ring.Absence}");
        string export = KeyExport.Write(key, passphrase.New(result, "the export"));
        DateTimeOffset now = TimeProvider.System.GetLocalNow();
        OutputFile.Write(file, export, "the key under the passphrase", isOutputTaken: false);
        OutputFile.Write(sheet, KeySheet.Of(export, key.Id, Environment.MachineName, now), "the sheet; print it, then delete both files here",
            isOutputTaken: false);
        KeyExportNote.Write(keys, key.Id, TimeProvider.System);
        Console.WriteLine($"Exported: key {key.Id}. Try it now: 'dooragent key import {file} --check' asks for the passphrase and changes "
            + "nothing.");
        return 0;
    }
}
