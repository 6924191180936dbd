using System.Net.Sockets;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>Sends a running door's frames to an operator: a line with the size, then the bytes. The client's reading speed limits
/// the rate; frames in between are skipped.</summary>
/// <param name="door">The door with the camera.</param>
/// <param name="time">The clock.</param>
internal sealed class FrameSharing(IOperable door, TimeProvider time)
{
    // A client that does not read for this time counts as gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Frame _frame = new();
    private byte[] _bytes = [];

    /// <summary>Sends frames until it is cancelled.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    /// <exception cref="OperationCanceledException">The sending was cancelled, or another client reads this camera now.</exception>
    public async Task RunAsync(NetworkStream stream, CancellationToken stopping)
    {
        while (true)
        {
            string? fault = await door.NextFrameAsync(_frame, stopping);
            OperatorAnswer line = fault is null
                ? new() { Picture = new PictureSize(_frame.Width, _frame.Height) } : new() { CameraFault = fault };
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
