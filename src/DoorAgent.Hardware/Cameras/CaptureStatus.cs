namespace DoorAgent.Hardware.Cameras;

/// <summary>What came of reading a camera: a frame, or why there is none.</summary>
public enum CaptureStatus
{
    /// <summary>The frame was read.</summary>
    Captured,

    /// <summary>No frame came by the deadline.</summary>
    NoFrame,

    /// <summary>The device is gone, never opened, or does not answer.</summary>
    Lost,

    /// <summary>Another program uses the device.</summary>
    Busy,

    /// <summary>The data was not a picture of a usable size and format.</summary>
    WrongFormat,

    /// <summary>The device is not the one that Hardware:CameraIdentity names, or its pictures are made by a program.</summary>
    Refused,
}
