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
        (long first, long last) = ((query.After ?? 0) + 1, query.Before is { } before ? before - 1 : long.MaxValue);
        JournalFilter filter = new(OnlyDenied: query.OnlyDenied, OnlyAlarms: query.OnlyAlarms, PersonId: query.Person)
        {
            Sequences = first == 1 && last == long.MaxValue ? null : (first, last),
        };
        using JournalReader journal = new(path, filter);
        // One more than shown tells whether there are more.
        IReadOnlyList<DoorEvent> newest = journal.Newest(PageQuery.Most + 1);
        bool hasMore = newest.Count > PageQuery.Most;
        DoorEvent[] shown = [.. newest.Take(PageQuery.Most)];
        return new PageRecords(query.After is null ? shown : [.. shown.Reverse()], hasMore);
    }
}
