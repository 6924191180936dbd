using System.CommandLine;
using System.Text;
using DoorAgent.Diagnostics;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key import.</summary>
internal static class KeyImportCommand
{
    private const string Typed = "-";
    private const char ByteOrderMark = '\uFEFF';
    private const long MostBytes = 64 * 1024;

    internal static Command Create()
    {
        PassphraseInput passphrase = new();
        Argument<string> file = new("FILE") { Description = "The exported file, or a copy of a key file; - to type the lines of the sheet." };
        Option<bool> replace = new("--replace") { Description = "Replaces a key in use: what is sealed with that key no longer opens." };
        Option<bool> check = new("--check") { Description = "Only tries whether the passphrase opens the export; changes nothing." };
        Command command = new("import", """
            Brings an exported key back, for instance on the machine that replaces a dead one.

            Asks for the passphrase of the export. Refuses to replace a key with which something here is sealed, unless --replace
            is given. Afterwards restart the door; the gallery that was sealed with that key opens again.
            Example: sudo dooragent key import door-key.txt     sudo dooragent key import -
            """) { file, passphrase.Asks, passphrase.File, replace, check };
        command.SetAction(result =>
        {
            Places places = KeyCommand.PlacesOf(result);
            DoorKey key = Read(result, result.GetRequiredValue(file), passphrase);
            if (result.GetValue(check))
            {
                Console.WriteLine($"It opens: key {key.Id}. Nothing was changed.");
                return 0;
            }

            return Run(places, KeyPlaces.Of(places.Data), key, result.GetValue(replace));
        });
        return command;
    }

    private static int Run(Places places, KeyPlaces keys, DoorKey key, bool replaces)
    {
        KeyFacts before = KeyFacts.Of(places, keys);
        if (before.Id == key.Id)
        {
            Console.WriteLine($"This door has the key {key.Id} already ({before.Stored!.Path}).");
            return 0;
        }

        DoorKeyImport.RequireReplaceable(before, key, replaces);
        KeyKeeper keeper = new(keys);
        StoredKey stored = before.Stored ?? keeper.Keep(key);
        if (before.Stored is not null)
            keeper.Replace(stored, key);
        if (keeper.Note is { } note)
            Console.WriteLine($"WARNING: {note}");
        Console.WriteLine($"Imported: key {key.Id}, {stored.Path}, {stored.Words}.");
        KeyFacts after = KeyFacts.Of(places, keys);
        Console.WriteLine(after switch
        {
            { IsRight: false } => $"The gallery does not open with it: it is sealed with the key {after.GalleryKey}.",
            { GalleryKey: not null } => $"The gallery opens with it. Start the door again: {keys.Restart}.",
            _ => $"No gallery here is sealed with it yet. Start the door again: {keys.Restart}.",
        });
        return after.IsRight ? 0 : 1;
    }

    private static DoorKey Read(ParseResult result, string file, PassphraseInput passphrase)
    {
        string text = file == Typed ? FromTerminal()
            : Encoding.UTF8.GetString(InputFile.Read(file, MostBytes, "an exported key")).TrimStart(ByteOrderMark);
        if (!KeyExport.IsExport(text))
        {
            return DoorKey.Parse(text) ?? throw new UserErrorException(
                $"{(file == Typed ? "The typed text" : file)} is neither an exported key nor a key file.");
        }

        // A typing mistake is named before anybody types the passphrase.
        KeyExport.BytesOf(text);
        return KeyExport.Read(text, passphrase.Existing(result, $"the export of the key {KeyExport.IdOf(text)}"));
    }

    private static string FromTerminal()
    {
        if (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return Console.In.ReadToEnd();
        Console.WriteLine("Type the lines of the sheet, the first one too; an empty line ends.");
        List<string> lines = [];
        while (Console.ReadLine() is { Length: > 0 } line)
            lines.Add(line);
        return string.Join('\n', lines);
    }
}
