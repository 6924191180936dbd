using DoorAgent.Hardware;
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
/// <param name="use">Makes the encoder that the gallery names ready for use, and says which one is then in use, or why none is.</param>
/// <param name="time">The clock.</param>
internal sealed class GalleryWatch(string path, Func<EncoderIdentity, (EncoderIdentity? InUse, string? Refusal)> use, TimeProvider time) : IDisposable
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A file that was refused is read again when it changes. Where the machine and not the file was at fault, nothing of the file may change.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    // A connection serves one caller: whoever comes while a busy file is waited for goes away again.
    private readonly Lock _looking = new();
    private bool _isDisposed;
    private SqliteConnection? _connection;
    private DatabaseFacts? _read;
    private bool _isSettled;
    private TimeSpan? _nextTry;
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
            DatabaseFacts now = DatabaseFacts.Of(path);
            if (IsAsRead(now))
                return _unusable is { } named ? LookForNetworks(named) : null;
            // Twice, before it counts as read: what is written within one tick of the file system's clock has the same times.
            (_isSettled, _read, _nextTry) = (now == _read, now, null);
            return Read();
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return Refuse(refusal);
        }
    }

    /// <summary>Whether nobody has changed the file since it was read or refused.</summary>
    private bool IsAsRead(DatabaseFacts now)
    {
        if (!_isSettled || now != _read || time.Monotonic() >= _nextTry)
            return false;
        return _connection is null || GalleryDatabase.Reading(path, () => Sqlite.Number(_connection, "PRAGMA data_version")) == _dataVersion;
    }

    /// <summary>The network that the gallery names may have come meanwhile; to ask for it the file is not needed.</summary>
    private GalleryNews? LookForNetworks(EncoderIdentity named) => use(named).Refusal is { } refusal ? Refuse(refusal) : Read();

    private GalleryNews? Read()
    {
        Forget();
        SqliteConnection connection = _connection = GalleryDatabase.OpenToRead(path);
        (EncoderIdentity named, _dataVersion) = GalleryDatabase.Reading(path,
            () => (GalleryRows.NeedEncoder(connection, path), Sqlite.Number(connection, "PRAGMA data_version")));
        // Outside of the reading transaction: loading a network takes a while, and a writer waits for readers.
        (EncoderIdentity? inUse, string? refusal) = use(named);
        if (inUse is null)
        {
            _unusable = named;
            return Refuse(refusal!);
        }

        return Tell(GalleryDatabase.Reading(path, () => GalleryRows.Read(connection, path, inUse)), named);
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
        // Nobody knows what the file is when its facts cannot be had, and a writer is done in a moment: the next look is one at a change.
        if (refusal is not UserErrorException || IsBusy(refusal))
            _read = null;
        else if (IsPassing(refusal))
            _nextTry = time.Monotonic() + BetweenTries;
        return Refuse(refusal.Message);
    }

    private GalleryNews? Refuse(string why)
    {
        _connection?.Dispose();
        _connection = null;
        if (why == _refusal)
            return null;
        _refusal = why;
        return new GalleryNews(null, null, why);
    }

    private static bool IsBusy(Exception refusal) =>
        refusal.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED };

    /// <summary>Whether the same file may be read all the same later: the machine was short of something.</summary>
    private static bool IsPassing(Exception refusal) => refusal.InnerException is IOException or UnauthorizedAccessException or SqliteException
    {
        SqliteErrorCode: not (SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_TOOBIG),
    };

    private void Forget()
    {
        _connection?.Dispose();
        (_connection, _unusable) = (null, null);
    }
}
