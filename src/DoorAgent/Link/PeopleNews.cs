using System.Text.RegularExpressions;
using DoorAgent.Auditing;
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
internal static partial class PeopleNews
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

    /// <summary>Returns an event without what never leaves the house: badge, distance and name. The number of the person stays only where
    /// somebody may have to help that person.</summary>
    public static DoorEvent Sent(DoorEvent made)
    {
        DoorEvent nameless = JournalTail.Nameless(made);
        return nameless with
        {
            BadgeHint = null, Distance = null, Threshold = null, Encoder = null,
            PersonId = made.Kind == DoorEventKind.Duress ? made.PersonId : null,
            // The record of a change at the page has the badge in its words.
            Detail = nameless.Detail is { } detail ? HintOfBadge().Replace(detail, "") : null,
        };
    }

    /// <summary>Returns an event as a sentence of the log, with the first step after an alarm.</summary>
    public static string WordsOf(DoorEvent made) => DoorLog.WordsOf(Sent(made));

    /// <summary>Returns an identifier of an event that is the same in every repetition and at every door another one.</summary>
    /// <param name="door">The door's short name.</param>
    /// <param name="made">The event.</param>
    public static string IdOf(string door, DoorEvent made)
    {
        JournalPosition position = JournalPosition.Of(made);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{door}.{position.Sequence}.{position.Mark}");
    }

    /// <summary>The form of <see cref="Hardware.Badges.Badge.Hint"/>, with the blank after it.</summary>
    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]{1,15} \.\.\.[0-9A-F]{1,2}\b ?")]
    private static partial Regex HintOfBadge();
}
