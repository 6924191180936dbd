using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// A webcam through OpenCV's VideoCapture. Reading it blocks, and for how long nobody knows: it has a thread of its own, and
/// the newest frame wins. A camera that cannot be opened or read is lost, and is tried again every second.
/// </summary>
internal sealed class WebcamCamera : ICamera
{
    private const int Width = 640;
    private const int Height = 480;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly int _number;
    private readonly LatestFrame _latest;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    /// <param name="number">The camera's number, as in /dev/video0.</param>
    /// <param name="time">The clock.</param>
    public WebcamCamera(int number, TimeProvider time)
    {
        (_number, _latest) = (number, new LatestFrame(time));
        // OpenCV writes to the error stream at each failed try; we report a fault once.
        Cv2.SetLogLevel(LogLevel.SILENT);
        _thread = new Thread(Run) { Name = "camera", IsBackground = true };
        _thread.Start();
    }

    public string Description => $"webcam {_number}";

    public bool IsSimulated => false;

    public ValueTask<CameraFault> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return _latest.TakeAsync(frame, atMost, cancellationToken);
    }

    /// <summary>Ends the thread, which gives the camera back; one that hangs in the driver is left behind after a second.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _latest.Dispose();
        if (_thread.Join(Retry))
            _stop.Dispose();
    }

    private void Run()
    {
        CancellationToken stop = _stop.Token;
        do
        {
            ReadUntilLost(stop);
            _latest.Fail(CameraFault.Lost);
        }
        while (!stop.WaitHandle.WaitOne(Retry));
    }

    private void ReadUntilLost(CancellationToken stop)
    {
        try
        {
            using VideoCapture capture = new(_number, VideoCaptureAPIs.V4L2);
            using Mat picture = new();
            capture.Set(VideoCaptureProperties.FrameWidth, Width);
            capture.Set(VideoCaptureProperties.FrameHeight, Height);
            while (!stop.IsCancellationRequested && capture.IsOpened() && capture.Read(picture))
            {
                if (MatFrame.CanCopy(picture))
                    _latest.Put(frame => MatFrame.Copy(picture, frame));
                else
                    _latest.Fail(CameraFault.WrongFormat);
            }
        }
        catch (OpenCVException)
        {
            // A driver that fails is a camera that is lost: said by the caller, and tried again.
        }
    }
}
