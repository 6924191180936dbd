using DoorAgent.Auditing;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics;

/// <summary>What is known about the key of a door and about what it seals. The secret is not part of it.</summary>
internal sealed record KeyFacts
{
    /// <summary>Where the key may be.</summary>
    public required KeyPlaces Keys { get; init; }

    /// <summary>Where the key is; null where there is none, or this user does not see the key.</summary>
    public StoredKey? Stored { get; init; }

    /// <summary>Id of the key; null without one, and where this user may not open the key.</summary>
    public string? Id { get; init; }

    /// <summary>Id of the next key, where a rotation was interrupted; null otherwise.</summary>
    public string? ComingId { get; init; }

    /// <summary>Why there is no key, as the end of a sentence with the next step; null where there is one.</summary>
    public string? Absence { get; init; }

    public bool HasGallery { get; init; }

    /// <summary>Id of the key with which the gallery is sealed; null for an open gallery.</summary>
    public string? GalleryKey { get; init; }

    /// <summary>Ids of the keys that the journal's chain needs.</summary>
    public required IReadOnlyList<string> JournalKeys { get; init; }

    /// <summary>Number of sealed pictures of attempts, by the id of the key.</summary>
    public required IReadOnlyDictionary<string, int> Pictures { get; init; }

    /// <summary>When the key was exported last; null if never.</summary>
    public DateTimeOffset? Exported { get; init; }

    /// <summary>Whether there may be a key that only root sees.</summary>
    public bool IsHidden => Stored is null && Keys.IsSystem && !Libc.IsRoot;

    /// <summary>Whether something is sealed with the key.</summary>
    public bool IsInUse => Id is not null && (GalleryKey == Id || JournalKeys.Contains(Id) || Pictures.ContainsKey(Id));

    /// <summary>Whether the key opens the gallery, or there is nothing to open.</summary>
    public bool IsRight => GalleryKey is null || GalleryKey == Id || GalleryKey == ComingId;

    /// <summary>Collects the facts.</summary>
    /// <param name="places">The data directory.</param>
    /// <param name="keys">Where the key may be.</param>
    /// <exception cref="UserErrorException">Gallery or journal cannot be read.</exception>
    public static KeyFacts Of(Places places, KeyPlaces keys)
    {
        StoredKey? stored = keys.Stored();
        string? absence = stored is null ? keys.Find().Absence : null;
        string? id = stored is null ? null : keys.Read(stored, KeyPlaces.Credential, out absence)?.Id;
        string? coming = stored is null || Libc.Stat(stored.Coming.Path) is null ? null
            : keys.Read(stored.Coming, KeyPlaces.Credential + KeyPlaces.Coming, out _)?.Id;
        return new KeyFacts
        {
            Keys = keys,
            Stored = stored,
            Id = id,
            ComingId = coming,
            Absence = absence,
            HasGallery = Permission.Exists(places.GalleryFile),
            GalleryKey = Galleries.GalleryKey.IdOf(places.GalleryFile),
            JournalKeys = JournalKeyIds.Of(places.JournalFile),
            Pictures = PicturesOf(places.Pictures),
            Exported = id is null ? null : KeyExportNote.Read(keys, id),
        };
    }

    private static Dictionary<string, int> PicturesOf(string folder)
    {
        try
        {
            return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder).Select(SealedFile.KeyIdOfFile).OfType<string>()
                .CountBy(id => id).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder} cannot be read: {failure.Message}", failure);
        }
    }
}
