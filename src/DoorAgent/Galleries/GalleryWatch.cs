using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>What a look at the gallery brought: the new one with the encoder that it names, or why it cannot be used.</summary>
internal sealed record GalleryNews(Gallery? Gallery, EncoderIdentity? Encoder, string? Refusal);

/// <summary>
/// Follows the gallery file. The file system's facts show whatever is written into it, by SQLite or by a program that copies, and
/// data_version what falls between two ticks of its clock. What changed is opened again, checked and read whole, since an open
/// connection trusts the pages that it has. Polled by a timer, which does not wait for the poll before.
/// </summary>
/// <param name="path">The gallery file.</param>
/// <param name="use">Makes the encoder that the gallery names ready for use, and says which one is then in use; throws
/// <see cref="UserErrorException"/> when it cannot be used.</param>
internal sealed class GalleryWatch(string path, Func<EncoderIdentity, EncoderIdentity> use) : IDisposable
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A connection serves one caller: whoever comes while a busy file is waited for goes away again.
    private readonly Lock _looking = new();
    private bool _isDisposed;
    private SqliteConnection? _connection;
    private DatabaseStatus? _read;
    private bool _isSettled;
    private long _dataVersion;
    private Gallery? _gallery;
    private EncoderIdentity? _unusable;
    private string? _refusal;

    /// <summary>Looks once; the first time it reads whatever is there.</summary>
    /// <returns>What is new; null when nothing is, or when somebody else is looking. A refusal is said once as long as it stays the same.</returns>
    public GalleryNews? Poll()
    {
        if (!_looking.TryEnter())
            return null;
        try
        {
            return _isDisposed ? null : Look();
        }
        finally
        {
            _looking.Exit();
        }
    }

    /// <summary>Waits for a poll that is under way.</summary>
    public void Dispose()
    {
        lock (_looking)
        {
            _isDisposed = true;
            Forget();
        }
    }

    private GalleryNews? Look()
    {
        try
        {
            DatabaseStatus now = DatabaseStatus.Of(path);
            if (IsAsRead(now))
                return null;
            // Twice, before it counts as read: what is written within one tick of the file system's clock has the same times.
            (_isSettled, _read) = (now == _read, now);
            (Gallery gallery, EncoderIdentity encoder) = Read();
            return Tell(gallery, encoder);
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return Refuse(refusal);
        }
    }

    /// <summary>Whether nobody has changed the file since it was read or refused.</summary>
    private bool IsAsRead(DatabaseStatus now)
    {
        if (!_isSettled || now != _read)
            return false;
        // The network that it names may have come meanwhile; to ask for it the file is not needed.
        if (_unusable is { } named)
        {
            _ = use(named);
            return false;
        }

        return _connection is null || GalleryDatabase.Reading(path, () => Sqlite.Number(_connection, "PRAGMA data_version")) == _dataVersion;
    }

    private (Gallery Gallery, EncoderIdentity Encoder) Read()
    {
        Forget();
        SqliteConnection connection = _connection = GalleryDatabase.OpenToRead(path);
        (EncoderIdentity named, _dataVersion) = GalleryDatabase.Reading(path, () => (GalleryRows.NeedEncoder(connection, path), Sqlite.Number(connection, "PRAGMA data_version")));
        // Outside of the reading transaction: loading a network takes a while, and a writer waits for readers.
        _unusable = named;
        EncoderIdentity inUse = use(named);
        _unusable = null;
        return (GalleryDatabase.Reading(path, () => GalleryRows.Read(connection, path, inUse)), named);
    }

    private GalleryNews? Tell(Gallery gallery, EncoderIdentity encoder)
    {
        // A checkpoint changes the file and nothing in it.
        bool isNew = _refusal is not null || _gallery?.IsSameAs(gallery) != true;
        (_refusal, _gallery) = (null, gallery);
        return isNew ? new GalleryNews(gallery, encoder, null) : null;
    }

    private GalleryNews? Refuse(Exception refusal)
    {
        _connection?.Dispose();
        _connection = null;
        if (IsPassing(refusal))
            _read = null;
        if (refusal.Message == _refusal)
            return null;
        _refusal = refusal.Message;
        return new GalleryNews(null, null, refusal.Message);
    }

    /// <summary>Whether the same file may be read all the same a moment later: it was busy, or the machine short of something.</summary>
    private static bool IsPassing(Exception refusal) => refusal is IOException or UnauthorizedAccessException || refusal.InnerException is SqliteException
    {
        SqliteErrorCode: not (SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_TOOBIG),
    };

    private void Forget()
    {
        _connection?.Dispose();
        (_connection, _unusable) = (null, null);
    }
}
