using System.Security.Cryptography;
using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>The journal that is being sent: its id at the hub, and from where on. A journal has no id of its own, so the first batch gives it
/// one, and every other batch takes the id of the batch before. The id follows from what the hub has and from the journal's first record, so
/// that a link that is killed in between finds the same one again. A journal that was set back to an older copy is another journal: the same
/// numbers are used for other records.</summary>
/// <param name="Id">The id, 16 hexadecimal digits.</param>
/// <param name="Previous">The id of the journal before, where this one begins after another; null otherwise.</param>
/// <param name="From">The last record that the hub has.</param>
internal sealed record SentJournal(string Id, string? Previous, JournalPosition From)
{
    private const int IdBytes = 8;

    /// <summary>Finds the journal.</summary>
    /// <param name="last">The door's last batch at the hub; null without any.</param>
    /// <param name="next">The door's records after that batch; at least one.</param>
    public static SentJournal Of(EventBatch? last, JournalBatch next)
    {
        if (last is not null && !next.IsOtherJournal)
            return new SentJournal(last.Journal, null, PositionOf(last));
        string first = JournalPosition.Of(next.Events[0]).Mark!;
        string id = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{last?.Journal}|{last?.Mark}|{first}")).AsSpan(0, IdBytes));
        return new SentJournal(id, last?.Journal, JournalPosition.Start);
    }

    /// <summary>Returns the position after the hub's last batch.</summary>
    public static JournalPosition PositionOf(EventBatch? last) =>
        last is null ? JournalPosition.Start : new JournalPosition(last.To, last.Mark);

    /// <summary>Makes the batch of the records after a position; at least one.</summary>
    public EventBatch Batch(JournalPosition after, JournalBatch read) => new(Id, read.Events[0].Sequence, read.Position.Sequence, read.Position.Mark!)
    {
        Previous = after == JournalPosition.Start ? Previous : null,
        Removed = read.Events[0].Sequence - after.Sequence - 1,
        Events = [.. read.Events.Select(record => FleetEvent.Of(PeopleNews.Sent(record)))],
    };
}
