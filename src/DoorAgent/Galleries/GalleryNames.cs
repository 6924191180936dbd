using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The names in a gallery: found, kept apart and changed, for those who hold its connection.</summary>
internal static class GalleryNames
{
    /// <summary>The person meant by a name (<see cref="PersonName.Find"/>); null when nobody is.</summary>
    public static long? Find(SqliteConnection connection, string name) =>
        Row(connection, PersonName.KeyOf(name)) ?? (PersonName.Find(name, All(connection)) is { } meant ? Row(connection, PersonName.KeyOf(meant)) : null);

    /// <summary>Everybody's name.</summary>
    public static IReadOnlyList<string> All(SqliteConnection connection)
    {
        List<string> names = [];
        using SqliteCommand command = Sqlite.Command(connection, "SELECT name FROM person ORDER BY name_key");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }

    /// <summary>Refuses a name that somebody has, or that a reader would take for somebody's.</summary>
    /// <exception cref="UserErrorException">It is so; the message says whose.</exception>
    public static void NeedFree(SqliteConnection connection, PersonName name)
    {
        if (Row(connection, name.Key) is not null)
            throw new UserErrorException($"{name.Text} is enrolled already. Add pictures with 'dooragent people pictures', or take another name.");
        NeedApart([name], All(connection));
    }

    /// <summary>Refuses names of which a reader would take one for one of others.</summary>
    /// <exception cref="UserErrorException">It is so; the message says which for which, and by what they differ.</exception>
    public static void NeedApart(IEnumerable<PersonName> names, IEnumerable<string> others)
    {
        // Each look is computed once: an archive of thousands may meet a gallery of thousands.
        (string Name, NameSkeleton Look)[] there = [.. others.Select(other => (other, NameSkeleton.Of(other)))];
        foreach (PersonName name in names)
        {
            NameSkeleton look = NameSkeleton.Of(name.Text);
            if (Array.Find(there, other => look.IsConfusableWith(other.Look)).Name is { } alike)
            {
                throw new UserErrorException($"{name.Text} looks like {alike}, who is enrolled, and in a list nobody could tell them apart ({Difference(name.Text, alike)}). "
                    + "Nothing was written; take a name that can be told from it, for example with a second first name.");
            }
        }
    }

    /// <summary>Gives somebody another name.</summary>
    /// <exception cref="UserErrorException">It is somebody else's, or looks like it.</exception>
    public static void Rename(SqliteConnection connection, long person, PersonName to)
    {
        if (Row(connection, to.Key) is { } owner && owner != person)
            throw new UserErrorException($"{to.Text} is enrolled already, and is somebody else. Take another name.");
        string before = (string)Sqlite.Scalar(connection, "SELECT name FROM person WHERE id = $id", ("$id", person))!;
        NeedApart([to], All(connection).Where(name => name != before));
        Sqlite.Run(connection, "UPDATE person SET name = $name, name_key = $key WHERE id = $id", ("$name", to.Text), ("$key", to.Key), ("$id", person));
    }

    private static long? Row(SqliteConnection connection, string key) => (long?)Sqlite.Scalar(connection, "SELECT id FROM person WHERE name_key = $key", ("$key", key));

    private static string Difference(string name, string other)
    {
        (System.Text.Rune Here, System.Text.Rune There) differ = name.EnumerateRunes().Zip(other.EnumerateRunes())
            .FirstOrDefault(pair => System.Text.Rune.ToUpperInvariant(pair.First) != System.Text.Rune.ToUpperInvariant(pair.Second));
        return differ == default ? "by a character that is not seen" : $"{NameCharacters.Named(differ.Here)} here, {NameCharacters.Named(differ.There)} there";
    }
}
