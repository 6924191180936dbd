namespace DoorAgent.Hardware.Gpio;

/// <summary>Which edges are reported, in logical levels.</summary>
internal enum LineEdges
{
    ToActive,
    Both,
}

/// <summary>What pulls a line that nothing drives.</summary>
internal enum LineBias
{
    AsIs,
    PullUp,
    PullDown,
}

/// <summary>One edge.</summary>
/// <param name="Line">Offset of the line on its chip.</param>
/// <param name="IsActive">Logical level after the edge.</param>
/// <param name="At">Monotonic time of the edge, from the kernel on real lines.</param>
/// <param name="LostBefore">How many edges of this request were lost just before this one.</param>
internal readonly record struct LineEdge(int Line, bool IsActive, TimeSpan At, int LostBefore);

/// <summary>How an input is requested.</summary>
internal sealed record InputRequest(string Consumer, IReadOnlyList<int> Lines, LineEdges Edges, LineBias Bias, bool ActiveLow);

/// <summary>The lines of one GPIO chip. A line is held by one request at a time.</summary>
internal interface IGpioLines : IDisposable
{
    bool IsSimulated { get; }

    /// <summary>Takes an output: direction and level are set in one step, so that nothing pulses.</summary>
    /// <exception cref="IOException">The line does not exist, is held, or the system refused; the message says which.</exception>
    IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive);

    /// <summary>Takes inputs whose edges come in one ordered queue.</summary>
    /// <exception cref="IOException">A line does not exist, is held, or the system refused; the message says which.</exception>
    IInputLines RequestInputs(InputRequest request);
}

/// <summary>An output line that is ours.</summary>
internal interface IOutputLine : IDisposable
{
    bool IsActive { get; }

    /// <exception cref="IOException">The system refused.</exception>
    void Set(bool isActive);
}

/// <summary>Input lines that are ours.</summary>
internal interface IInputLines : IDisposable
{
    /// <summary>Whether edges are still taken from the chip.</summary>
    bool IsListening { get; }

    Mailbox<LineEdge> Edges { get; }

    /// <exception cref="IOException">The system refused, or the line is not of this request.</exception>
    bool IsActive(int line);
}
