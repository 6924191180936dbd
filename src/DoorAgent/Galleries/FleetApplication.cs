using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>
/// Applies one delivery of the fleet, within a change: first manifest and group keys, then the people. The records are read twice, and one
/// batch at a time is in memory.
/// </summary>
/// <param name="connection">The gallery.</param>
/// <param name="secrets">The door's own keys.</param>
/// <param name="door">What this door can use.</param>
/// <param name="now">The time of the change.</param>
internal sealed class FleetApplication(GalleryConnection connection, DoorSecrets secrets, DoorCapability door, DateTimeOffset now)
{
    /// <summary>The most refusals of a delivery that are named one by one.</summary>
    public const int MostRefusals = 200;

    private readonly List<FleetRefusal> _groups = [], _people = [];
    private int _unnamed;

    /// <summary>The refused records.</summary>
    public IReadOnlyList<FleetRefusal> Refusals => _unnamed == 0 ? [.. _groups, .. _people]
        : [.. _groups, .. _people, new FleetRefusal("", FormattableString.Invariant($"{_unnamed} more records are refused"))];

    /// <summary>How many people were added or changed.</summary>
    public int Written { get; private set; }

    /// <summary>How many people were removed.</summary>
    public int Removed { get; private set; }

    /// <summary>Applies a delivery.</summary>
    /// <param name="delivery">How it is applied, and where the door stands afterwards.</param>
    /// <param name="before">The door's place in its fleet.</param>
    /// <param name="read">Reads the records from the first one on.</param>
    /// <exception cref="FleetRecordException">The delivery is not in the form of a parcel.</exception>
    public void Run(FleetDelivery delivery, FleetMembership before, Func<IEnumerable<FleetItem>> read)
    {
        FleetMembership membership = before;
        FleetGroups groups = new(secrets, (key, why) => _groups.Add(new FleetRefusal(key, why)));
        Dictionary<string, long> claimed = [];
        FleetIntake intake = new(before);
        foreach (FleetItem item in read())
        {
            if (FleetIntake.IsOfGroups(item.Key))
                membership = groups.Take(membership, item);
            else if (delivery.Pass == FleetPass.Whole && intake.Claim(item) is { Kind: RecordKind.Person } claim)
                claimed[claim.Subject] = Math.Max(claim.Serial, claimed.GetValueOrDefault(claim.Subject));
        }

        bool isWholeSet = delivery.Pass == FleetPass.Whole && IsSinceJoining(membership)
            && IsSetOf(membership.Manifest, claimed.Select(one => (one.Key, one.Value)));
        if (!TryPeople(delivery.Pass, membership, isWholeSet, read()))
        {
            isWholeSet = false;
            TryPeople(delivery.Pass, membership, isWholeSet, read());
        }

        if (delivery.Pass == FleetPass.Whole && !isWholeSet)
            membership = Missed(membership);
        FleetMembership after = Settle(delivery, membership, isWholeSet);
        if (after != before)
            after.Write(connection);
    }

    /// <summary>Whether people are exactly those of a manifest; whoever has a newer record than the manifest is left out of the
    /// comparison.</summary>
    public static bool IsSetOf(FleetManifest? manifest, IEnumerable<(string Id, long Serial)> people)
    {
        if (manifest is null)
            return false;
        (string Id, long Serial)[] compared = [.. people.Where(person => person.Serial <= manifest.Serial)];
        return compared.Length == manifest.Count && FleetSet.Digest(compared) == manifest.Digest;
    }

    // Keys are sealed to what the door made when it joined: their publication is not from before. An older set has people who may have
    // been removed since, of whom this door never heard.
    private static bool IsSinceJoining(FleetMembership membership) => membership.KeySerial > 0 && membership.Serial >= membership.KeySerial;

    /// <summary>Writes the people. A record of the whole set that the office did not sign undoes everything: then the set is not
    /// whole.</summary>
    private bool TryPeople(FleetPass pass, FleetMembership membership, bool isWholeSet, IEnumerable<FleetItem> items)
    {
        _people.Clear();
        _unnamed = 0;
        Sqlite.Run(connection, "SAVEPOINT people");
        using (FleetPassRun run = new(connection, membership, pass, isWholeSet, door, now, Refuse))
        {
            foreach (FoundRecord found in new FleetIntake(membership).Open(items, run.IsSettled))
                run.Take(found);
            if (!isWholeSet || !run.HasForged)
            {
                run.Finish();
                (Written, Removed) = (run.Written, run.Removed);
                Sqlite.Run(connection, "RELEASE people");
                return true;
            }
        }

        Sqlite.Run(connection, "ROLLBACK TO people; RELEASE people;");
        return false;
    }

    private FleetMembership Missed(FleetMembership membership)
    {
        _groups.Add(new FleetRefusal($"{membership.Group}.manifest", membership.Manifest is null
            ? "the hub has no manifest of the group: nobody was added, and nobody who is missing was removed"
            : FormattableString.Invariant($"the hub does not have exactly the people of publication {membership.Serial}: nobody was added, and ")
                + "nobody who is missing was removed"));
        return membership with { Missed = membership.Serial };
    }

    private FleetMembership Settle(FleetDelivery delivery, FleetMembership membership, bool isWholeSet)
    {
        bool isExact = IsSinceJoining(membership) && IsSetOf(membership.Manifest, KnownRecords.Applied(connection));
        long revision = checked((long)delivery.Revision);
        return membership with
        {
            Bucket = delivery.Bucket,
            // A delivery of changes that came late does not take the door back.
            Revision = delivery.Pass == FleetPass.Whole ? revision : Math.Max(revision, membership.Revision),
            Swept = isWholeSet || isExact ? membership.Serial : membership.Swept,
            Confirmed = isExact ? membership.Serial : membership.Confirmed,
        };
    }

    private void Refuse(string key, string why)
    {
        if (_people.Count < MostRefusals)
            _people.Add(new FleetRefusal(key, why));
        else
            _unnamed++;
    }
}
