namespace DoorAgent.Hardware.Cameras;

/// <summary>Why a camera had no frame.</summary>
public enum CameraFault
{
    /// <summary>There is a frame.</summary>
    None,

    /// <summary>No frame came by the deadline.</summary>
    NoFrame,

    /// <summary>The device is gone, never opened, or does not answer.</summary>
    Lost,

    /// <summary>Another program has the device.</summary>
    Busy,

    /// <summary>What came was not a picture of a size and format we can use.</summary>
    WrongFormat,

    /// <summary>It is another device than the one that was pinned, or one whose pictures a program makes.</summary>
    Refused,
}
