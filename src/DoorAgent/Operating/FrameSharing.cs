using System.Net.Sockets;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>Sends a running door's frames to an operator: a line that says how large each is, and then its bytes. Only as fast as they
/// are read at the other end; what comes meanwhile is left out.</summary>
/// <param name="door">Whose camera.</param>
/// <param name="time">The clock.</param>
internal sealed class FrameSharing(IOperable door, TimeProvider time)
{
    // Who does not read for so long is not there any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Frame _frame = new();
    private byte[] _bytes = [];

    /// <summary>Sends until it is to stop.</summary>
    /// <exception cref="IOException">The other end is gone.</exception>
    /// <exception cref="OperationCanceledException">It is to stop, or somebody else looks through this camera now.</exception>
    public async Task RunAsync(NetworkStream stream, CancellationToken stopping)
    {
        while (true)
        {
            string? fault = await door.NextFrameAsync(_frame, stopping);
            OperatorAnswer line = fault is null ? new() { Picture = new PictureSize(_frame.Width, _frame.Height) } : new() { CameraFault = fault };
            await OperatorProtocol.WriteAsync(stream, line, stopping).WaitAsync(Patience, time, stopping);
            if (fault is null)
                await stream.WriteAsync(Bytes(), stopping).AsTask().WaitAsync(Patience, time, stopping);
        }
    }

    private ReadOnlyMemory<byte> Bytes()
    {
        ReadOnlySpan<byte> pixels = _frame.Pixels;
        if (_bytes.Length < pixels.Length)
            _bytes = new byte[pixels.Length];
        pixels.CopyTo(_bytes);
        return _bytes.AsMemory(0, pixels.Length);
    }
}
