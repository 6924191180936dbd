using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation;

/// <summary>A camera in real time. People can be put in front of the camera and taken away, and the light can be turned off.</summary>
internal sealed class SceneCamera : FileCamera
{
    private const double Rate = 10;
    private const decimal Noise = 3;
    private const ulong NoiseSeed = 20_261_124;

    private readonly CameraScene _scene = new(PictureFile.Read, NoiseSeed);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;

    public SceneCamera(TimeProvider time)
        : base(Rate, time) => _time = time;

    public override string Description => "built-in people in front of a simulated camera";

    /// <summary>Shows these pictures in a loop, with sensor noise.</summary>
    public void Show(IReadOnlyList<string> files)
    {
        lock (_gate)
            _scene.Show(new ShowPictures("", (decimal)Rate, LoopMode.Loop, Noise), files, [], _time.Monotonic());
    }

    /// <summary>Shows no people, or fails, until the next pictures.</summary>
    public void Show(CameraView view)
    {
        lock (_gate)
            _scene.Show(view);
    }

    protected override CaptureStatus Fill(Frame frame)
    {
        lock (_gate)
            return _scene.Capture(frame, _time.Monotonic());
    }

    protected override void Close()
    {
        // Nothing is open between two pictures.
    }
}
