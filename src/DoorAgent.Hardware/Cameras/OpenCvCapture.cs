using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>What OpenCV's VideoCapture has opened.</summary>
/// <param name="capture">It; disposed with this.</param>
/// <param name="name">What it is, for messages.</param>
/// <param name="whyLost">Asked when no more pictures come.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenCvCapture(VideoCapture capture, string name, Func<string> whyLost, TimeProvider time) : ICapture
{
    // A picture that a bad cable tore is left out; a camera that sends nothing else is no camera.
    private const int MostTorn = 10;

    // Decoding a picture costs ten times taking it from the driver, and a decision needs seven a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly Mat _picture = new();
    private TimeSpan _decodedAt = TimeSpan.MinValue;

    /// <summary>Opens something with OpenCV.</summary>
    /// <exception cref="CaptureFaultException">It cannot be opened; <paramref name="whyNot"/> says why.</exception>
    public static VideoCapture Open(Func<VideoCapture> open, Func<CaptureFaultException> whyNot)
    {
        // OpenCV writes to the error stream at each failed try; we report a fault once.
        Cv2.SetLogLevel(LogLevel.SILENT);
        VideoCapture? capture = null;
        try
        {
            capture = open();
            if (capture.IsOpened())
                return capture;
        }
        catch (OpenCVException)
        {
            // Said below, in words that help.
        }

        capture?.Dispose();
        throw whyNot();
    }

    public void Read(Frame frame)
    {
        for (int torn = 0; ; torn++)
        {
            do
            {
                if (!TryGrab())
                    throw new CaptureFaultException(CaptureStatus.Lost, whyLost());
            }
            while (_decodedAt != TimeSpan.MinValue && time.Monotonic() - _decodedAt < Pace);
            _decodedAt = time.Monotonic();
            if (TryRetrieve())
            {
                MatFrame.Copy(_picture, frame);
                return;
            }

            if (torn == MostTorn)
                throw new CaptureFaultException(CaptureStatus.WrongFormat, $"what {name} sends is no picture we can use");
        }
    }

    public void Abandon()
    {
        // Nothing ends a call that hangs in a driver; it is left behind.
    }

    public void Dispose()
    {
        capture.Dispose();
        _picture.Dispose();
    }

    private bool TryGrab()
    {
        try
        {
            return capture.Grab();
        }
        catch (OpenCVException)
        {
            return false;
        }
    }

    private bool TryRetrieve()
    {
        try
        {
            return capture.Retrieve(_picture) && MatFrame.CanCopy(_picture);
        }
        catch (OpenCVException)
        {
            return false;
        }
    }
}
