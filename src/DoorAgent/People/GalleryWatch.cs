using DoorAgent.Matching;
using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.People;

/// <summary>What a look at the gallery brought: the new one with the encoder that it names, or why it cannot be used.</summary>
internal sealed record GalleryNews(Gallery? Gallery, EncoderIdentity? Encoder, string? Refusal);

/// <summary>
/// Follows the gallery file. Inode and device show a file replaced by rename, data_version a change in place (and also a
/// checkpoint, which the revision tells apart). Polled by a timer, which does not wait for the poll before.
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
            (Gallery Gallery, EncoderIdentity Encoder)? read = ReadIfChanged();
            if (read is null)
                return null;
            _refusal = null;
            return new GalleryNews(read.Value.Gallery, read.Value.Encoder, null);
        }
        catch (Exception refusal) when (refusal is UserErrorException or IOException)
        {
            Forget();
            if (refusal.Message == _refusal)
                return null;
            _refusal = refusal.Message;
            return new GalleryNews(null, null, refusal.Message);
        }
    }

    private (Gallery Gallery, EncoderIdentity Encoder)? ReadIfChanged()
    {
        FileFacts? now = Libc.Facts(path);
        if (_connection is null || now is null || now.Value.Inode != _file?.Inode || now.Value.Device != _file?.Device)
        {
            Forget();
            _connection = GalleryDatabase.OpenToRead(path);
            _file = now;
        }

        return GalleryDatabase.Guard<(Gallery, EncoderIdentity)?>(path, () =>
        {
            long dataVersion = Sqlite.Number(_connection, "PRAGMA data_version");
            if (dataVersion == _dataVersion)
                return null;
            long revision = Sqlite.Number(_connection, "SELECT revision FROM gallery");
            if (revision == _revision && _refusal is null)
            {
                _dataVersion = dataVersion;
                return null;
            }

            // Outside of the reading transaction: loading a network takes a while, and a writer waits for readers.
            EncoderIdentity named = GalleryRows.NeedEncoder(_connection, path);
            Gallery gallery = GalleryRows.Read(_connection, path, use(named));
            (_dataVersion, _revision) = (dataVersion, gallery.Revision);
            return (gallery, named);
        });
    }

    private void Forget()
    {
        _connection?.Dispose();
        (_connection, _file, _dataVersion, _revision) = (null, null, -1, -1);
    }
}
