using DoorAgent.Sealing;

namespace DoorAgent.Diagnostics;

/// <summary>Judges whether an imported key may take the place of a door's key.</summary>
internal static class DoorKeyImport
{
    /// <summary>Refuses to replace a key that is needed, and a key that would not open the gallery.</summary>
    /// <param name="facts">What is known about the door.</param>
    /// <param name="key">The imported key.</param>
    /// <param name="replaces">Whether the user wants to replace a key in use.</param>
    /// <exception cref="UserErrorException">The key stays; the message says what to do.</exception>
    public static void RequireReplaceable(KeyFacts facts, DoorKey key, bool replaces)
    {
        if (!replaces && facts.GalleryKey is { } needed && needed != key.Id)
        {
            throw new UserErrorException($"The gallery here is sealed with the key {needed}, and this is the key {key.Id}, which would not open "
                + "it. Nothing was changed; with --replace the key is put in place all the same, for a gallery that you restore then.");
        }

        if (facts.Stored is not { } stored)
            return;
        if (stored.Kind == KeyKind.Passed)
            throw new UserErrorException("systemd passed the key to this process. Run the command outside of the service, with sudo.");
        if (facts.ComingId is not null)
            throw new UserErrorException($"A rotation of the key is not finished. First: {facts.Keys.Command("key rotate")}.");
        if (replaces)
            return;
        if (facts.Id is null)
        {
            throw new UserErrorException($"There is a key that does not open ({stored.Path}). "
                + $"{facts.Keys.Command("key import FILE --replace")} puts the key {key.Id} in its place.");
        }

        if (facts.IsInUse)
        {
            throw new UserErrorException($"The key {facts.Id} is in use here: what is sealed with it would no longer open. Export it first "
                + $"({facts.Keys.Command("key export --to FILE")}); then --replace puts the key {key.Id} in its place.");
        }
    }
}
