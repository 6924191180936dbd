using DoorAgent.Sealing;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// Lets SQL on a gallery move values from one seal to another: <c>plain(value, identity)</c> opens a value of the first,
/// <c>closed(value, identity)</c> seals for the second, <c>lookup(number)</c> returns by what the second finds a badge, and
/// <c>identity(column, person, badge, encoder, alignment, picture)</c> is <see cref="SealedIdentity"/>. Either seal may be that of an open
/// gallery.
/// </summary>
internal sealed class SealMove : IDisposable
{
    private readonly GalleryConnection _connection;
    private (Exception Failure, byte[] Identity)? _failure;

    /// <param name="connection">The gallery.</param>
    /// <param name="from">The seal of the values that <c>plain</c> opens.</param>
    /// <param name="to">The seal of the values that <c>closed</c> makes.</param>
    /// <param name="moved">Called for each sealed value.</param>
    public SealMove(GalleryConnection connection, GallerySeal from, GallerySeal to, Action? moved = null)
    {
        _connection = connection;
        connection.CreateFunction("identity", (string column, long person, long badge, byte[] encoder, long alignment, byte[] picture) =>
            SealedIdentity.Of(column, person, badge, encoder, (int)alignment, picture));
        connection.CreateFunction("plain", (byte[] value, byte[] identity) =>
        {
            try
            {
                return from.Open(value, identity);
            }
            catch (BrokenSealException broken)
            {
                _failure = (broken, identity);
                throw;
            }
        });
        connection.CreateFunction("closed", (byte[] value, byte[] identity) =>
        {
            moved?.Invoke();
            return to.Close(value, identity);
        });
        connection.CreateFunction("lookup", (byte[] number) => to.Lookup(number));
    }

    /// <summary>Runs statements that use the functions.</summary>
    /// <exception cref="UserErrorException">A seal is broken; the message says whose value it is and what to do.</exception>
    public T Run<T>(Func<T> statements)
    {
        try
        {
            return statements();
        }
        // SQLite reports the message of a function's exception, and not the exception.
        catch (SqliteException) when (_failure is { Failure: BrokenSealException broken, Identity: var identity })
        {
            throw _connection.Broken(identity, broken);
        }
    }

    public void Dispose()
    {
        _connection.CreateFunction("identity", default(Func<string, long, long, byte[], long, byte[], byte[]>));
        _connection.CreateFunction("plain", default(Func<byte[], byte[], byte[]>));
        _connection.CreateFunction("closed", default(Func<byte[], byte[], byte[]>));
        _connection.CreateFunction("lookup", default(Func<byte[], byte[]>));
    }
}
