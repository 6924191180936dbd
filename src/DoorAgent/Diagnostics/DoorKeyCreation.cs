using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics;

/// <summary>Makes the first key of a door, and refuses to make a second one.</summary>
internal static class DoorKeyCreation
{
    /// <summary>Makes the key of a door without one.</summary>
    /// <param name="facts">What is known about the door.</param>
    /// <param name="keys">Where the key may be.</param>
    /// <param name="id">Id of the new key.</param>
    /// <param name="note">Why the key is in a file although systemd could have kept it; null otherwise.</param>
    /// <returns>Where the key is.</returns>
    /// <exception cref="UserErrorException">There is a key, or something is sealed with one; or the key cannot be written.</exception>
    public static StoredKey Create(KeyFacts facts, KeyPlaces keys, out string id, out string? note)
    {
        if (facts.Stored is { } there)
            throw new UserErrorException($"There is a key, {there.Path}, and {facts.Absence}");
        if ((facts.GalleryKey ?? (facts.JournalKeys is [var first, ..] ? first : null)) is { } needed)
        {
            throw new UserErrorException($"This door has used the key {needed}, which a new key does not replace: "
                + $"{facts.Absence} If that key is lost, set gallery.db and journal.db aside and enrol again.");
        }

        if (keys.IsSystem && !Libc.IsRoot)
            throw new UserErrorException("Only root makes the key of the system's door. Run the command with sudo.");
        KeyKeeper keeper = new(keys);
        StoredKey made = keeper.Keep(DoorKey.Generate());
        id = keys.Read(made, KeyPlaces.Credential, out string? why)?.Id ?? throw new UserErrorException(why!);
        note = keeper.Note;
        return made;
    }
}
