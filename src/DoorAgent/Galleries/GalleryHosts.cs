using System.Collections.Immutable;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads and writes the visitors of a gallery and their hosts. A row disappears with either person; the visitor stays
/// escorted.</summary>
internal static class GalleryHosts
{
    /// <summary>Reads the ids of each visitor's hosts, in rising order, by id of the visitor; a gallery of an older format has no
    /// visitors.</summary>
    public static Dictionary<long, ImmutableArray<long>> Read(SqliteConnection connection) => Read(connection, "main");

    /// <summary>Makes a person a visitor of hosts, in one transaction; earlier hosts are replaced.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">Name of the visitor.</param>
    /// <param name="hosts">Names of the hosts, at least one.</param>
    /// <exception cref="UserErrorException">Nobody has one of the names, the visitor has no end of validity, a host is a visitor, the
    /// visitor is a host, or the visitor belongs to the fleet.</exception>
    public static void Set(GalleryFile gallery, string name, IReadOnlyList<string> hosts) => gallery.InOneTransaction(() =>
    {
        GalleryOrigin.RequireLocal(gallery, name);
        PersonEntry visitor = gallery.Person(name);
        PersonEntry[] all = [.. hosts.Select(gallery.Person)];
        RequireEnd(visitor with { IsEscorted = true });
        if (all.FirstOrDefault(host => host.Id == visitor.Id || host.IsEscorted) is { } wrong)
        {
            throw new UserErrorException($"{wrong.Name} is {(wrong.Id == visitor.Id ? "the visitor" : "a visitor too")} and cannot be the host "
                + $"of {visitor.Name}; nothing was written. Name somebody who enters without a host.");
        }

        if (gallery.People.FirstOrDefault(person => person.HostIds.Contains(visitor.Id)) is { } guest)
        {
            throw new UserErrorException($"{visitor.Name} is a host of {guest.Name} and cannot become a visitor; nothing was written. "
                + $"First name other hosts: 'dooragent people escort {guest.Name} --host NAME'.");
        }

        gallery.Change((connection, _) =>
        {
            Sqlite.Run(connection, "UPDATE person SET escorted = 1 WHERE id = $id", ("$id", visitor.Id));
            Sqlite.Run(connection, "DELETE FROM host WHERE visitor = $id", ("$id", visitor.Id));
            foreach (long host in all.Select(host => host.Id).Distinct())
                Insert(connection, visitor.Id, host);
        });
    });

    /// <summary>Lets a person enter without a host again.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person belongs to the fleet.</exception>
    public static void Clear(GalleryFile gallery, string name)
    {
        GalleryOrigin.RequireLocal(gallery, name);
        long person = gallery.Person(name).Id;
        gallery.Change((connection, _) =>
        {
            Sqlite.Run(connection, "UPDATE person SET escorted = 0 WHERE id = $id", ("$id", person));
            Sqlite.Run(connection, "DELETE FROM host WHERE visitor = $id", ("$id", person));
        });
    }

    /// <summary>Refuses a visitor without an end of validity.</summary>
    /// <exception cref="UserErrorException">The visitor is valid without end.</exception>
    public static void RequireEnd(PersonEntry person)
    {
        if (person is { IsEscorted: true, ValidUntil: null })
        {
            throw new UserErrorException($"{person.Name} is a visitor, and a visit has an end; nothing was written. Set one with "
                + $"'dooragent people until {person.Name} DATE'; 'dooragent people escort {person.Name} --none' makes a visitor somebody "
                + "who enters alone.");
        }
    }

    /// <summary>Writes the hosts that two galleries have together after people were copied from the attached gallery "coming". A copied
    /// visitor has the copied hosts of the archive; whoever was not copied, or comes from a format without hosts, keeps those that were
    /// here.</summary>
    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="before">The hosts that were here; replaced people kept their ids.</param>
    /// <param name="copied">Id here of each copied person, by the id in the other gallery.</param>
    public static void Merge(SqliteConnection connection, IReadOnlyDictionary<long, ImmutableArray<long>> before,
        IReadOnlyDictionary<long, long> copied)
    {
        HashSet<long> renewed = GalleryMarks.AreIn(connection, "coming") ? [.. copied.Values] : [];
        foreach ((long visitor, ImmutableArray<long> hosts) in before.Where(pair => !renewed.Contains(pair.Key)))
        {
            foreach (long host in hosts)
                Insert(connection, visitor, host);
        }

        foreach ((long visitor, ImmutableArray<long> hosts) in Read(connection, "coming").Where(pair => copied.ContainsKey(pair.Key)))
        {
            foreach (long host in hosts.Where(copied.ContainsKey))
                Insert(connection, copied[visitor], copied[host]);
        }
    }

    // A row for a person who was not replaced is still there.
    private static void Insert(SqliteConnection connection, long visitor, long host) => Sqlite.Run(connection,
        "INSERT OR IGNORE INTO main.host (visitor, host) VALUES ($visitor, $host)", ("$visitor", visitor), ("$host", host));

    private static Dictionary<long, ImmutableArray<long>> Read(SqliteConnection connection, string schema)
    {
        if (!GalleryMarks.AreIn(connection, schema))
            return [];
        List<(long Visitor, long Host)> rows = [];
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT visitor, host FROM {schema}.host ORDER BY visitor, host");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            rows.Add((row.GetInt64(0), row.GetInt64(1)));
        return rows.GroupBy(one => one.Visitor).ToDictionary(group => group.Key, group => group.Select(one => one.Host).ToImmutableArray());
    }
}
