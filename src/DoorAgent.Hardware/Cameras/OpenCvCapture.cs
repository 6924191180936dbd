using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads a capture that OpenCV has opened.</summary>
/// <param name="capture">The open capture; disposed with this object.</param>
/// <param name="name">The camera's name for messages.</param>
/// <param name="whyLost">Explains why the camera delivers no more pictures; called when reading fails.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenCvCapture(VideoCapture capture, string name, Func<string> whyLost, TimeProvider time) : ICapture
{
    // A bad cable damages single pictures, which are skipped; a camera that sends only damaged pictures is faulty.
    private const int MaxDamaged = 10;

    // Decoding a picture costs ten times as much as grabbing it from the driver, and a decision needs seven pictures a second.
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(50);

    private readonly Mat _picture = new();
    private TimeSpan _decodedAt = TimeSpan.MinValue;

    /// <summary>Opens a capture with OpenCV.</summary>
    /// <exception cref="CaptureFaultException">The capture cannot be opened; made by <paramref name="whyNot"/>.</exception>
    public static VideoCapture Open(Func<VideoCapture> open, Func<CaptureFaultException> whyNot)
    {
        // OpenCV writes to standard error at each failed attempt; the door reports a fault once.
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
            // The exception thrown below explains the failure better.
        }

        capture?.Dispose();
        throw whyNot();
    }

    public void Read(Frame frame)
    {
        for (int damaged = 0; ; damaged++)
        {
            do
            {
                if (!TryGrab())
                    throw new CaptureFaultException(CaptureStatus.Lost, whyLost());
            }
            while (_decodedAt != TimeSpan.MinValue && time.Monotonic() - _decodedAt < MinInterval);
            _decodedAt = time.Monotonic();
            if (TryRetrieve())
            {
                MatFrame.Copy(_picture, frame);
                return;
            }

            if (damaged == MaxDamaged)
                throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{name} sends pictures in a format that is not supported");
        }
    }

    public void Abandon()
    {
        // No call can end a read that hangs in a driver; its thread is abandoned.
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
