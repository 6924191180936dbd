namespace DoorAgent.Hardware.Gpio;

/// <summary>Which edges are reported, in logical levels.</summary>
internal enum LineEdges
{
    ToActive,
    Both,
}

/// <summary>The pull of a line that nothing drives.</summary>
internal enum LineBias
{
    AsIs,
    PullUp,
    PullDown,
}

/// <summary>An edge on an input line.</summary>
/// <param name="Line">Offset of the line on its chip.</param>
/// <param name="IsActive">Logical level after the edge.</param>
/// <param name="At">Monotonic time of the edge, from the kernel on real lines.</param>
/// <param name="LostBefore">The number of edges of this request that were lost just before this one.</param>
internal readonly record struct LineEdge(int Line, bool IsActive, TimeSpan At, int LostBefore);

/// <summary>A request for input lines.</summary>
internal sealed record InputRequest(string Consumer, IReadOnlyList<int> Lines, LineEdges Edges, LineBias Bias, bool ActiveLow);

/// <summary>The lines of a GPIO chip. One request at a time holds a line.</summary>
internal interface IGpioLines : IDisposable
{
    bool IsSimulated { get; }

    /// <summary>Requests an output: direction and level are set in one step, so that the line does not pulse.</summary>
    /// <exception cref="IOException">The line does not exist, is held, or the system refused; the message says which.</exception>
    IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive);

    /// <summary>Requests inputs whose edges arrive in one ordered queue.</summary>
    /// <exception cref="IOException">A line does not exist, is held, or the system refused; the message says which.</exception>
    IInputLines RequestInputs(InputRequest request);
}

/// <summary>A requested output line.</summary>
internal interface IOutputLine : IDisposable
{
    bool IsActive { get; }

    /// <exception cref="IOException">The system refused.</exception>
    void Set(bool isActive);
}

/// <summary>Requested input lines.</summary>
internal interface IInputLines : IDisposable
{
    /// <summary>Whether edges are still read from the chip.</summary>
    bool IsListening { get; }

    Mailbox<LineEdge> Edges { get; }

    /// <exception cref="IOException">The system refused, or the line is not part of this request.</exception>
    bool IsActive(int line);
}
