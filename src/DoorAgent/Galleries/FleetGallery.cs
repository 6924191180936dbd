using DoorAgent.Decisions;
using DoorAgent.Fleet;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// The fleet's part of a gallery: the door's own keys, its place in a group, and the people whom the fleet brings. Each method reads or
/// changes in one transaction; <see cref="Prepare"/> reads first.
/// </summary>
/// <param name="path">Path of the gallery.</param>
/// <param name="time">The clock.</param>
/// <param name="door">What this door can use; null for everything that a record can have.</param>
/// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
/// <param name="method">Encoder and rule of a gallery in which nobody was enrolled before, and whose first people have no encodings; null
/// for none.</param>
internal sealed class FleetGallery(string path, TimeProvider time, DoorCapability? door = null, KeyRing? keys = null,
    GalleryMethod? method = null)
{
    /// <summary>The refusal of a door in no fleet.</summary>
    public const string InNone = "This door is in no fleet: 'dooragent fleet join' on the door begins to join one.";

    private const int MostFaults = 5;

    /// <summary>Returns the door's own keys, with which it asks to join a fleet; makes and stores them where there are none.</summary>
    /// <returns>The keys, which the caller disposes.</returns>
    /// <exception cref="UserErrorException">The gallery cannot be used or written.</exception>
    public DoorSecrets Prepare()
    {
        if (Reading(FleetKeyRow.Read) is { } known)
            return known;
        DoorSecrets made = DoorSecrets.Create();
        try
        {
            Change((connection, now) => FleetKeyRow.Write(connection, made, now));
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Makes this door one of a group.</summary>
    /// <param name="answer">The office's answer to this door's request.</param>
    /// <param name="office">The office's key, which this door trusts from now on.</param>
    /// <exception cref="UserErrorException">The door is in a fleet already, has not asked, or the gallery cannot be written.</exception>
    public void Join(JoinAnswer answer, OfficePublicKey office) => Change((connection, now) =>
    {
        if (FleetMembership.Read(connection) is { } already)
        {
            throw new UserErrorException($"This door is {already.Door} in the group {already.Group} of a fleet already. Leave that first: "
                + "'dooragent fleet leave'.");
        }

        if (Sqlite.Run(connection, "UPDATE fleet SET door = $door, team = $group, office = $office, added = $now",
            ("$door", answer.Door), ("$group", answer.Group), ("$office", office.Bytes.ToArray()), ("$now", now)) == 0)
            throw new UserErrorException("This door has not asked to join a fleet: 'dooragent fleet join' prints its request.");
    });

    /// <summary>Takes this door out of its fleet: its keys and everything that it knows of the fleet are deleted.</summary>
    /// <param name="keepPeople">Whether the fleet's people stay as people of this door. A schedule of the group then is that of the
    /// door with the same name; without one, the person is refused.</param>
    /// <returns>How many people of the fleet were here.</returns>
    /// <exception cref="UserErrorException">The gallery cannot be used or written.</exception>
    public int Leave(bool keepPeople)
    {
        int people = 0;
        Change((connection, _) =>
        {
            people = GalleryOrigin.CountOfFleet(connection);
            if (keepPeople)
            {
                Sqlite.Run(connection, $"""
                    UPDATE person SET enabled = enabled AND NOT disabled_here, disabled_here = 0, origin = NULL,
                        schedule = iif(schedule LIKE '{FleetHours.Prefix}%', substr(schedule, {FleetHours.Prefix.Length + 1}), schedule)
                    WHERE origin IS NOT NULL
                    """);
            }

            GalleryOrigin.LeaveFleet(connection);
        });
        return people;
    }

    /// <summary>Returns where the door stands in its fleet; null for a door in none.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public FleetStanding? Standing() => Look()?.Standing;

    /// <summary>Returns the newest manifest, verified; null in no fleet, and before the first one.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public FleetManifest? Manifest() => Reading(connection => FleetMembership.Read(connection)?.Manifest);

    /// <summary>Returns standing and newest manifest of one moment; null for a door in no fleet. The manifest is null before the first
    /// one.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public (FleetStanding Standing, FleetManifest? Manifest)? Look() => Reading<(FleetStanding, FleetManifest?)?>(connection =>
        FleetMembership.Read(connection) is { } membership ? (StandingOf(connection, membership), membership.Manifest) : null);

    /// <summary>Applies a delivery in one transaction with bucket and revision. Records that cannot be used are refused alone.</summary>
    /// <param name="delivery">How the records are applied, and where the door stands afterwards.</param>
    /// <param name="parcel">The records in the form of <see cref="FleetParcel"/>, from the present position; read twice, and not
    /// disposed.</param>
    /// <exception cref="UserErrorException">The door is in no fleet, the delivery is of another bucket or not a parcel, or the gallery
    /// cannot be written. Nothing was written.</exception>
    public FleetOutcome Apply(FleetDelivery delivery, Stream parcel)
    {
        long start = parcel.Position;
        FleetOutcome? outcome = null;
        using GalleryFile gallery = new(path, time, keys);
        string? kept = gallery.TryChange(connection =>
        {
            long changes = Changes(connection);
            FleetMembership membership = FleetMembership.Read(connection) ?? throw new UserErrorException(InNone);
            if (delivery.Pass == FleetPass.Changes && delivery.Bucket != membership.Bucket)
                throw new UserErrorException("The delivery is of another bucket of the hub than the one that this door knows. Everything of the group "
                    + "is to be delivered first.");
            using DoorSecrets secrets = FleetKeyRow.Read(connection) ?? throw new UserErrorException(InNone);
            FleetApplication application = new(connection, secrets, door ?? new DoorCapability(FleetPerson.MostEncodings), time.GetUtcNow());
            try
            {
                application.Run(delivery, membership, () =>
                {
                    parcel.Position = start;
                    return FleetParcel.Read(parcel, delivery.Bytes);
                });
            }
            catch (FleetRecordException wrong)
            {
                throw new UserErrorException($"Nothing was applied: {wrong.Message}.", wrong);
            }

            // Badges alone open too. The first person with a face chooses again.
            if (application.Written > 0 && method is not null && GalleryRows.ReadEncoder(connection) is null)
                GalleryRules.Begin(connection, method);
            outcome = new FleetOutcome(application.Written, application.Removed, application.Refusals,
                StandingOf(connection, FleetMembership.Read(connection)!))
            {
                ToErase = KnownRecords.ToErase(connection),
            };
            // Every new connection to the hub delivers manifest and keys again.
            return Changes(connection) != changes;
        });
        // The people are written: their events are recorded whatever becomes of the log.
        return kept is null ? outcome! : outcome! with { Refusals = [.. outcome.Refusals, new FleetRefusal("", kept)] };
    }

    /// <summary>Returns the row ids of people whom the fleet has erased, and of whom kept pictures and names in the journal are still to be
    /// erased.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public IReadOnlyList<long> ToErase() => Reading(connection => GalleryOrigin.IsIn(connection) ? KnownRecords.ToErase(connection) : []) ?? [];

    /// <summary>Notes that nothing is left of people.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used or written.</exception>
    public void Erased(IReadOnlyCollection<long> people) => Change((connection, _) => KnownRecords.Erased(connection, people));

    private static long Changes(GalleryConnection connection) => Sqlite.Number(connection, "SELECT total_changes()");

    private FleetStanding StandingOf(GalleryConnection connection, FleetMembership membership)
    {
        List<(string Id, long Serial)> people = KnownRecords.Applied(connection);
        return new FleetStanding(membership.Door, membership.Group)
        {
            Bucket = membership.Bucket,
            Revision = (ulong)membership.Revision,
            Manifest = membership.Serial,
            Confirmed = membership.Confirmed,
            Swept = membership.Swept,
            Horizon = membership.Manifest?.Horizon ?? 0,
            Count = GalleryOrigin.CountOfFleet(connection),
            Faults = [.. FaultsOf(connection, membership)],
            Confirmation = membership.Manifest is null ? null : Confirm(connection, membership, people),
        };
    }

    private byte[] Confirm(GalleryConnection connection, FleetMembership membership, List<(string Id, long Serial)> people)
    {
        using DoorSecrets secrets = FleetKeyRow.Read(connection)!;
        return new DoorConfirmation(membership.Door, membership.Group, membership.Confirmed, people.Count, FleetSet.Digest(people),
            time.GetUtcNow(), BuildInfo.Version).Close(secrets);
    }

    private static IEnumerable<string> FaultsOf(GalleryConnection connection, FleetMembership membership)
    {
        if (membership.Manifest is not null && membership.Keys.All.Count == 0)
            yield return "the door has no key of its group, and can read nobody: the office writes the keys with 'dooragent fleet repair'";
        if (membership.Missed > 0 && membership.Missed == membership.Serial && membership.Confirmed < membership.Serial)
        {
            yield return FormattableString.Invariant($"the hub does not have exactly the people of publication {membership.Serial}; the door has those ")
                + FormattableString.Invariant($"of publication {membership.Confirmed}");
        }

        List<(string Id, string Why)> refused = KnownRecords.Refused(connection);
        foreach ((string id, string why) in refused.Take(MostFaults))
            yield return $"the record of {id} is refused: {why}";
        if (refused.Count > MostFaults)
            yield return FormattableString.Invariant($"{refused.Count - MostFaults} more records are refused");
    }

    private T? Reading<T>(Func<GalleryConnection, T?> read)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path, keys);
        return gallery is null ? default : gallery.Query(connection =>
        {
            using SqliteTransaction moment = connection.BeginTransaction(deferred: true);
            return read(connection);
        });
    }

    private void Change(Action<GalleryConnection, string> change)
    {
        using GalleryFile gallery = new(path, time, keys);
        gallery.Change(change);
    }
}
