using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>The people of an exported gallery, completely checked. Export and import share the check, so an export never writes what an
/// import refuses.</summary>
/// <param name="Encoder">The encoder of all their encodings.</param>
/// <param name="Rule">The rule of comparison that the archive carries (<see cref="GalleryRules"/>).</param>
/// <param name="Everybody">The people, with their encodings as they are stored.</param>
/// <param name="Badges">Badges of these people.</param>
internal sealed record ArchivedPeople(EncoderIdentity Encoder, ComparisonRule Rule, Gallery Everybody, IReadOnlyList<NumberedBadge> Badges)
{
    /// <summary>Number of people with a recorded consent.</summary>
    public int Consents { get; private init; }

    /// <summary>Numbers of people, badges and encodings.</summary>
    public (long People, long Badges, long Encodings) Counts => (Everybody.People.Length, Badges.Count, Everybody.EncodingCount);

    /// <summary>Reads and checks the people.</summary>
    /// <param name="connection">An open gallery.</param>
    /// <param name="path">Path of the gallery, for messages.</param>
    /// <exception cref="UserErrorException">The gallery has no encoder, or holds an invalid vector, badge or date.</exception>
    /// <exception cref="InvalidDataException">A name, a schedule or a time is not in the form that this program writes.</exception>
    public static ArchivedPeople Read(GalleryConnection connection, string path)
    {
        (EncoderIdentity encoder, ComparisonRule rule) = GalleryRows.RequireMethod(connection, path);
        Gallery everybody = GalleryRows.Read(connection, path, encoder, rule.OfEncodings);
        IReadOnlyList<NumberedBadge> badges = GalleryLists.NumberedBadges(connection);
        RequireHints(connection, badges);
        RequireTimes(connection);
        foreach (Person person in everybody.People)
        {
            RequireName(connection, person);
            RequireSchedule(person);
        }

        return new ArchivedPeople(encoder, rule, everybody, badges) { Consents = GalleryConsents.Read(connection).Count };
    }

    /// <summary>Refuses hints that are not of the badge: lists show them.</summary>
    private static void RequireHints(SqliteConnection connection, IReadOnlyList<NumberedBadge> badges)
    {
        if (!GalleryLists.Badges(connection).Select(badge => badge.Hint).SequenceEqual(badges.Select(badge => badge.Badge.Hint)))
            throw new InvalidDataException("it contains a badge whose last digits are stored in a wrong form");
    }

    /// <summary>Refuses text that is not a time: a list would show it, and a kept face with such a deadline would never be
    /// deleted.</summary>
    private static void RequireTimes(SqliteConnection connection)
    {
        string consents = Sqlite.Number(connection, "PRAGMA user_version") >= GallerySchema.FirstWithRules
            ? "UNION ALL SELECT added FROM consent" : "";
        const string asWritten = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'";
        if (Sqlite.Scalar(connection, $"""
            SELECT 1 FROM (SELECT added FROM person UNION ALL SELECT added FROM badge UNION ALL SELECT added FROM encoding
                          UNION ALL SELECT keep_until FROM crop {consents})
            WHERE added NOT GLOB {asWritten}
            """) is not null)
        {
            throw new InvalidDataException("it contains a time in a wrong form");
        }
    }

    /// <summary>Refuses invalid names, which nobody could look up, and keys that do not belong to the name, which would find the wrong
    /// person.</summary>
    private static void RequireName(SqliteConnection connection, Person person)
    {
        PersonName name = PersonName.Written(person.Name);
        object? found = Sqlite.Scalar(connection, "SELECT name_key FROM person WHERE id = $id", ("$id", person.Id));
        if (name.Text != person.Name || found is not string key || key != name.Key)
            throw new InvalidDataException($"the name {name.Text} is stored in a wrong form");
    }

    /// <summary>Refuses an invalid schedule name: logs and lists show the name, where a control character would command the
    /// terminal.</summary>
    private static void RequireSchedule(Person person)
    {
        if (!ScheduleName.IsName(person.Schedule))
            throw new InvalidDataException($"the schedule of {person.Name} is stored in a wrong form");
    }
}
