using DoorAgent.Fleet;

namespace DoorAgent.Operating;

/// <summary>
/// The bytes of a request. The door answers the request's line with <see cref="OperatorAnswer.IsReady"/>, or refuses it; then the client
/// sends exactly the announced number of bytes, and the door answers.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="length">The announced number of bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorBody(Stream stream, long length, TimeProvider time)
{
    /// <summary>The largest number of bytes: the people of a large group.</summary>
    public const long Most = FleetParcel.MostBytes;

    /// <summary>The longest time without one byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int Block = 64 * 1024;

    /// <summary>Reads all bytes.</summary>
    /// <param name="into">Receives the bytes.</param>
    /// <param name="stop">Cancels the wait.</param>
    /// <exception cref="EndOfStreamException">The connection ended before.</exception>
    /// <exception cref="TimeoutException">No byte came for <see cref="Patience"/>.</exception>
    /// <exception cref="IOException">The connection failed, or the bytes could not be written.</exception>
    public async Task ReadAsync(Stream into, CancellationToken stop)
    {
        byte[] block = new byte[Block];
        for (long left = length; left > 0;)
        {
            int read = await stream.ReadAsync(block.AsMemory(0, (int)Math.Min(left, Block)), stop).AsTask().WaitAsync(Patience, time, stop);
            if (read == 0)
                throw new EndOfStreamException($"the connection ended {left} bytes before the end of the delivery");
            await into.WriteAsync(block.AsMemory(0, read), stop);
            left -= read;
        }
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="body">The bytes, from the present position.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">The connection.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="EndOfStreamException">The stream has fewer bytes.</exception>
    public static async Task SendAsync(Stream body, long length, Stream to, CancellationToken cancellation)
    {
        byte[] block = new byte[Block];
        for (long left = length; left > 0;)
        {
            int read = await body.ReadAsync(block.AsMemory(0, (int)Math.Min(left, Block)), cancellation);
            if (read == 0)
                throw new EndOfStreamException($"the stream ends {left} bytes before its announced length");
            await to.WriteAsync(block.AsMemory(0, read), cancellation);
            left -= read;
        }
    }
}
