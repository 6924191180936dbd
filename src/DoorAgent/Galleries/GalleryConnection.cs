using DoorAgent.Events;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// A connection to a gallery that opens its sealed values. Names, states and schedules are read without the key; the key is looked for when
/// the first sealed value is needed, and the digest of the whole gallery is checked then.
/// </summary>
/// <param name="connectionString">The connection string.</param>
/// <param name="path">Path of the gallery, for messages; in its directory the keys are looked for. A copy has the path of what was
/// copied.</param>
/// <param name="keys">The keys that this process may use; null for those of the gallery's data directory.</param>
internal sealed class GalleryConnection(string connectionString, string path, KeyRing? keys) : SqliteConnection(connectionString)
{
    private KeyRing? _keys = keys;
    private GallerySeal? _seal;
    private bool _isVerified;

    /// <summary>Path of the gallery.</summary>
    public string Path => path;

    /// <summary>The keys that this process may use.</summary>
    /// <exception cref="UserErrorException">A key file does not contain a key.</exception>
    public KeyRing Keys => _keys ??= KeyPlaces.Find(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);

    /// <summary>Id of the key with which the gallery is sealed; null for an open gallery.</summary>
    public string? KeyId => Sqlite.Scalar(this, "SELECT key_id FROM main.gallery") as string;

    /// <summary>The seal of the gallery's values.</summary>
    /// <exception cref="UserErrorException">The key is missing, or somebody without the key has changed the gallery; the message says what
    /// to do.</exception>
    public GallerySeal Seal
    {
        get
        {
            GallerySeal seal = Unverified;
            if (!_isVerified)
                Verify();
            return seal;
        }
    }

    /// <summary>Checks the digest of a sealed gallery.</summary>
    /// <exception cref="UserErrorException">The key is missing, or somebody without the key has changed the gallery; the message says what
    /// to do.</exception>
    public void Verify()
    {
        GalleryDigest.Require(this, Unverified);
        _isVerified = true;
    }

    /// <summary>Opens a stored value.</summary>
    /// <param name="stored">The value as it is stored.</param>
    /// <param name="identity">Its identity.</param>
    /// <exception cref="UserErrorException">The seal is broken; the message says whose value it is and what to do.</exception>
    public byte[] Open(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> identity) => Open(Seal, stored, identity);

    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    /// <param name="seal">The seal of this gallery, for many values.</param>
    /// <param name="stored">The value as it is stored.</param>
    /// <param name="identity">Its identity.</param>
    public byte[] Open(GallerySeal seal, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> identity)
    {
        try
        {
            return seal.Open(stored, identity);
        }
        catch (BrokenSealException broken)
        {
            throw Broken(identity, broken);
        }
    }

    /// <summary>Makes the error for a value whose seal is broken.</summary>
    public UserErrorException Broken(ReadOnlySpan<byte> identity, BrokenSealException broken)
    {
        (string column, long person) = SealedIdentity.Read(identity);
        string? name = Sqlite.Scalar(this, "SELECT name FROM person WHERE id = $id", ("$id", person)) as string;
        return new UserErrorException(Words(name)) { ForRecord = Words(name is null ? null : PersonReference.Of(person, name)) };

        string Words(string? of) => $"In the gallery {path}, the seal of {SealedColumn.Words(column)}{(of is null ? "" : $" of {of}")} is "
            + "broken: somebody without the door's key changed or moved the value, or the file is damaged. " + SealedColumn.Advice(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _seal?.Dispose();
        base.Dispose(disposing);
    }

    // Another process may seal the gallery or change its key while this connection is open.
    private GallerySeal Unverified
    {
        get
        {
            if (KeyId is not { } id)
                return GallerySeal.None;
            if (_seal?.KeyId != id)
            {
                _seal?.Dispose();
                (_seal, _isVerified) = (new GallerySeal(Keys.Require(id, $"The gallery {path}")), false);
            }

            return _seal;
        }
    }
}
