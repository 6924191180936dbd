using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The result of a poll: a new gallery with its encoder, or the reason why the gallery cannot be used.</summary>
internal sealed record GalleryUpdate(Gallery? Gallery, EncoderIdentity? Encoder, string? Refusal);

/// <summary>
/// Watches the gallery file. The facts of the file system reveal every write, by SQLite or by a copying program, and data_version reveals
/// writes within one tick of the file system's clock. A changed file is opened again, checked and read completely, because an open
/// connection trusts its cached pages. A timer polls; a poll does not wait for an earlier one.
/// </summary>
/// <param name="path">The gallery file.</param>
/// <param name="use">Prepares the encoder that the gallery names and returns the encoder that is then in use; throws
/// <see cref="UserErrorException"/> if the encoder cannot be used.</param>
internal sealed class GalleryWatch(string path, Func<EncoderIdentity, EncoderIdentity> use) : IDisposable
{
    /// <summary>Time between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A connection serves one caller; a second caller returns at once while the first waits for a busy file.
    private readonly Lock _looking = new();
    private bool _isDisposed;
    private SqliteConnection? _connection;
    private DatabaseFacts? _read;
    private bool _isSettled;
    private long _dataVersion;
    private Gallery? _gallery;
    private EncoderIdentity? _unusable;
    private string? _refusal;

    /// <summary>Polls once; the first poll reads the file as it is.</summary>
    /// <returns>The change; null without one, or during another poll. A refusal is returned once for as long as it stays the
    /// same.</returns>
    public GalleryUpdate? Poll()
    {
        if (!_looking.TryEnter())
            return null;
        try
        {
            return _isDisposed ? null : Check();
        }
        finally
        {
            _looking.Exit();
        }
    }

    /// <summary>Waits for a running poll to finish.</summary>
    public void Dispose()
    {
        lock (_looking)
        {
            _isDisposed = true;
            Close();
        }
    }

    private GalleryUpdate? Check()
    {
        try
        {
            DatabaseFacts now = DatabaseFacts.Of(path);
            if (IsAsRead(now))
                return null;
            // The same facts are seen twice before the file counts as read: two writes within one tick of the file system's clock have
            // equal times.
            (_isSettled, _read) = (now == _read, now);
            (Gallery gallery, EncoderIdentity encoder) = Read();
            return Accept(gallery, encoder);
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return Refuse(refusal);
        }
    }

    /// <summary>Whether the file is unchanged since it was read or refused.</summary>
    private bool IsAsRead(DatabaseFacts now)
    {
        if (!_isSettled || now != _read)
            return false;
        // The missing network may have arrived meanwhile; asking for it does not need the file.
        if (_unusable is { } named)
        {
            _ = use(named);
            return false;
        }

        return _connection is null || GalleryDatabase.Reading(path,
            () => Sqlite.Number(_connection, "PRAGMA data_version")) == _dataVersion;
    }

    private (Gallery Gallery, EncoderIdentity Encoder) Read()
    {
        Close();
        SqliteConnection connection = _connection = GalleryDatabase.OpenToRead(path);
        (EncoderIdentity named, _dataVersion) = GalleryDatabase.Reading(path,
            () => (GalleryRows.RequireEncoder(connection, path), Sqlite.Number(connection, "PRAGMA data_version")));
        // Outside the read transaction: loading a network takes time, and a writer waits for readers.
        _unusable = named;
        EncoderIdentity inUse = use(named);
        _unusable = null;
        return (GalleryDatabase.Reading(path, () => GalleryRows.Read(connection, path, inUse)), named);
    }

    private GalleryUpdate? Accept(Gallery gallery, EncoderIdentity encoder)
    {
        // A checkpoint changes the file but not its content.
        bool isNew = _refusal is not null || _gallery?.IsSameAs(gallery) != true;
        (_refusal, _gallery) = (null, gallery);
        return isNew ? new GalleryUpdate(gallery, encoder, null) : null;
    }

    private GalleryUpdate? Refuse(Exception refusal)
    {
        _connection?.Dispose();
        _connection = null;
        if (IsTransient(refusal))
            _read = null;
        if (refusal.Message == _refusal)
            return null;
        _refusal = refusal.Message;
        return new GalleryUpdate(null, null, refusal.Message);
    }

    /// <summary>Whether the failure may pass while the file stays the same: the file was busy, or the machine was short of
    /// resources.</summary>
    private static bool IsTransient(Exception refusal) =>
        refusal is IOException or UnauthorizedAccessException || refusal.InnerException is SqliteException
    {
        SqliteErrorCode: not (SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT
            or SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_TOOBIG),
    };

    private void Close()
    {
        _connection?.Dispose();
        (_connection, _unusable) = (null, null);
    }
}
