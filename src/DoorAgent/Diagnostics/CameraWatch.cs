using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics;

/// <summary>Tells line by line what the door sees through a camera: once a second while pictures come, once for each fault.</summary>
internal sealed class CameraWatch(ICamera camera, FacePipeline reader, FrameOptions options, Action<string> tell, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Frame _frame = new();
    private readonly FrameRate _rate = new();
    private readonly FrameHealth _health = new(options);
    private TimeSpan? _told;
    private string? _fault;

    /// <summary>By how much the camera's picture is turned already (Hardware:CameraRotation).</summary>
    public int Rotation { get; init; }

    /// <summary>Makes of a fault's name a sentence with what to do.</summary>
    public required Func<string, Task<string>> Explain { get; init; }

    /// <summary>Says who a face is, and how far; null where nobody can be named.</summary>
    public Func<FaceEncoding, string?> Name { get; init; } = _ => null;

    /// <summary>Watches until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await TurnAsync(await camera.ReadAsync(_frame, options.SilentAfter, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task TurnAsync(CaptureStatus fault)
    {
        string? found = fault switch
        {
            CaptureStatus.Captured => _health.Judge(_frame),
            CaptureStatus.NoFrame => $"no frame for {options.SilentAfter.TotalSeconds:0.#} s",
            _ => camera.FaultDetail ?? "the camera is gone",
        };
        if (fault == CaptureStatus.Captured)
            _rate.Add(_frame);
        else
            _rate.Clear();
        if (found is not null)
        {
            if (found != _fault)
                tell(fault == CaptureStatus.Captured ? found : await Explain(found));
            if (fault == CaptureStatus.Captured)
                camera.Restart();
        }
        else if (_told is not { } told || time.Monotonic() - told >= Every)
        {
            Tell();
        }

        _fault = found;
    }

    private void Tell()
    {
        _told = time.Monotonic();
        Sight sight = Sight.Of(reader, _frame);
        string who = sight.Reading.Encoding is { } face && Name(face) is { } name ? $"{name}  " : "";
        int turn = reader.RotationToUpright(_frame, sight.Reading);
        string tilt = turn == 0 ? "" : $"; {CameraTilt.Words(turn)}: {CameraTilt.Remedy(turn, Rotation)}";
        tell(string.Create(CultureInfo.InvariantCulture, $"{(_rate.Value > 0 ? $"{_rate.Value:0.0} frames/s" : "first frame")}  {_frame.Width} x {_frame.Height}  {who}{sight.Words}{tilt}"));
    }
}
