namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>Reads the pictures that a program writes as Motion JPEG.</summary>
/// <param name="child">The program; ended with this object.</param>
/// <param name="name">The camera's name for messages.</param>
/// <param name="whyEnded">Makes a message from <see cref="ChildProgram.DescribeEnd"/>.</param>
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
                throw new CaptureFaultException(CaptureStatus.Lost, whyEnded(child.DescribeEnd()));
            bool isWhole = _splitter.TrySplit(_written.AsSpan(_from, _to - _from), out int used);
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
            // A damaged picture is skipped; if all are damaged, the deadline reports that no picture arrived.
            return false;
        }
    }
}
