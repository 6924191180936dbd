using System.Security.Cryptography;
using DoorAgent.Fleet;

namespace DoorAgent.Galleries;

/// <summary>A record of the bucket of people as it was found.</summary>
/// <param name="Key">The record's key in the bucket.</param>
/// <param name="Id">Id of the person; empty where the key names none of the door's group.</param>
/// <param name="Digest">SHA-256 of the record.</param>
internal sealed record FoundRecord(string Key, string Id, byte[] Digest)
{
    /// <summary>What the record says of itself; null where the office did not sign it.</summary>
    public RecordHead? Head { get; init; }

    /// <summary>The opened record; null where it cannot be used, or is the one that was applied before.</summary>
    public SealedRecord? Opened { get; init; }

    /// <summary>Why the record cannot be used; null where it can.</summary>
    public string? Why { get; init; }

    /// <summary>Whether the record says that it is a person of the door's group, and the office did not sign it.</summary>
    public bool IsForged { get; init; }
}

/// <summary>Verifies and opens records of people, batch by batch and several at a time: a signature costs more than the rest of a
/// record.</summary>
/// <param name="membership">The door's place in its fleet, with the office's key and the group's keys.</param>
internal sealed class FleetIntake(FleetMembership membership)
{
    private const int BatchRecords = 128;

    // The door goes on deciding meanwhile.
    private static readonly ParallelOptions Half = new() { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) };

    /// <summary>Opens records in their order.</summary>
    /// <param name="items">The records; those of manifests and keys are left out.</param>
    /// <param name="isSettled">Whether exactly this record, by id and digest, has been applied before, so that it needs no look.</param>
    public IEnumerable<FoundRecord> Open(IEnumerable<FleetItem> items, Func<string, byte[], bool> isSettled)
    {
        foreach (FleetItem[] batch in items.Where(item => !IsOfGroups(item.Key)).Chunk(BatchRecords))
        {
            FoundRecord[] found = new FoundRecord[batch.Length];
            bool[] isKnown = new bool[batch.Length];
            for (int i = 0; i < batch.Length; i++)
            {
                found[i] = new FoundRecord(batch[i].Key, IdOf(batch[i].Key), SHA256.HashData(batch[i].Value));
                isKnown[i] = isSettled(found[i].Id, found[i].Digest);
            }

            Parallel.For(0, batch.Length, Half, () => OfficePublicKey.Read(membership.Office), (i, _, office) =>
            {
                found[i] = isKnown[i] ? found[i] with { Head = RecordHead.Read(batch[i].Value) } : Look(found[i], batch[i], office);
                return office;
            }, office => office.Dispose());
            foreach (FoundRecord one in found)
                yield return one;
        }
    }

    /// <summary>Whether a key is that of a manifest or of a group's keys.</summary>
    public static bool IsOfGroups(string key) => key.Split('.') is [_, "manifest"] or [_, "key", _];

    /// <summary>Reads what a record says of itself, without proof; null where it is not about a person of the door's group.</summary>
    public RecordHead? Claim(FleetItem item)
    {
        try
        {
            RecordHead head = RecordHead.Read(item.Value);
            return head.Group == membership.Group && head.Subject == IdOf(item.Key) ? head : null;
        }
        catch (FleetRecordException)
        {
            // The second reading says what is wrong with it.
            return null;
        }
    }

    private FoundRecord Look(FoundRecord found, FleetItem item, OfficePublicKey office)
    {
        if (found.Id.Length == 0)
            return found with { Why = $"the key does not belong to the door's group '{membership.Group}'" };
        try
        {
            SealedRecord opened = PersonSeal.Open(membership.Group, found.Id, item.Value, office, membership.Keys);
            return found with { Head = RecordHead.Read(item.Value), Opened = opened };
        }
        catch (FleetRecordException wrong)
        {
            RecordHead? head = SignedHead(found.Id, item.Value, office);
            return found with { Head = head, Why = wrong.Message, IsForged = head is null && Claim(item) is { Kind: RecordKind.Person } };
        }
    }

    /// <summary>Returns the head of a record that the office signed and that cannot be opened; null where the office did not.</summary>
    private RecordHead? SignedHead(string id, byte[] record, OfficePublicKey office)
    {
        try
        {
            RecordHead head = SignedRecord.Expect(record, membership.Group, id, RecordKind.Person, RecordKind.Removal, RecordKind.Erasure);
            SignedRecord.Open(record, head, office.Verify, "the office");
            return head;
        }
        catch (FleetRecordException)
        {
            return null;
        }
    }

    private string IdOf(string key) =>
        key.Split('.') is [var group, var id] && group == membership.Group && FleetIds.IsPerson(id) ? id : "";
}
