namespace DoorAgent.Hardware.Cameras;

/// <summary>Reports that a capture cannot be opened or delivers no more frames; the message fits a log line.</summary>
internal sealed class CaptureFaultException(CaptureStatus fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public CaptureStatus Fault { get; } = fault;
}
