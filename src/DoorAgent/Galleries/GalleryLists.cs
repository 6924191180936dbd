using System.Collections.Immutable;
using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads the contents of a gallery as lists for people.</summary>
internal static class GalleryLists
{
    /// <summary>Reads all people, ordered by name.</summary>
    public static IReadOnlyList<PersonEntry> People(SqliteConnection connection)
    {
        ILookup<string, BadgeEntry> badges = Badges(connection).ToLookup(badge => badge.Person);
        Dictionary<long, bool> pins = GalleryPins.Owners(connection);
        Dictionary<long, Consent> consents = GalleryConsents.Read(connection);
        Dictionary<long, ImmutableArray<long>> hosts = GalleryHosts.Read(connection);
        List<PersonEntry> people = [];
        using SqliteCommand command = Sqlite.Command(connection, $"""
            SELECT name, extended, added, (SELECT count(*) FROM encoding e
                WHERE e.person = p.id AND e.encoder = (SELECT active_encoder FROM gallery)), schedule, valid_from, valid_until, id,
                (SELECT max(e.added) FROM encoding e
                    WHERE e.person = p.id AND e.encoder = (SELECT active_encoder FROM gallery)), {GalleryMarks.Columns(connection)},
                {GalleryOrigin.Columns(connection)}
            FROM person p ORDER BY name_key
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            string name = row.GetString(0);
            people.Add(new PersonEntry(name, row.GetBoolean(12), row.GetBoolean(1), row.GetString(2), row.GetInt32(3), [.. badges[name]])
            {
                Id = row.GetInt64(7),
                HasPin = pins.TryGetValue(row.GetInt64(7), out bool hasDuress),
                HasDuressPin = hasDuress,
                Consent = consents.GetValueOrDefault(row.GetInt64(7)),
                PicturesSince = row.IsDBNull(8) ? null : MomentOf(row.GetString(8)),
                Schedule = row.GetString(4),
                ValidFrom = ValidityRows.Read(row, 5, row.GetInt64(7), name),
                ValidUntil = ValidityRows.Read(row, 6, row.GetInt64(7), name),
                IsForLockdown = row.GetBoolean(9),
                NeedsSecondPerson = row.GetBoolean(10),
                IsEscorted = row.GetBoolean(11),
                HostIds = hosts.GetValueOrDefault(row.GetInt64(7), []),
                Origin = row.IsDBNull(13) ? null : row.GetString(13),
            });
        }

        Dictionary<long, string> names = people.ToDictionary(person => person.Id, person => person.Name);
        return [.. people.Select(person => person with { Hosts = [.. person.HostIds.Select(host => names.GetValueOrDefault(host, "?"))] })];
    }

    // A time that another program wrote in another form reminds of nothing.
    private static DateTimeOffset? MomentOf(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;

    /// <summary>Reads all badges, ordered by the owner's name, without their numbers. Needs no key.</summary>
    public static IReadOnlyList<BadgeEntry> Badges(SqliteConnection connection) => Badges(connection,
        row => new BadgeEntry(row.GetString(0), row.GetString(1), BadgeStateText.State(row.GetString(2)))
        {
            Id = row.GetInt64(6), Added = row.GetString(3),
        });

    /// <summary>Reads all badges with their numbers, ordered by the owner's name.</summary>
    /// <exception cref="UserErrorException">The key is missing, a seal is broken, or a badge has no badge number.</exception>
    public static IReadOnlyList<NumberedBadge> NumberedBadges(GalleryConnection connection)
    {
        GallerySeal seal = connection.Seal;
        return Badges(connection, row => Numbered(connection, seal, row));
    }

    private static NumberedBadge Numbered(GalleryConnection connection, GallerySeal seal, SqliteDataReader row)
    {
        Badge badge = Badge.TryParse(GalleryBadges.Number(connection, seal, row.GetFieldValue<byte[]>(4), row.GetInt64(5), row.GetInt64(6)))
            ?? throw new UserErrorException(
                $"{row.GetString(0)} has a badge in the gallery that is not a badge number: "
                    + "the file is damaged, or another program wrote it.");
        return new NumberedBadge(row.GetString(0), badge, BadgeStateText.State(row.GetString(2)));
    }

    private static List<T> Badges<T>(SqliteConnection connection, Func<SqliteDataReader, T> read)
    {
        List<T> badges = [];
        using SqliteCommand command = Sqlite.Command(connection, """
            SELECT p.name, b.hint, b.state, b.added, b.number, b.person, b.id FROM badge b JOIN person p ON p.id = b.person
            ORDER BY p.name_key, b.id
            """);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            badges.Add(read(row));
        return badges;
    }
}
