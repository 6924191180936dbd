using System.Net.Sockets;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>Reads the camera of a running door over the operator's socket, while the door continues to work.</summary>
internal sealed class RunningCamera : ICamera
{
    private readonly NetworkStream _stream;
    private readonly OperatorLines _lines;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private byte[] _pixels = [];
    private Task<OperatorAnswer>? _pending;

    private RunningCamera(NetworkStream stream, OperatorLines lines, string description, TimeProvider time) =>
        (_stream, _lines, Description, _time) = (stream, lines, description, time);

    /// <summary>Requests the camera from the door.</summary>
    /// <param name="places">The data directory of the door.</param>
    /// <param name="within">The requested time, at most <see cref="OperatorRequest.LongestLook"/> seconds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the wait for the answer.</param>
    /// <exception cref="UserErrorException">No door runs there, or the door refused.</exception>
    public static async Task<RunningCamera> OpenAsync(Places places, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        (NetworkStream stream, OperatorLines lines, OperatorAnswer answer) = await OperatorClient.OpenAsync(
            places, new OperatorRequest(OperatorVerb.Frames, within.TotalSeconds), notice: null, cancellation);
        return new RunningCamera(stream, lines, answer.Done ?? "the door's camera", time);
    }

    public string Description { get; }

    public bool IsSimulated => false;

    public string? FaultDetail { get; private set; }

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            // A pending read is completed by the next call, so that a timeout does not lose part of a frame.
            OperatorAnswer received = await (_pending ??= NextAsync(_closing.Token)).WaitAsync(atMost, _time, cancellationToken);
            _pending = null;
            FaultDetail = received.CameraFault ?? received.Refusal;
            if (received.Picture is not { } size)
                return CaptureStatus.Lost;
            frame.Resize(size.Width, size.Height);
            _pixels.AsSpan(0, frame.Pixels.Length).CopyTo(frame.Pixels);
            frame.CapturedAt = _time.Monotonic();
            return CaptureStatus.Captured;
        }
        catch (TimeoutException)
        {
            return CaptureStatus.NoFrame;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            FaultDetail = $"the door sends no more pictures: {failure.Message}";
            return CaptureStatus.Lost;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _stream.Dispose();
    }

    private async Task<OperatorAnswer> NextAsync(CancellationToken closing)
    {
        OperatorAnswer line = await _lines.ReadAsync<OperatorAnswer>(closing) ?? throw new EndOfStreamException("the connection has ended");
        if (line.Picture is { } size)
        {
            if (size is not { Width: > 0 and <= Frame.MaxSide, Height: > 0 and <= Frame.MaxSide })
                throw new InvalidDataException($"a picture cannot be {size.Width} x {size.Height}");
            int bytes = 3 * size.Width * size.Height;
            if (_pixels.Length < bytes)
                _pixels = new byte[bytes];
            await _lines.ReadExactlyAsync(_pixels.AsMemory(0, bytes), closing);
        }

        return line;
    }
}
