using DoorAgent.Diagnostics;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Key;

/// <summary>Makes the key of a door in a data directory other than the system's, whose key 'setup' and the package make.</summary>
internal static class FirstKey
{
    /// <summary>Makes the key where there is none and nothing needs another one. Where the key cannot be written the door goes on with an
    /// open gallery, and a warning says so.</summary>
    public static void Ensure(Places places)
    {
        KeyPlaces keys = KeyPlaces.Of(places.Data);
        if (keys.IsSystem || keys.Stored() is not null)
            return;
        try
        {
            KeyFacts facts = KeyFacts.Of(places, keys);
            // What is sealed needs its own key; whoever opens it says so.
            if (facts.GalleryKey is not null || facts.JournalKeys.Count > 0)
                return;
            StoredKey made = DoorKeyCreation.Create(facts, keys, out string id, out _);
            Console.Error.WriteLine($"note: {made.Path} is this door's key now ({id}), which seals its data. "
                + $"{keys.Command("key export --to FILE")} makes a copy for the day on which the file is lost.");
        }
        catch (UserErrorException failure)
        {
            Console.Error.WriteLine($"WARNING: the door has no key, so its gallery is not sealed: {failure.Message} Then: "
                + $"{keys.Command("key create")}.");
        }
    }
}
