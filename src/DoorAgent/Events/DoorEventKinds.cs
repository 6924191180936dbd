namespace DoorAgent.Events;

/// <summary>What kinds of event mean to whoever watches the door.</summary>
internal static class DoorEventKinds
{
    /// <summary>Whether somebody should come and look. A blocked or lost badge is an alarm too, by the reason of its denial.</summary>
    public static bool IsAlarm(this DoorEventKind kind, DenyReason? reason = null) => kind switch
    {
        DoorEventKind.DoorForced or DoorEventKind.HeldOpen or DoorEventKind.LineNoise or DoorEventKind.RelayFault
            or DoorEventKind.CameraFault or DoorEventKind.ReaderOffline or DoorEventKind.GalleryRefused or DoorEventKind.StorageSlow
            or DoorEventKind.StorageFailed or DoorEventKind.LogFailed or DoorEventKind.Fault or DoorEventKind.Duress => true,
        DoorEventKind.Denied => reason == DenyReason.BadgeBlocked,
        _ => false,
    };

    /// <summary>Whether the journal keeps it. Somebody who only passes a door that goes by faces leaves no record: they asked for
    /// nothing, there are many of them, and each record is a write to a card that wears out.</summary>
    public static bool IsRecorded(this DoorEvent raised) => raised.Kind != DoorEventKind.AttemptAbandoned;

    /// <summary>Whether somebody should come and look; a kind that this dooragent does not know is no alarm to it.</summary>
    public static bool IsAlarm(this DoorEvent raised) => raised.Kind is { } kind && kind.IsAlarm(raised.Reason);

    /// <summary>The kind that ends this alarm; null for one that is a moment, and for an event that is no alarm.</summary>
    public static DoorEventKind? RestoredBy(this DoorEvent raised) => raised.Kind?.RestoredBy();

    /// <summary>The kind that ends an alarm; null for one that is a moment and has no end.</summary>
    public static DoorEventKind? RestoredBy(this DoorEventKind alarm) => alarm switch
    {
        DoorEventKind.DoorForced or DoorEventKind.HeldOpen => DoorEventKind.Restored,
        DoorEventKind.LineNoise => DoorEventKind.LineRestored,
        DoorEventKind.ReaderOffline => DoorEventKind.ReaderRestored,
        DoorEventKind.RelayFault => DoorEventKind.RelayRestored,
        DoorEventKind.CameraFault => DoorEventKind.CameraRestored,
        DoorEventKind.GalleryRefused => DoorEventKind.GalleryLoaded,
        DoorEventKind.StorageFailed => DoorEventKind.StorageRestored,
        DoorEventKind.LogFailed => DoorEventKind.LogRestored,
        _ => null,
    };
}
