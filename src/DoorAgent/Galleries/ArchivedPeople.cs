using DoorAgent.Matching;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The people of a gallery that travels, checked from end to end: what an import refuses is never exported.</summary>
/// <param name="Encoder">The encoder of all their encodings.</param>
/// <param name="Everybody">The people.</param>
/// <param name="Badges">Their badges.</param>
internal sealed record ArchivedPeople(EncoderIdentity Encoder, Gallery Everybody, IReadOnlyList<BadgeEntry> Badges)
{
    /// <summary>How many people, badges and encodings.</summary>
    public (long People, long Badges, long Encodings) Counts => (Everybody.People.Length, Badges.Count, Everybody.EncodingCount);

    /// <summary>Reads and checks them.</summary>
    /// <param name="connection">An open gallery.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="UserErrorException">It has no encoder, or something in it is not a vector, a badge or a date.</exception>
    /// <exception cref="InvalidDataException">A name, a schedule or a time is not written as this program writes them.</exception>
    public static ArchivedPeople Read(SqliteConnection connection, string path)
    {
        EncoderIdentity encoder = GalleryRows.RequireEncoder(connection, path);
        Gallery everybody = GalleryRows.Read(connection, path, encoder);
        IReadOnlyList<BadgeEntry> badges = GalleryLists.Badges(connection);
        RequireTimes(connection);
        foreach (Person person in everybody.People)
        {
            RequireName(connection, person);
            RequireSchedule(person);
        }

        return new ArchivedPeople(encoder, everybody, badges);
    }

    /// <summary>Text that is not a time would be shown as one, and a kept face that goes at such a time would never go.</summary>
    private static void RequireTimes(SqliteConnection connection)
    {
        const string asWritten = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'";
        if (Sqlite.Scalar(connection, $"""
            SELECT 1 FROM (SELECT added FROM person UNION ALL SELECT added FROM badge UNION ALL SELECT added FROM encoding UNION ALL SELECT keep_until FROM crop)
            WHERE added NOT GLOB {asWritten}
            """) is not null)
        {
            throw new InvalidDataException("a time is not written in it as times are");
        }
    }

    /// <summary>Nobody would find a name that is not one, and by a key that is not the name's somebody else would be found.</summary>
    private static void RequireName(SqliteConnection connection, Person person)
    {
        PersonName name = PersonName.Written(person.Name);
        if (name.Text != person.Name || Sqlite.Scalar(connection, "SELECT name_key FROM person WHERE id = $id", ("$id", person.Id)) is not string key || key != name.Key)
            throw new InvalidDataException($"the name {name.Text} is not written in it as names are");
    }

    /// <summary>It stands in logs and lists, where a control character would be a command to the terminal.</summary>
    private static void RequireSchedule(Person person)
    {
        if (!ScheduleName.IsName(person.Schedule))
            throw new InvalidDataException($"the schedule of {person.Name} is not written in it as schedules are");
    }
}
