namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>The pictures that a program writes one after the other, as Motion JPEG.</summary>
/// <param name="child">The program; ended with this.</param>
/// <param name="name">What it is, for messages.</param>
/// <param name="whyEnded">Makes of how it ended and its last words a sentence.</param>
internal sealed class ProgramCapture(ChildProgram child, string name, Func<string, string> whyEnded) : ICapture
{
    private readonly JpegSplitter _splitter = new();
    private readonly byte[] _written = new byte[64 * 1024];
    private int _from;
    private int _to;

    public void Read(Frame frame)
    {
        while (true)
        {
            if (_from == _to)
                (_from, _to) = (0, child.Read(_written));
            if (_to == 0)
                throw new CaptureFaultException(CaptureStatus.Lost, whyEnded(child.LastSaid()));
            bool isWhole = _splitter.Take(_written.AsSpan(_from, _to - _from), out int used);
            _from += used;
            if (isWhole && TryDecode(frame))
                return;
        }
    }

    public void Abandon() => child.End();

    public void Dispose() => child.Dispose();

    private bool TryDecode(Frame frame)
    {
        try
        {
            PictureFile.Decode(_splitter.Picture, name, frame);
            return true;
        }
        catch (InvalidDataException)
        {
            // One that is damaged; if all are, the deadline says that there is no picture.
            return false;
        }
    }
}
