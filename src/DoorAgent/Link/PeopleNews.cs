using DoorAgent.Events;

namespace DoorAgent.Link;

/// <summary>Which events are sent to people at once.</summary>
internal enum SentEvents
{
    /// <summary>Alarms, the duress alarm among them, and their ends.</summary>
    Alarms,

    /// <summary>Every event of the journal.</summary>
    All,
}

/// <summary>Selects the events of which people get a message, and finds their words.</summary>
internal static class PeopleNews
{
    /// <summary>The kinds that end an alarm and say nothing else.</summary>
    private static readonly HashSet<DoorEventKind> Ends =
    [
        .. Enum.GetValues<DoorEventKind>().Where(kind => kind.IsAlarm()).Select(kind => kind.RestoredBy()).OfType<DoorEventKind>()
            // Every start and every change of the people loads the gallery.
            .Where(kind => kind != DoorEventKind.GalleryLoaded),
    ];

    /// <summary>Whether an event is sent.</summary>
    public static bool Has(SentEvents which, DoorEvent made) => which == SentEvents.All || made.IsAlarm() || IsEnd(made);

    /// <summary>Whether an event ends an alarm.</summary>
    public static bool IsEnd(DoorEvent made) => made.Kind is { } kind && Ends.Contains(kind);
}
