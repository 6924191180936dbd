namespace DoorAgent.Hardware.Cameras;

/// <summary>Why a camera had no frame.</summary>
public enum CameraFault
{
    /// <summary>There is a frame.</summary>
    None,

    /// <summary>No frame came by the deadline.</summary>
    NoFrame,

    /// <summary>The device is gone or never opened.</summary>
    Lost,

    /// <summary>What came was not a picture of a size and format we can use.</summary>
    WrongFormat,
}
