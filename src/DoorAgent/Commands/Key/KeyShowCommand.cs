using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key show.</summary>
internal static class KeyShowCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", """
            Shows which key the door has, where it is, what it seals, and whether it was exported. Never shows the secret.

            Exit code 0 when the key is there and opens the gallery, 1 otherwise.
            """) { json };
        command.SetAction(result =>
        {
            bool isJson = result.GetValue(json);
            Places places = KeyCommand.PlacesOf(result, isJson);
            KeyFacts facts = KeyFacts.Of(places, KeyPlaces.Of(places.Data));
            if (isJson)
                JsonLine.Write(KeyView.Json(facts));
            else
                AnsiConsole.Write(KeyView.Of(facts));
            return facts is { Id: not null, IsRight: true } ? 0 : 1;
        });
        return command;
    }
}
