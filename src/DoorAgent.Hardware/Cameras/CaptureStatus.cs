namespace DoorAgent.Hardware.Cameras;

/// <summary>The result of reading a camera: a frame, or the reason for its absence.</summary>
public enum CaptureStatus
{
    /// <summary>The frame was read.</summary>
    Captured,

    /// <summary>No frame arrived by the deadline.</summary>
    NoFrame,

    /// <summary>The device is gone, could not be opened, or does not answer.</summary>
    Lost,

    /// <summary>Another program uses the device.</summary>
    Busy,

    /// <summary>The data was not a picture of a usable size and format.</summary>
    WrongFormat,

    /// <summary>The device is not the one that Hardware:CameraIdentity names, or a program generates its pictures.</summary>
    Refused,
}
