using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>
/// Input lines of <see cref="LinuxGpioLines"/> in one request, so that the kernel orders and times the edges of all lines. A separate
/// thread reads the edges; when the chip is gone the queue ends.
/// </summary>
internal sealed class LinuxInputs : IInputLines
{
    private readonly SafeFileHandle _lines;
    private readonly SafeFileHandle _wakeUp = Kernel.MakeEvent();
    private readonly InputRequest _request;
    private readonly Thread _thread;
    private EdgeLoss _loss;

    public LinuxInputs(SafeFileHandle lines, InputRequest request)
    {
        (_lines, _request) = (lines, request);
        _thread = new Thread(Listen) { Name = request.Consumer, IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    public Mailbox<LineEdge> Edges { get; } = new(LinuxGpioLines.EventBuffer);

    public bool IsListening => _thread.IsAlive;

    public bool IsActive(int line)
    {
        ObjectDisposedException.ThrowIf(_lines.IsClosed, this);
        int place = _request.Lines.ToList().IndexOf(line);
        if (place < 0)
            throw new IOException($"Line {line} is not an input of {_request.Consumer}.");
        GpioAbi.LineValues values = new() { Mask = 1ul << place };
        Kernel.Call(_lines, GpioAbi.GetValues, ref values, $"{_request.Consumer} (line {line})");
        return (values.Bits >> place & 1) != 0;
    }

    public void Dispose()
    {
        if (_lines.IsClosed)
            return;
        Kernel.Signal(_wakeUp);
        _thread.Join();
        _lines.Dispose();
        _wakeUp.Dispose();
    }

    private void Listen()
    {
        Span<GpioAbi.LineEvent> events = stackalloc GpioAbi.LineEvent[64];
        while (Kernel.WaitToRead(_lines, _wakeUp))
        {
            int read = Kernel.Read(_lines, events);
            if (read == 0)
                break;
            foreach (GpioAbi.LineEvent made in events[..read])
                Post(made);
        }

        Edges.Close();
    }

    private void Post(in GpioAbi.LineEvent made)
    {
        TimeSpan at = TimeSpan.FromTicks((long)(made.Timestamp / TimeSpan.NanosecondsPerTick));
        Edges.Post(new LineEdge((int)made.Offset, made.Id == GpioAbi.BecameActive, at, _loss.Before(made.Sequence, Edges.Dropped)));
    }
}
