using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Setup;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Creates dooragent key create.</summary>
internal static class KeyCreateCommand
{
    internal static Command Create()
    {
        Command command = new("create", """
            Makes the door's key, unless there is one already. setup and the package do so too.

            The system's door (as root, where systemd runs) gets an encrypted credential, bound to the TPM2 chip where there is
            one. Other doors get a file beside the data directory, readable only for its owner. The gallery is sealed when the
            daemon starts the next time. Never makes a second key.
            """);
        command.SetAction(result =>
        {
            Places places = KeyCommand.PlacesOf(result);
            return Run(places, KeyPlaces.Of(places.Data), Console.WriteLine);
        });
        return command;
    }

    /// <summary>Makes the key of a door without one, and says what was done.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserErrorException">There is a key that does not open, or something is sealed with a key that is not here, or the
    /// key cannot be written.</exception>
    internal static int Run(Places places, KeyPlaces keys, Action<string> say)
    {
        KeyFacts facts = KeyFacts.Of(places, keys);
        if (facts is { Stored: { } there, Id: { } id })
        {
            say($"There is already a key: {id}, {there.Path}, {there.Words}.");
            return 0;
        }

        StoredKey made = DoorKeyCreation.Create(facts, keys, out string madeId, out string? note);
        if (note is not null)
            say($"WARNING: {note}");
        say($"The door has the key {madeId} now: {made.Path}, {made.Words}. {made.Protection}");
        if (keys.Read(made, KeyPlaces.Credential, out _) is { } door)
            say($"The journal is signed from now on. Keep this public key away from the door; 'dooragent log verify --key' prints it again:\n"
                + JournalSigner.PemOf(door).TrimEnd());
        say(facts.Keys.IsSystem && DoorUnit.OfMachine(SettingsFile.SystemFile).IsRunning
            ? $"The running door gets the key, and seals the gallery, when it starts again: {keys.Restart}."
            : "The gallery is sealed when the door starts.");
        say($"Next: {keys.Command("key export --to FILE")}; keep file and sheet away from the door.");
        return 0;
    }
}
