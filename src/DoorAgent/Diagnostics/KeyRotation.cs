using DoorAgent.Sealing;

namespace DoorAgent.Diagnostics;

/// <summary>One kind of data that a rotation seals again.</summary>
/// <param name="Name">What the data are, for messages.</param>
/// <param name="Seal">Seals them with the second key instead of the first, and reports the share that is done, 0 to 1. After an
/// interruption every value has one of the two keys, and a repetition finishes.</param>
internal sealed record RotatedPart(string Name, Action<DoorKey, DoorKey, IProgress<double>> Seal);

/// <summary>
/// Exchanges the key of a door. The next key is kept beside the key in use; then everything is sealed with the next key, and at last it takes
/// the place of the other. A process that is killed leaves both keys, with which everything opens, and the next rotation finishes.
/// </summary>
/// <param name="keys">Where the key may be.</param>
/// <param name="parts">The data, in the order in which they are sealed again.</param>
internal sealed class KeyRotation(KeyPlaces keys, IReadOnlyList<RotatedPart> parts)
{
    /// <summary>Exchanges the key, or finishes an exchange.</summary>
    /// <param name="progress">Receives the part in work, and the share of it that is done.</param>
    /// <returns>The ids of the key before and of the key now.</returns>
    /// <exception cref="UserErrorException">There is no key to exchange, or a part cannot be sealed; both keys stay, and the next rotation
    /// finishes.</exception>
    public (string Before, string Now) Run(Func<RotatedPart, IProgress<double>> progress)
    {
        if (keys.Stored() is not { } stored)
            throw new UserErrorException($"There is no key to exchange: {keys.Find().Absence}");
        if (stored.Kind == KeyKind.Passed)
            throw new UserErrorException("systemd passed the key to this process. Run the command outside of the service, with sudo.");
        DoorKey old = keys.Read(stored, KeyPlaces.Credential, out string? why) ?? throw new UserErrorException($"Nothing was changed: {why}");
        KeyKeeper keeper = new(keys);
        DoorKey next = Staged(stored, keeper);
        // After a kill at the last step both places have the next key: only the second place is to be emptied.
        foreach (RotatedPart part in next.Id == old.Id ? [] : parts)
            part.Seal(old, next, progress(part));

        keeper.Promote(stored, next);
        return (old.Id, next.Id);
    }

    private DoorKey Staged(StoredKey stored, KeyKeeper keeper)
    {
        if (File.Exists(stored.Coming.Path))
        {
            return keys.Read(stored.Coming, KeyPlaces.Credential + KeyPlaces.Coming, out string? why) ?? throw new UserErrorException(
                $"A rotation was interrupted, and the next key does not open: {why} Something may be sealed with it.");
        }

        DoorKey next = DoorKey.Generate();
        keeper.Stage(stored, next);
        return next;
    }
}
