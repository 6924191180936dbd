using DoorAgent.Matching;
using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.People;

/// <summary>What a look at the gallery brought: the new one, or why it cannot be used.</summary>
internal sealed record GalleryNews(Gallery? Gallery, string? Refusal);

/// <summary>
/// Follows the gallery file. Inode and device show a file replaced by rename, data_version a change in place (and also a
/// checkpoint, which the revision tells apart). Polled by a timer, which does not wait for the poll before.
/// </summary>
internal sealed class GalleryWatch(string path, EncoderIdentity inUse) : IDisposable
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A connection serves one caller: whoever comes while a busy file is waited for goes away again.
    private readonly Lock _looking = new();
    private bool _isDisposed;
    private SqliteConnection? _connection;
    private FileFacts? _file;
    private long _dataVersion;
    private long _revision = -1;
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
            Gallery? read = ReadIfChanged();
            if (read is null)
                return null;
            _refusal = null;
            return new GalleryNews(read, null);
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException)
        {
            Forget();
            if (refusal.Message == _refusal)
                return null;
            _refusal = refusal.Message;
            return new GalleryNews(null, refusal.Message);
        }
    }

    private Gallery? ReadIfChanged()
    {
        FileFacts? now = Libc.Facts(path);
        if (_connection is null || now is null || now.Value.Inode != _file?.Inode || now.Value.Device != _file?.Device)
        {
            Forget();
            _connection = GalleryDatabase.OpenToRead(path);
            _file = now;
        }

        return GalleryDatabase.Guard(path, () =>
        {
            long dataVersion = Sqlite.Number(_connection, "PRAGMA data_version");
            if (dataVersion == _dataVersion)
                return null;
            long revision = Sqlite.Number(_connection, "SELECT revision FROM gallery");
            Gallery? gallery = revision == _revision && _refusal is null ? null : GalleryRows.Read(_connection, path, inUse);
            (_dataVersion, _revision) = (dataVersion, gallery?.Revision ?? revision);
            return gallery;
        });
    }

    private void Forget()
    {
        _connection?.Dispose();
        (_connection, _file, _dataVersion, _revision) = (null, null, -1, -1);
    }
}
