using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The result of a poll: a new gallery with its encoder and rule, or the reason why the gallery cannot be used.</summary>
internal sealed record GalleryUpdate(Gallery? Gallery, GalleryMethod? Method, string? Refusal);

/// <summary>
/// Watches the gallery file. The facts of the file system reveal every write, by SQLite or by a copying program, and data_version reveals
/// writes within one tick of the file system's clock. A changed file is opened again, checked and read completely, because an open
/// connection trusts its cached pages. A timer polls; a poll does not wait for an earlier one.
/// </summary>
/// <param name="path">The gallery file.</param>
/// <param name="use">Prepares the encoder and the rule that the gallery names and returns the encoder that is then in use, or why none
/// is.</param>
/// <param name="time">The clock.</param>
/// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
internal sealed class GalleryWatch(string path, Func<GalleryMethod, (EncoderIdentity? InUse, string? Refusal)> use, TimeProvider time,
    KeyRing? keys = null) : IDisposable
{
    /// <summary>Time between two polls.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A refused file is read again when it changes. If the machine and not the file was at fault, the file may never change.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    // A connection serves one caller; a second caller returns at once while the first waits for a busy file.
    private readonly Lock _looking = new();
    private bool _isDisposed;
    private GalleryConnection? _connection;
    private DatabaseStatus? _read;
    private bool _isSettled;
    private TimeSpan? _nextTry;
    private long _dataVersion;
    private Gallery? _gallery;
    private GalleryMethod? _unusable;
    private string? _refusal;

    /// <summary>How often a file that had changed was read, also where the result was the same as before.</summary>
    public long Reads { get; private set; }

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
            DatabaseStatus now = DatabaseStatus.Of(path);
            if (IsAsRead(now))
                return _unusable is { } named ? LookForNetworks(named) : null;
            // The same facts are seen twice before the file counts as read: two writes within one tick of the file system's clock have
            // equal times.
            (_isSettled, _read, _nextTry) = (now == _read, now, null);
            return Read();
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return Refuse(refusal);
        }
    }

    /// <summary>Whether the file is unchanged since it was read or refused.</summary>
    private bool IsAsRead(DatabaseStatus now)
    {
        if (!_isSettled || now != _read || time.Monotonic() >= _nextTry)
            return false;
        return _connection is null || GalleryDatabase.Reading(path,
            () => Sqlite.Number(_connection, "PRAGMA data_version")) == _dataVersion;
    }

    /// <summary>Asks whether the missing network has arrived meanwhile, which does not need the file.</summary>
    private GalleryUpdate? LookForNetworks(GalleryMethod named) => use(named).Refusal is { } refusal ? Refuse(refusal) : Read();

    private GalleryUpdate? Read()
    {
        Close();
        Reads++;
        GalleryConnection connection = _connection = GalleryDatabase.OpenToRead(path, keys);
        (GalleryMethod named, _dataVersion) = GalleryDatabase.Reading(path,
            () => (GalleryRows.RequireMethod(connection, path), Sqlite.Number(connection, "PRAGMA data_version")));
        // Outside the read transaction: loading a network takes time, and a writer waits for readers.
        (EncoderIdentity? inUse, string? refusal) = use(named);
        if (inUse is null)
        {
            _unusable = named;
            return Refuse(refusal!);
        }

        Gallery read = GalleryDatabase.Reading(path, () => GalleryRows.Read(connection, path, inUse));
        if (read.Rule == named.Rule)
            return Accept(read, named);
        // Somebody has changed the rule meanwhile: the next poll reads again.
        _read = null;
        return null;
    }

    private GalleryUpdate? Accept(Gallery gallery, GalleryMethod method)
    {
        // A checkpoint changes the file but not its content.
        bool isNew = _refusal is not null || _gallery?.IsSameAs(gallery) != true;
        (_refusal, _gallery) = (null, gallery);
        return isNew ? new GalleryUpdate(gallery, method, null) : null;
    }

    private GalleryUpdate? Refuse(Exception refusal)
    {
        // Without its facts the state of the file is unknown, and a writer finishes soon: the next poll treats the file as changed.
        if (refusal is not UserErrorException || IsBusy(refusal))
            _read = null;
        else if (IsTransient(refusal))
            _nextTry = time.Monotonic() + BetweenTries;
        return Refuse(refusal is UserErrorException refused ? refused.ForRecord : refusal.Message);
    }

    private GalleryUpdate? Refuse(string why)
    {
        _connection?.Dispose();
        _connection = null;
        if (why == _refusal)
            return null;
        _refusal = why;
        return new GalleryUpdate(null, null, why);
    }

    private static bool IsBusy(Exception refusal) =>
        refusal.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED };

    /// <summary>Whether the failure may pass while the file stays the same: the machine was short of resources.</summary>
    private static bool IsTransient(Exception refusal) =>
        refusal.InnerException is IOException or UnauthorizedAccessException or SqliteException
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
