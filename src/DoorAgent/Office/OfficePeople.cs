using DoorAgent.Galleries;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Office;

/// <summary>A person of the fleet.</summary>
/// <param name="Id">The person's id, the same in every group.</param>
/// <param name="Name">Name of the person.</param>
internal sealed record OfficePerson(string Id, string Name);

/// <summary>The people of an office: their ids and names. What doors know of them is in <see cref="OfficeRecords"/>.</summary>
/// <param name="store">The database.</param>
/// <param name="time">The clock.</param>
internal sealed class OfficePeople(OfficeStore store, TimeProvider time)
{
    private const string Columns = "SELECT id, name FROM person";

    /// <summary>All people, by name.</summary>
    public IReadOnlyList<OfficePerson> All() => store.Rows($"{Columns} ORDER BY name", Read);

    /// <summary>Returns the person of a name, in any case; null where nobody has the name.</summary>
    public OfficePerson? Find(string name) =>
        store.Rows($"{Columns} WHERE name_key = $key", Read, ("$key", PersonName.KeyOf(name))).SingleOrDefault();

    /// <summary>Adds a person.</summary>
    public void Add(OfficePerson person) => store.Run("INSERT INTO person (id, name, name_key, added) VALUES ($id, $name, $key, $now)",
        ("$id", person.Id), ("$name", person.Name), ("$key", PersonName.KeyOf(person.Name)), ("$now", OfficeTime.Text(time.GetUtcNow())));

    /// <summary>Gives a person another name.</summary>
    public void Rename(string id, string name) => store.Run("UPDATE person SET name = $name, name_key = $key WHERE id = $id",
        ("$name", name), ("$key", PersonName.KeyOf(name)), ("$id", id));

    /// <summary>Forgets the name of a person; the records of their removal stay.</summary>
    public void Forget(string id) => store.Run("DELETE FROM person WHERE id = $id", ("$id", id));

    private static OfficePerson Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1));
}
