using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>What an office is called, and where and what its hub is.</summary>
/// <param name="Name">Name of the office for people.</param>
/// <param name="Address">Address of the hub.</param>
internal sealed record OfficeIdentity(string Name, HubAddress Address)
{
    /// <summary>Directory of the hub's files on the hub's machine.</summary>
    public string Files { get; init; } = "/etc/nats";

    /// <summary>Directory of the hub's data on the hub's machine.</summary>
    public string Store { get; init; } = "/var/lib/nats";

    /// <summary>Version of the hub's nats-server for which the configuration was written; null while it was not known.</summary>
    public HubServer? Server { get; init; }

    /// <summary>Whether the hub may be a server that is good for a test only.</summary>
    public bool IsTest { get; init; }

    /// <summary>Reads the identity of an office; null where the office is not complete.</summary>
    public static OfficeIdentity? Find(OfficeStore store) => store.Rows("SELECT name, hub, files, store, version, is_test FROM office",
        row => new OfficeIdentity(row.GetString(0), HubAddress.Find(row.GetString(1)) ?? throw new InvalidDataException("the hub has no address"))
        {
            Files = row.GetString(2),
            Store = row.GetString(3),
            Server = row.IsDBNull(4) ? null : HubServer.Find(row.GetString(4)),
            IsTest = row.GetInt64(5) != 0,
        }).SingleOrDefault();

    /// <summary>Writes the identity.</summary>
    public void Write(OfficeStore store, DateTimeOffset now) => store.Run("""
        INSERT INTO office (id, name, hub, files, store, version, is_test, created)
          VALUES (1, $name, $hub, $files, $store, $version, $test, $now)
          ON CONFLICT DO UPDATE SET name = excluded.name, hub = excluded.hub, files = excluded.files, store = excluded.store,
            version = excluded.version, is_test = excluded.is_test
        """,
        ("$name", Name), ("$hub", Address.ToString()), ("$files", Files), ("$store", Store), ("$version", Server?.Version.ToString(3)),
        ("$test", IsTest ? 1 : 0), ("$now", OfficeTime.Text(now)));
}
