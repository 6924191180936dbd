using System.CommandLine;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key: the verbs on the key that seals faces, badges, PINs and pictures.</summary>
internal static class KeyCommand
{
    internal static Command Create() => new("key", """
        Manages the door's key, which seals faces, badges, PINs and kept pictures: show, create, export, rotate.

        One secret of 32 bytes, outside of the data directory, seals what the data directory contains: a copy of the data gives
        nobody a face or a badge. Begin with 'sudo dooragent key show'. Export the key once and keep the sheet away from the
        door: when the machine dies, only the export opens the gallery and its backups.
        """)
    {
        KeyShowCommand.Create(),
        KeyCreateCommand.Create(),
        KeyExportCommand.Create(),
        KeyImportCommand.Create(),
        KeyRotateCommand.Create(),
        KeyOpenCommand.Create(),
    };

    /// <summary>Returns the places of the door, and prints the data directory. The configuration is not read: a key can be imported before a
    /// mistake in it is corrected.</summary>
    internal static Places PlacesOf(ParseResult result, bool isJson = false)
    {
        Places places = Places.Resolve(result.GetValue(CommonOptions.Data), result.GetValue(CommonOptions.Models));
        (isJson ? Console.Error : Console.Out).WriteLine($"data: {places.Data}");
        return places;
    }
}
