namespace DoorAgent.Hardware.Cameras;

/// <summary>Where a real camera's pictures come from. Its calls may block, for ever if the driver hangs: they run on a thread
/// that can be left behind.</summary>
internal interface ICaptureSource
{
    /// <summary>What it is, for log lines; never with a password.</summary>
    string Description { get; }

    /// <summary>Opens it. Each call gives a capture of its own.</summary>
    /// <exception cref="CaptureFaultException">It cannot be opened; nothing stays taken.</exception>
    ICapture Open();
}

/// <summary>An open source. Read and disposed by one thread.</summary>
internal interface ICapture : IDisposable
{
    /// <summary>Waits for the next picture.</summary>
    /// <exception cref="CaptureFaultException">There are no more.</exception>
    void Read(Frame frame);

    /// <summary>Nobody waits any longer. Called from another thread, once: does what ends a read that hangs, where anything does.</summary>
    void Abandon();
}
