namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens a real camera. Calls may block without end if the driver hangs: they run on a thread that can be
/// abandoned.</summary>
internal interface ICaptureSource
{
    /// <summary>A short description for log lines, without passwords.</summary>
    string Description { get; }

    /// <summary>Opens the camera. Each call returns a separate capture.</summary>
    /// <exception cref="CaptureFaultException">The camera cannot be opened; no resource stays held.</exception>
    ICapture Open();
}

/// <summary>Reads an open camera. One thread reads and disposes the capture.</summary>
internal interface ICapture : IDisposable
{
    /// <summary>Waits for the next picture.</summary>
    /// <exception cref="CaptureFaultException">The camera delivers no more pictures.</exception>
    void Read(Frame frame);

    /// <summary>Ends a read that hangs, where the source supports that. Called at most once, from another thread.</summary>
    void Abandon();
}
