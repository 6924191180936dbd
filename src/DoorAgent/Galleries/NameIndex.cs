using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The names of a gallery by their looks, so that thousands of newcomers are compared with thousands of people in the time of one
/// look-up each. The rule is that of <see cref="GalleryNames.RequireFree"/>.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, List<long>> _keys = [], _capitals = [], _small = [];
    private readonly Dictionary<long, string> _names = [];

    /// <summary>Reads the names of everybody.</summary>
    public NameIndex(SqliteConnection connection)
    {
        using SqliteCommand command = Sqlite.Command(connection, "SELECT id, name FROM person");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            Set(row.GetInt64(0), row.GetString(1));
    }

    /// <summary>Returns the number of somebody else whose name is equal or looks equal; null where nobody has such a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="self">The person who is to have the name; null for a newcomer.</param>
    public long? Confusable(string name, long? self)
    {
        NameSkeleton look = NameSkeleton.Of(name);
        return Of(_keys, PersonName.KeyOf(name)).Concat(Of(_capitals, look.Capitals)).Concat(Of(_small, look.Small))
            .Where(other => other != self).Select(other => (long?)other).FirstOrDefault();
    }

    /// <summary>Gives a person a name; an earlier one is free again.</summary>
    public void Set(long person, string name)
    {
        Remove(person);
        _names[person] = name;
        NameSkeleton look = NameSkeleton.Of(name);
        Add(_keys, PersonName.KeyOf(name), person);
        Add(_capitals, look.Capitals, person);
        Add(_small, look.Small, person);
    }

    /// <summary>Frees a person's name.</summary>
    public void Remove(long person)
    {
        if (!_names.Remove(person, out string? name))
            return;
        NameSkeleton look = NameSkeleton.Of(name);
        Take(_keys, PersonName.KeyOf(name), person);
        Take(_capitals, look.Capitals, person);
        Take(_small, look.Small, person);
    }

    private static List<long> Of(Dictionary<string, List<long>> index, string key) => index.GetValueOrDefault(key) ?? [];

    private static void Add(Dictionary<string, List<long>> index, string key, long person)
    {
        if (index.TryGetValue(key, out List<long>? people))
            people.Add(person);
        else
            index[key] = [person];
    }

    private static void Take(Dictionary<string, List<long>> index, string key, long person)
    {
        index[key].Remove(person);
        if (index[key].Count == 0)
            index.Remove(key);
    }
}
