using DoorAgent.Fleet;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The door's place in its fleet, as the gallery has it.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Office">The office's public key, which this door pins.</param>
internal sealed record FleetMembership(string Door, string Group, byte[] Office)
{
    /// <summary>The group's keys.</summary>
    public GroupKeys Keys { get; init; } = GroupKeys.None;

    /// <summary>Serial of the record that brought the keys; 0 before the first one.</summary>
    public long KeySerial { get; init; }

    /// <summary>The newest manifest as the office signed it; null before the first one.</summary>
    public byte[]? SignedManifest { get; init; }

    /// <summary>The newest manifest, verified; null before the first one.</summary>
    public FleetManifest? Manifest { get; init; }

    /// <summary>The hub's bucket to which <see cref="Revision"/> belongs; null before the first delivery.</summary>
    public string? Bucket { get; init; }

    /// <summary>Sequence of the last applied record of the bucket.</summary>
    public long Revision { get; init; }

    /// <summary>Serial of the newest manifest whose set of people the door has exactly.</summary>
    public long Confirmed { get; init; }

    /// <summary>Serial of the newest manifest whose whole set was here once, so that whoever was not in it was removed.</summary>
    public long Swept { get; init; }

    /// <summary>Serial of the newest manifest whose whole set the hub did not have; 0 where it had every one.</summary>
    public long Missed { get; init; }

    /// <summary>Serial of the newest manifest; 0 before the first one.</summary>
    public long Serial => Manifest?.Serial ?? 0;

    /// <summary>Reads the membership; null for a door in no fleet, also while its request is not answered.</summary>
    /// <exception cref="UserErrorException">The key is missing, or a seal is broken.</exception>
    /// <exception cref="InvalidDataException">A value is not one that this program writes.</exception>
    public static FleetMembership? Read(GalleryConnection connection)
    {
        if (!GalleryOrigin.IsIn(connection))
            return null;
        using SqliteCommand command = Sqlite.Command(connection, """
            SELECT door, team, office, keys, key_serial, manifest, bucket, revision, confirmed, swept, missed FROM fleet WHERE door IS NOT NULL
            """);
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
            return null;
        try
        {
            FleetMembership read = new(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2))
            {
                Keys = row.IsDBNull(3) ? GroupKeys.None
                    : GroupKeys.Read(connection.Open(row.GetFieldValue<byte[]>(3), SealedIdentity.Of(SealedColumn.FleetKeys))),
                KeySerial = row.GetInt64(4),
                SignedManifest = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5),
                Bucket = row.IsDBNull(6) ? null : row.GetString(6),
                Revision = row.GetInt64(7),
                Confirmed = row.GetInt64(8),
                Swept = row.GetInt64(9),
                Missed = row.GetInt64(10),
            };
            using OfficePublicKey office = OfficePublicKey.Read(read.Office);
            return read.SignedManifest is null ? read : read with { Manifest = ManifestSeal.Open(read.Group, read.SignedManifest, office) };
        }
        catch (FleetRecordException wrong)
        {
            throw new InvalidDataException($"its part of the fleet cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>Writes what deliveries change, within a change.</summary>
    public void Write(GalleryConnection connection) => Sqlite.Run(connection, """
            UPDATE fleet SET keys = $keys, key_serial = $keySerial, manifest = $manifest, bucket = $bucket, revision = $revision,
                confirmed = $confirmed, swept = $swept, missed = $missed
            """, ("$keys", Keys.All.Count == 0 ? null : FleetKeyRow.Close(connection, Keys.Reveal(), SealedColumn.FleetKeys)),
            ("$keySerial", KeySerial), ("$manifest", SignedManifest), ("$bucket", Bucket), ("$revision", Revision),
            ("$confirmed", Confirmed), ("$swept", Swept), ("$missed", Missed));
}
