using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics;

/// <summary>Reports line by line what the door sees through a camera: once a second while frames arrive, and once for each fault.</summary>
internal sealed class CameraMonitor(ICamera camera, FacePipeline pipeline, FrameOptions options, Action<string> tell, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Frame _frame = new();
    private readonly FrameRate _rate = new();
    private readonly FrameHealth _health = new(options);
    private TimeSpan? _told;
    private string? _fault;

    /// <summary>Degrees by which the camera's picture is already rotated (Hardware:CameraRotation).</summary>
    public int Rotation { get; init; }

    /// <summary>Turns the name of a fault into a sentence with the next step.</summary>
    public required Func<string, Task<string>> Explain { get; init; }

    /// <summary>Returns the nearest person's name and distance; null where nobody can be named.</summary>
    public Func<FaceEncoding, string?> Name { get; init; } = _ => null;

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await TurnAsync(await camera.ReadAsync(_frame, options.SilentAfter, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
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
        FaceInspection inspection = FaceInspection.Of(pipeline, _frame);
        string who = inspection.Reading.Encoding is { } face && Name(face) is { } name ? $"{name}  " : "";
        int turn = pipeline.RotationToUpright(_frame, inspection.Reading);
        string tilt = turn == 0 ? "" : $"; {CameraTilt.Words(turn)}: {CameraTilt.Remedy(turn, Rotation)}";
        tell(string.Create(CultureInfo.InvariantCulture,
            $"{(_rate.Value > 0 ? $"{_rate.Value:0.0} frames/s" : "first frame")}  {_frame.Width} x "
                + $"{_frame.Height}  {who}{inspection.Words}{tilt}"));
    }
}
