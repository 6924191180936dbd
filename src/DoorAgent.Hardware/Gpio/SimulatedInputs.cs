namespace DoorAgent.Hardware.Gpio;

/// <summary>Input lines of <see cref="SimulatedGpioLines"/>.</summary>
internal sealed class SimulatedInputs(SimulatedGpioLines chip, InputRequest request) : IInputLines
{
    /// <summary>The same size as the event buffer that real lines request from the kernel.</summary>
    private const int Capacity = 1024;

    private long _droppedBefore;
    private bool _isDisposed;

    public Mailbox<LineEdge> Edges { get; } = new(Capacity);

    public bool IsListening => !_isDisposed;

    public bool IsActive(int line)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!request.Lines.Contains(line))
            throw new IOException($"Line {line} is not an input of {request.Consumer}.");
        return chip.IsHigh(line) != request.ActiveLow;
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Edges.Close();
        chip.Release(request.Lines, wasOutput: false);
    }

    /// <summary>Posts the edge if the request includes edges of this kind.</summary>
    internal void Report(LevelChange change)
    {
        bool isActive = change.IsHigh != request.ActiveLow;
        if (request.Edges == LineEdges.ToActive && !isActive)
            return;
        long dropped = Edges.Dropped;
        Edges.Post(new LineEdge(change.Line, isActive, change.At, (int)(dropped - _droppedBefore)));
        _droppedBefore = dropped;
    }
}
