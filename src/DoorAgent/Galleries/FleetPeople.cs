using System.Runtime.InteropServices;
using System.Text;
using DoorAgent.Decisions;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Schedules;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Writes people of the fleet into the rows of a gallery, within a change. Somebody who is here already keeps row id, PIN and the
/// lock-out at this door.</summary>
internal sealed class FleetPeople : IDisposable
{
    private readonly GalleryConnection _connection;
    private readonly GallerySeal _seal;
    private readonly DateTimeOffset _time;
    private readonly string _now;
    private readonly PreparedStatement _insert, _update, _delete, _badges, _addBadge, _deleteBadge, _pictures, _deleteEncodings, _addEncoding,
        _clear, _addHost, _addConsent;

    /// <param name="connection">The gallery.</param>
    /// <param name="now">The time of the change.</param>
    public FleetPeople(GalleryConnection connection, DateTimeOffset now)
    {
        (_connection, _seal, _time, _now) = (connection, connection.Seal, now, GalleryCrops.Text(now));
        string[] fields = ["$id", "$name", "$key", "$enabled", "$extended", "$from", "$until", "$schedule", "$lockdown", "$two", "$escorted"];
        _insert = Make("""
            INSERT INTO person (id, name, name_key, enabled, extended, valid_from, valid_until, schedule, lockdown, two_person, escorted, origin, added)
            VALUES ($id, $name, $key, $enabled, $extended, $from, $until, $schedule, $lockdown, $two, $escorted, $origin, $now)
            """, [.. fields, "$origin", "$now"]);
        _update = Make("""
            UPDATE person SET (name, name_key, enabled, extended, valid_from, valid_until, schedule, lockdown, two_person, escorted)
                = (ifnull($name, name), ifnull($key, name_key), $enabled, $extended, $from, $until, $schedule, $lockdown, $two, $escorted)
            WHERE id = $id
            """, fields);
        _delete = Make("DELETE FROM person WHERE id = $id", "$id");
        _badges = Make("SELECT id, lookup FROM badge WHERE person = $person", "$person");
        _addBadge = Make("""
            INSERT INTO badge (id, person, number, lookup, hint, added) VALUES ($id, $person, $number, $lookup, $hint, $now)
            """, "$id", "$person", "$number", "$lookup", "$hint", "$now");
        _deleteBadge = Make("DELETE FROM badge WHERE id = $id", "$id");
        _pictures = Make("SELECT picture, min(added) FROM encoding WHERE person = $person GROUP BY picture", "$person");
        _deleteEncodings = Make("DELETE FROM encoding WHERE person = $person", "$person");
        _addEncoding = Make("""
            INSERT INTO encoding (id, person, encoder, picture, quality, vector, added)
            VALUES ($id, $person, $encoder, $picture, $quality, $vector, $added)
            """, "$id", "$person", "$encoder", "$picture", "$quality", "$vector", "$added");
        _clear = Make("DELETE FROM fleet_host WHERE visitor = $person; DELETE FROM consent WHERE person = $person;", "$person");
        _addHost = Make("INSERT INTO fleet_host (visitor, host) VALUES ($person, $host)", "$person", "$host");
        _addConsent = Make("INSERT INTO consent (person, date, note, added) VALUES ($person, $date, $note, $now)",
            "$person", "$date", "$note", "$now");
    }

    /// <summary>Writes a person whom <see cref="FleetConflicts"/> has accepted.</summary>
    /// <param name="person">The person.</param>
    /// <param name="known">The person's row id, where they are here or were here; null for a newcomer.</param>
    /// <param name="isHere">Whether there is a row.</param>
    /// <param name="encoder">The gallery's encoder and its row id; null where the person has no encodings.</param>
    /// <returns>The row id.</returns>
    public long Write(FleetPerson person, long? known, bool isHere, (long Row, EncoderIdentity Encoder)? encoder)
    {
        long id = known ?? GalleryIds.OfPerson(_connection, _time);
        PersonName name = PersonName.Written(person.Name);
        object?[] fields = Fields(id, name, person);
        if (isHere)
            _update.Run(fields);
        else
            _insert.Run([.. fields, person.Id, _now]);
        WriteBadges(id, person);
        WriteEncodings(id, person, encoder);
        WriteRest(id, person);
        return id;
    }

    /// <summary>Takes over of a refused record what makes the door stricter or changes when the person may enter: the rights and dates,
    /// and which badges are no longer the person's. Name, new badges and encodings stay as they were.</summary>
    public void WriteRights(long id, FleetPerson person)
    {
        _update.Run(Fields(id, null, person));
        RemoveBadges(id, person);
        WriteRest(id, person);
    }

    /// <summary>Deletes a person with all related rows.</summary>
    public void Remove(long id) => _delete.Run(id);

