namespace DoorAgent.Events;

/// <summary>Tells which kinds of events are alarms, which end them, and which are recorded.</summary>
internal static class DoorEventKinds
{
    /// <summary>Whether the kind is an alarm, so that a person should check the door. A denial, or a way out, is one only where a blocked
    /// or lost badge was used.</summary>
    public static bool IsAlarm(this DoorEventKind kind, DenyReason? reason = null) => kind switch
    {
        DoorEventKind.DoorForced or DoorEventKind.HeldOpen or DoorEventKind.LineNoise or DoorEventKind.RelayFault
            or DoorEventKind.CameraFault or DoorEventKind.ReaderOffline or DoorEventKind.GalleryRefused or DoorEventKind.StorageSlow
            or DoorEventKind.GalleryRolledBack or DoorEventKind.JournalRolledBack or DoorEventKind.JournalAltered
            or DoorEventKind.StorageFailed or DoorEventKind.LogFailed or DoorEventKind.Fault or DoorEventKind.Duress
            or DoorEventKind.LockdownStarted or DoorEventKind.CameraFallback
            or DoorEventKind.ExitLineNoise or DoorEventKind.ExitReaderOffline or DoorEventKind.PassbackSuspected
            or DoorEventKind.FleetLockdownStarted or DoorEventKind.FleetLockdownOverridden or DoorEventKind.FleetRefused
            or DoorEventKind.FleetFault or DoorEventKind.FleetStale => true,
        DoorEventKind.Denied or DoorEventKind.ExitGranted => reason == DenyReason.BadgeBlocked,
        _ => false,
    };

    /// <summary>Whether the journal keeps the event. A person who only passes a door that opens for faces leaves no record: that person
    /// asked for nothing, many people pass, and each record is a write to a card that wears out.</summary>
    public static bool IsRecorded(this DoorEvent raised) => raised.Kind != DoorEventKind.AttemptAbandoned;

    /// <summary>Whether the event is an alarm; a kind that this dooragent does not know is not.</summary>
    public static bool IsAlarm(this DoorEvent raised) => raised.Kind is { } kind && kind.IsAlarm(raised.Reason);

    /// <summary>The kind that ends this alarm; null for a momentary alarm and for an event that is not an alarm.</summary>
    public static DoorEventKind? RestoredBy(this DoorEvent raised) => raised.Kind?.RestoredBy();

    /// <summary>The kind that ends an alarm; null for a momentary alarm, which has no end.</summary>
    public static DoorEventKind? RestoredBy(this DoorEventKind alarm) => alarm switch
    {
        DoorEventKind.DoorForced or DoorEventKind.HeldOpen => DoorEventKind.Restored,
        DoorEventKind.LineNoise => DoorEventKind.LineRestored,
        DoorEventKind.ReaderOffline => DoorEventKind.ReaderRestored,
        DoorEventKind.ExitLineNoise => DoorEventKind.ExitLineRestored,
        DoorEventKind.ExitReaderOffline => DoorEventKind.ExitReaderRestored,
        DoorEventKind.RelayFault => DoorEventKind.RelayRestored,
        DoorEventKind.CameraFault => DoorEventKind.CameraRestored,
        DoorEventKind.GalleryRefused or DoorEventKind.GalleryRolledBack => DoorEventKind.GalleryLoaded,
        DoorEventKind.StorageFailed => DoorEventKind.StorageRestored,
        DoorEventKind.LogFailed => DoorEventKind.LogRestored,
        DoorEventKind.LockdownStarted => DoorEventKind.LockdownEnded,
        DoorEventKind.CameraFallback => DoorEventKind.CameraFallbackEnded,
        DoorEventKind.FleetLockdownStarted => DoorEventKind.FleetLockdownEnded,
        DoorEventKind.FleetFault => DoorEventKind.FleetRestored,
        DoorEventKind.FleetStale => DoorEventKind.FleetFresh,
        _ => null,
    };
}
