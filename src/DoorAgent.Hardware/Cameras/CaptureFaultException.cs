namespace DoorAgent.Hardware.Cameras;

/// <summary>A capture cannot be opened or gives no more frames; the message says why in words for a log line.</summary>
internal sealed class CaptureFaultException(CaptureStatus fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public CaptureStatus Fault { get; } = fault;
}
