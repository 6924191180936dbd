using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>Reads the journal for the page, with names. The file is read on a connection of its own, so that no decision waits.</summary>
/// <param name="path">Path of the journal.</param>
internal sealed class PageJournal(string path)
{
    /// <summary>Returns records.</summary>
    /// <exception cref="UserErrorException">The journal cannot be read.</exception>
    public PageRecords Read(PageQuery query)
    {
        (long first, long last) = (Math.Min(query.After ?? 0, long.MaxValue - 1) + 1,
            query.Before is { } before ? Math.Max(before, long.MinValue + 1) - 1 : long.MaxValue);
        JournalFilter filter = new(OnlyDenied: query.OnlyDenied, OnlyAlarms: query.OnlyAlarms, PersonId: query.Person)
        {
            Sequences = first == 1 && last == long.MaxValue ? null : (first, last),
        };
        using JournalReader journal = new(path, filter);
        // One more than shown tells whether there are more.
        IReadOnlyList<DoorEvent> found =
            query.After is null ? journal.Newest(PageQuery.Most + 1) : journal.Oldest(PageQuery.Most + 1);
        IReadOnlyList<DoorEvent> shown = OperatorProtocol.Fitting(found.Take(PageQuery.Most).Select(OperatorEvents.Shortened));
        return new PageRecords(shown, found.Count > shown.Count);
    }
}
