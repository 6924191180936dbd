using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>A door that the office has accepted.</summary>
/// <param name="Name">Name of the door, unique in the fleet.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Request">The text with which the door asked to join: its public keys.</param>
/// <param name="Nkey">The public NKEY of the door's link.</param>
/// <param name="IsRevoked">Whether the door may no longer connect.</param>
/// <param name="Since">When the door was accepted or revoked.</param>
internal sealed record OfficeDoor(string Name, string Group, string Request, string Nkey, bool IsRevoked, DateTimeOffset Since);

/// <summary>The doors of an office.</summary>
/// <param name="store">The database.</param>
/// <param name="time">The clock.</param>
internal sealed class OfficeDoors(OfficeStore store, TimeProvider time)
{
    private const string Columns = "SELECT name, fleet_group, request, nkey, state, since FROM door";

    /// <summary>All doors, by name, the revoked ones too.</summary>
    public IReadOnlyList<OfficeDoor> All() => store.Rows($"{Columns} ORDER BY name", Read);

    /// <summary>The accepted doors of a group, by name.</summary>
    public IReadOnlyList<OfficeDoor> Of(string group) =>
        store.Rows($"{Columns} WHERE fleet_group = $group AND state = 'accepted' ORDER BY name", Read, ("$group", group));

    /// <summary>Returns a door; null for an unknown name.</summary>
    public OfficeDoor? Find(string name) => store.Rows($"{Columns} WHERE name = $name", Read, ("$name", name)).SingleOrDefault();

    /// <summary>Adds a door, in place of a revoked one of its name.</summary>
    public void Accept(string name, string group, string request, string nkey) => store.Run("""
        INSERT INTO door (name, fleet_group, request, nkey, state, since) VALUES ($name, $group, $request, $nkey, 'accepted', $now)
          ON CONFLICT (name) DO UPDATE SET fleet_group = excluded.fleet_group, request = excluded.request, nkey = excluded.nkey,
            state = excluded.state, since = excluded.since WHERE state = 'revoked'
        """,
        ("$name", name), ("$group", group), ("$request", request), ("$nkey", nkey), ("$now", OfficeTime.Text(time.GetUtcNow())));

    /// <summary>Marks a door as revoked.</summary>
    public void Revoke(string name) => store.Run("UPDATE door SET state = 'revoked', since = $now WHERE name = $name AND state = 'accepted'",
        ("$name", name), ("$now", OfficeTime.Text(time.GetUtcNow())));

    private static OfficeDoor Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
        row.GetString(4) == "revoked", OfficeTime.Read(row.GetString(5)));
}