    /// <summary>Frees a person's badges and name, so that people of one delivery can exchange them.</summary>
    public void Release(long id)
    {
        foreach ((long badge, _) in BadgesOf(id))
            _deleteBadge.Run(badge);
        Sqlite.Run(_connection, "UPDATE person SET name_key = $key WHERE id = $id",
            ("$key", FormattableString.Invariant($"\n{id}")), ("$id", id));
    }

    /// <summary>Finds the hosts of the fleet's visitors among the people who are here now.</summary>
    public static void ResolveHosts(SqliteConnection connection) => Sqlite.Run(connection, """
        DELETE FROM host WHERE visitor IN (SELECT id FROM person WHERE origin IS NOT NULL);
        INSERT INTO host (visitor, host) SELECT f.visitor, p.id FROM fleet_host f JOIN person p ON p.origin = f.host
            WHERE p.escorted = 0 AND p.id <> f.visitor;
        """);

    public void Dispose()
    {
        foreach (PreparedStatement statement in new[]
            { _insert, _update, _delete, _badges, _addBadge, _deleteBadge, _pictures, _deleteEncodings, _addEncoding, _clear, _addHost, _addConsent })
            statement.Dispose();
    }

    private static object?[] Fields(long id, PersonName? name, FleetPerson person) =>
    [
        id, name?.Text, name?.Key, Bit(person.IsEnabled), Bit(person.IsExtended), Date(person.ValidFrom), Date(person.ValidUntil),
        person.Schedule is null ? ScheduleOptions.Always : FleetHours.Prefix + person.Schedule,
        Bit(person.IsForLockdown), Bit(person.NeedsSecondPerson), Bit(person.IsEscorted),
    ];

    private static int Bit(bool value) => value ? 1 : 0;

    // The office may write a date in another form than the gallery.
    private static string? Date(string? text) => text is null ? null : ValidityDate.Parse(text).ToString();

    private void WriteBadges(long id, FleetPerson person)
    {
        HashSet<string> kept = RemoveBadges(id, person);
        foreach (Badge badge in person.Badges.Select(number => Badge.TryParse(number)!))
        {
            byte[] lookup = _seal.Lookup(badge);
            if (kept.Contains(Convert.ToHexString(lookup)))
                continue;
            long row = GalleryIds.OfBadge(_connection);
            byte[] number = _seal.Close(Encoding.UTF8.GetBytes(badge.Number), SealedIdentity.Of(SealedColumn.Badge, id, row));
            _addBadge.Run(row, id, number, lookup, badge.Hint, _now);
        }
    }

    /// <summary>Removes the badges that are no longer the person's, and returns what finds those that are left.</summary>
    private HashSet<string> RemoveBadges(long id, FleetPerson person)
    {
        HashSet<string> named = [.. person.Badges.Select(number => Convert.ToHexString(_seal.Lookup(Badge.TryParse(number)!)))];
        List<(long Id, string Lookup)> before = BadgesOf(id);
        foreach ((long badge, string lookup) in before)
        {
            if (!named.Contains(lookup))
                _deleteBadge.Run(badge);
        }

        return [.. before.Select(badge => badge.Lookup).Where(named.Contains)];
    }

    private List<(long Id, string Lookup)> BadgesOf(long id) =>
        _badges.Rows(row => (row.GetInt64(0), Convert.ToHexString(row.GetFieldValue<byte[]>(1))), id);

    private void WriteEncodings(long id, FleetPerson person, (long Row, EncoderIdentity Encoder)? encoder)
    {
        // A picture that was here keeps the day on which it came: lists remind people of old pictures.
        Dictionary<string, string> since = _pictures.Rows(row => (Convert.ToHexString(row.GetFieldValue<byte[]>(0)), row.GetString(1)), id)
            .ToDictionary(one => one.Item1, one => one.Item2);
        if (since.Count > 0)
            _deleteEncodings.Run(id);
        if (encoder is not { } active || person.Encodings.Count == 0)
            return;
        long row = GalleryIds.Issue(_connection, "encoding", person.Encodings.Count);
        foreach (FleetEncoding encoding in person.Encodings)
        {
            byte[] vector = _seal.Close(MemoryMarshal.AsBytes(encoding.Values.AsSpan()),
                SealedIdentity.OfEncoding(id, active.Encoder, encoding.Picture));
            _addEncoding.Run(row++, id, active.Row, encoding.Picture, (double)encoding.Quality, vector,
                since.GetValueOrDefault(Convert.ToHexString(encoding.Picture), _now));
        }
    }

    private void WriteRest(long id, FleetPerson person)
    {
        _clear.Run(id);
        foreach (string host in person.Hosts)
            _addHost.Run(id, host);
        if (person.Consent is { } consent)
            _addConsent.Run(id, consent.Date, consent.Note, _now);
    }

    private PreparedStatement Make(string sql, params string[] names) => new(_connection, sql, names);
}
