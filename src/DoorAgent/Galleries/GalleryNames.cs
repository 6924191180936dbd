using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Looks up, compares and changes the names in a gallery.</summary>
internal static class GalleryNames
{
    /// <summary>Finds the person meant by a name (<see cref="PersonName.Find"/>); null if nobody is meant.</summary>
    public static long? Find(SqliteConnection connection, string name) =>
        Row(connection, PersonName.KeyOf(name)) ?? (PersonName.Find(name, All(connection)) is { } meant
            ? Row(connection, PersonName.KeyOf(meant)) : null);

    /// <summary>Returns the names of all people.</summary>
    public static IReadOnlyList<string> All(SqliteConnection connection)
    {
        List<string> names = [];
        using SqliteCommand command = Sqlite.Command(connection, "SELECT name FROM person ORDER BY name_key");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }

    /// <summary>Refuses a name that is taken, or that looks like a taken one.</summary>
    /// <exception cref="UserErrorException">The name is taken or looks like a taken one; the message says which.</exception>
    public static void RequireFree(SqliteConnection connection, PersonName name)
    {
        if (Row(connection, name.Key) is not null)
            throw new UserErrorException($"{name.Text} is already enrolled. "
                + "Add pictures with 'dooragent people pictures', or use another name.");
        RequireDistinct([name], All(connection));
    }

    /// <summary>Refuses names that look like one of the others.</summary>
    /// <exception cref="UserErrorException">Two names look alike; the message says which, and how they differ.</exception>
    public static void RequireDistinct(IEnumerable<PersonName> names, IEnumerable<string> others)
    {
        // Each look is computed once: an archive of thousands may meet a gallery of thousands.
        (string Name, NameSkeleton Look)[] there = [.. others.Select(other => (other, NameSkeleton.Of(other)))];
        foreach (PersonName name in names)
        {
            NameSkeleton look = NameSkeleton.Of(name.Text);
            if (Array.Find(there, other => look.IsConfusableWith(other.Look)).Name is { } alike)
            {
                throw new UserErrorException($"{name.Text} looks like {alike}, who is enrolled, and in a list nobody could tell them apart "
                    + $"({Difference(name.Text, alike)}). Nothing was written; use a name that looks different, for example with a "
                        + "second first name.");
            }
        }
    }

    /// <summary>Renames a person.</summary>
    /// <exception cref="UserErrorException">The new name belongs to somebody else, or looks like such a name.</exception>
    public static void Rename(SqliteConnection connection, long person, PersonName to)
    {
        if (Row(connection, to.Key) is { } owner && owner != person)
            throw new UserErrorException($"{to.Text} is already enrolled, and is somebody else. Use another name.");
        string before = (string)Sqlite.Scalar(connection, "SELECT name FROM person WHERE id = $id", ("$id", person))!;
        RequireDistinct([to], All(connection).Where(name => name != before));
        Sqlite.Run(connection, "UPDATE person SET name = $name, name_key = $key WHERE id = $id",
            ("$name", to.Text), ("$key", to.Key), ("$id", person));
    }

    private static long? Row(SqliteConnection connection, string key) =>
        (long?)Sqlite.Scalar(connection, "SELECT id FROM person WHERE name_key = $key", ("$key", key));

    private static string Difference(string name, string other)
    {
        (System.Text.Rune Here, System.Text.Rune There) differ = name.EnumerateRunes().Zip(other.EnumerateRunes())
            .FirstOrDefault(pair => System.Text.Rune.ToUpperInvariant(pair.First) != System.Text.Rune.ToUpperInvariant(pair.Second));
        return differ == default
            ? "by an invisible character"
            : $"{NameCharacters.Named(differ.Here)} here, {NameCharacters.Named(differ.There)} there";
    }
}
