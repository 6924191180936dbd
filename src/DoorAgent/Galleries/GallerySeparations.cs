using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads and writes the pairs of people in a gallery who look alike and have a stricter rule (<see cref="SeparatedPair"/>). A
/// pair disappears with either person.</summary>
internal static class GallerySeparations
{
    /// <summary>Reads all pairs; a gallery in a format without pairs has none.</summary>
    public static IReadOnlyList<SeparatedPair> Read(SqliteConnection connection) => Read(connection, "main");

    /// <summary>Separates two people, or changes the distance of a pair.</summary>
    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="pair">The pair; its people may have any order.</param>
    /// <param name="now">The time of the change.</param>
    public static void Set(SqliteConnection connection, SeparatedPair pair, string now) => Sqlite.Run(connection, """
        INSERT INTO main.look_alike (one, other, distance, added) VALUES (min($one, $other), max($one, $other), $distance, $now)
        ON CONFLICT (one, other) DO UPDATE SET distance = excluded.distance, added = excluded.added
        """, ("$one", pair.One), ("$other", pair.Other), ("$distance", (double)pair.Distance), ("$now", now));

    /// <summary>Separates a person from others, in one transaction. Where a pair is separated already, the stricter distance
    /// stays.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="name">Name of the person.</param>
    /// <param name="others">Names of the others, with the distance of each pair.</param>
    /// <exception cref="UserErrorException">Nobody has one of the names any more.</exception>
    public static void Set(GalleryFile gallery, string name, IReadOnlyList<(string Name, float Distance)> others) =>
        gallery.InOneTransaction(() =>
        {
            foreach ((string other, float distance) in others)
            {
                SeparatedPair pair = Ordered(gallery.Person(name).Id, gallery.Person(other).Id, distance);
                gallery.Change((connection, now) =>
                {
                    bool isStricter = Read(connection).Any(
                        known => (known.One, known.Other) == (pair.One, pair.Other) && known.Distance <= pair.Distance);
                    if (!isStricter)
                        Set(connection, pair, now);
                });
            }
        });

    /// <summary>Removes the rule of a pair.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Remove(SqliteConnection connection, long one, long other) => Sqlite.Run(connection,
        "DELETE FROM look_alike WHERE one = min($one, $other) AND other = max($one, $other)", ("$one", one), ("$other", other)) > 0;

    /// <summary>Writes the pairs that two galleries have together after people were copied from the attached gallery "coming": those that
    /// were here before, and those among the copied people. Of two distances the stricter one stays.</summary>
    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="before">The pairs that were here; replaced people kept their ids.</param>
    /// <param name="copied">Id here of each copied person, by the id in the other gallery.</param>
    /// <param name="now">The time of the change.</param>
    public static void Merge(SqliteConnection connection, IReadOnlyList<SeparatedPair> before, IReadOnlyDictionary<long, long> copied,
        string now)
    {
        IEnumerable<SeparatedPair> came = Read(connection, "coming")
            .Where(pair => copied.ContainsKey(pair.One) && copied.ContainsKey(pair.Other))
            .Select(pair => Ordered(copied[pair.One], copied[pair.Other], pair.Distance));
        foreach (SeparatedPair pair in before.Concat(came).GroupBy(pair => (pair.One, pair.Other))
            .Select(same => same.MinBy(pair => pair.Distance)))
            Set(connection, pair, now);
    }

    private static SeparatedPair Ordered(long one, long other, float distance) =>
        new(Math.Min(one, other), Math.Max(one, other), distance);

    private static List<SeparatedPair> Read(SqliteConnection connection, string schema)
    {
        List<SeparatedPair> pairs = [];
        if (Sqlite.Number(connection, $"PRAGMA {schema}.user_version") < GallerySchema.FirstWithRules)
            return pairs;
        using SqliteCommand command = Sqlite.Command(connection,
            $"SELECT one, other, distance FROM {schema}.look_alike ORDER BY one, other");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            pairs.Add(new SeparatedPair(row.GetInt64(0), row.GetInt64(1), row.GetFloat(2)));
        return pairs;
    }
}
