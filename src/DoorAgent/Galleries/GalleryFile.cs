using System.Security.Cryptography;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Settings;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>
/// The gallery for those who change it: each method is one transaction, which raises the revision, so that a running daemon
/// follows within a second. A removed person's bytes are overwritten, in the log too.
/// </summary>
internal sealed class GalleryFile : IDisposable
{
    private const int MarkBytes = 16;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;
    private bool _isInTransaction;

    /// <summary>Opens the gallery, making it where there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be used; the message says why and what to do.</exception>
    public GalleryFile(string path, TimeProvider time) : this(path, time, GalleryDatabase.OpenToWrite(path))
    {
    }

    /// <summary>Takes a connection that is open already, and closes it.</summary>
    internal GalleryFile(string path, TimeProvider time, SqliteConnection connection) => (_path, _time, _connection) = (path, time, connection);

    /// <summary>Opens the gallery for those who only look; changing it fails.</summary>
    /// <exception cref="UserErrorException">It is not there or cannot be used; the message says why and what to do.</exception>
    public static GalleryFile OpenToRead(string path) => new(path, TimeProvider.System, GalleryDatabase.OpenToRead(path));

    /// <summary>Opens the gallery for those who only look; null where there is none yet.</summary>
    /// <exception cref="UserErrorException">It cannot be used; the message says why and what to do.</exception>
    public static GalleryFile? OpenIfAny(string path) => GalleryDatabase.OpenIfAny(path) is { } connection ? new(path, TimeProvider.System, connection) : null;

    /// <summary>A copy in memory, to try changes on; an empty gallery where there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be used; the message says why and what to do.</exception>
    public static GalleryFile CopyInMemory(string path, TimeProvider time) => new(path, time, GalleryDatabase.CopyInMemory(path));

    /// <summary>Opens a gallery to change it, and makes none.</summary>
    /// <exception cref="UserErrorException">It is not there or cannot be used; the message says why and what to do.</exception>
    public static GalleryFile OpenToChange(string path, TimeProvider time)
    {
        GalleryDatabase.RequireFile(path);
        return new GalleryFile(path, time);
    }

    /// <summary>The encoder that the gallery names; null while nobody is enrolled.</summary>
    public EncoderIdentity? Encoder => Reading(() => HasEncodings ? GalleryRows.ReadEncoder(_connection) : null);

    private bool HasEncodings => Sqlite.Number(_connection, "SELECT EXISTS (SELECT * FROM encoding)") == 1;

    /// <summary>Everybody, as the daemon would read them.</summary>
    public Gallery Read(EncoderIdentity inUse) => Reading(() => GalleryRows.Read(_connection, _path, inUse));

    /// <summary>Everybody, by name. Needs no network.</summary>
    public IReadOnlyList<PersonEntry> People => Reading(() => GalleryLists.People(_connection));

    /// <summary>Every badge, by name.</summary>
    public IReadOnlyList<BadgeEntry> Badges => Reading(() => GalleryLists.Badges(_connection));

    /// <summary>Somebody.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public PersonEntry Person(string name)
    {
        IReadOnlyList<PersonEntry> people = People;
        string meant = PersonName.Find(name, [.. people.Select(person => person.Name)]) ?? throw Unknown(name);
        return people.First(person => person.Name == meant);
    }

    /// <summary>Adds a person with pictures and, perhaps, a badge.</summary>
    /// <exception cref="UserErrorException">The name or badge is taken, or the gallery has another encoder.</exception>
    public void AddPerson(PersonName name, bool isExtended, Badge? badge, EncoderIdentity encoder, IReadOnlyList<EnrolledPicture> pictures, TimeSpan keepCrops = default) => Change(() =>
    {
        GalleryNames.RequireFree(_connection, name);
        long person = GalleryIds.OfPerson(_connection, _time.GetUtcNow());
        Run("INSERT INTO person (id, name, name_key, extended, added) VALUES ($id, $name, $key, $extended, $now)",
            ("$id", person), ("$name", name.Text), ("$key", name.Key), ("$extended", isExtended ? 1 : 0), ("$now", Now));
        if (badge is not null)
            Insert(badge, person);
        Insert(pictures, person, encoder, keepCrops);
    });

    /// <summary>Refuses a name or badge that is taken, before somebody waits for their pictures to be read.</summary>
    /// <exception cref="UserErrorException">It is taken; the message says by whom.</exception>
    public void RequireFree(PersonName name, Badge? badge) => Reading(() =>
    {
        GalleryNames.RequireFree(_connection, name);
        if (badge is not null)
            RequireFree(badge);
        return 0;
    });

    /// <summary>Puts these pictures in the place of a person's.</summary>
    /// <param name="name">The person.</param>
    /// <param name="encoder">Made the encodings.</param>
    /// <param name="before">The person's pictures as they were when <paramref name="pictures"/> were chosen.</param>
    /// <param name="pictures">All that the person has from now on.</param>
    /// <param name="keepCrops">How long their crops are kept, where they have some.</param>
    /// <exception cref="UserErrorException">Nobody has that name, the person's pictures are no longer those, or the gallery has another encoder.</exception>
    public void ReplacePictures(string name, EncoderIdentity encoder, IReadOnlyList<EnrolledPicture> before, IReadOnlyList<EnrolledPicture> pictures, TimeSpan keepCrops = default) => Change(() =>
    {
        long person = Need(name);
        if (!Digests(before).SetEquals(Digests(PicturesOf(name))))
            throw new UserErrorException($"The pictures of {name} were changed by somebody else in the meantime; nothing was written. Look at 'dooragent people show', and do it again.");
        Run("DELETE FROM encoding WHERE person = $person AND encoder = (SELECT active_encoder FROM gallery)", ("$person", person));
        Insert(pictures, person, encoder, keepCrops);
        GalleryEncoders.DeleteReplaced(_connection, person);
    });

    /// <summary>A person's pictures.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public IReadOnlyList<EnrolledPicture> PicturesOf(string name) => Reading(() => GalleryRows.ReadPictures(_connection, _path, Need(name)));

    /// <summary>Of how many of a person's pictures the face is kept, and until when at the latest (UTC); null without any.</summary>
    public (int Pictures, string Until)? CropsOf(string name) => Query(connection => GalleryCrops.Of(connection, name));

    /// <summary>Gives a person another name; they stay the same person, to records too.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or somebody has the other, or one that looks like it.</exception>
    public void Rename(string name, PersonName to) => Change(() => GalleryNames.Rename(_connection, Need(name), to));

    /// <summary>Lets a person in again, or no more.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public void SetEnabled(string name, bool isEnabled) => Change(() =>
        Run("UPDATE person SET enabled = $enabled WHERE id = $id", ("$enabled", isEnabled ? 1 : 0), ("$id", Need(name))));

    /// <summary>Gives a person other hours; whether a schedule of that name is configured is the daemon's to know.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public void SetSchedule(string name, string schedule) => Change(() =>
        Run("UPDATE person SET schedule = $schedule WHERE id = $id", ("$schedule", schedule), ("$id", Need(name))));

    /// <summary>Sets from when on, or until when, a person is valid; null for ever.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or they could never be valid.</exception>
    public void SetValidity(string name, ValidityLimit limit, ValidityDate? date) => Change(() =>
    {
        string column = limit == ValidityLimit.From ? "valid_from" : "valid_until";
        Run($"UPDATE person SET {column} = $date WHERE id = $id", ("$date", date?.ToString()), ("$id", Need(name)));
        PersonEntry person = Person(name);
        if (person is { ValidFrom: { } first, ValidUntil: { } last } && last.IsBefore(first))
            throw new UserErrorException($"{person.Name} would be valid {person.Validity}, which is never; nothing was written. Change the other date first, or disable them ('dooragent people disable').");
    });

    /// <summary>A person's PIN; null when they have none.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public PersonPin? PinOf(string name) => Reading(() => GalleryPins.Read(_connection).GetValueOrDefault(Need(name)));

    /// <summary>Gives a person a PIN, or the one that they type when somebody forces them.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, both PINs would be the same, or there is none beside which a duress PIN could stand.</exception>
    public void SetPin(string name, Pin pin, bool isDuress) => Change(() => GalleryPins.Set(_connection, Need(name), name, pin, isDuress, Now));

    /// <summary>Takes a person's duress PIN away, or both.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public void ClearPin(string name, bool duressOnly) => Change(() => GalleryPins.Clear(_connection, Need(name), duressOnly));

    /// <summary>Removes a person with everything of theirs, and overwrites where it lay.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public void Remove(string name) => Change(() => Run("DELETE FROM person WHERE id = $id", ("$id", Need(name))));

    /// <summary>Gives a person a badge.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or somebody has that badge.</exception>
    public void AddBadge(string name, Badge badge) => Change(() => Insert(badge, Need(name)));

    /// <summary>Blocks a badge, or lets it be used again. A blocked or lost one is kept: at the door it is an alarm.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge.</exception>
    public void SetBadge(Badge badge, BadgeState state) => Change(() => OnBadge(
        badge, "UPDATE badge SET state = $state WHERE number = $number", ("$state", BadgeStateText.Of(state))));

    /// <summary>Forgets a badge: at the door it is then unknown.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge.</exception>
    public void RemoveBadge(Badge badge) => Change(() => OnBadge(badge, "DELETE FROM badge WHERE number = $number"));

    public void Dispose() => _connection.Dispose();

    /// <summary>Reads something of the gallery, for this room's own classes.</summary>
    public T Query<T>(Func<SqliteConnection, T> question) => Reading(() => question(_connection));

    /// <summary>Changes the gallery in one transaction, for this room's own classes.</summary>
    /// <exception cref="UserErrorException">It could not be; nothing was written.</exception>
    public void Change(Action<SqliteConnection, string> change) => Change(() => change(_connection, Now));

    private string Now => GalleryCrops.Text(_time.GetUtcNow());

    /// <summary>Makes several changes one: all of them in one transaction, or none.</summary>
    /// <exception cref="UserErrorException">One could not be made; nothing was written.</exception>
    public void InOneTransaction(Action changes) => Change(() =>
    {
        bool wasInTransaction = _isInTransaction;
        _isInTransaction = true;
        try
        {
            changes();
        }
        finally
        {
            _isInTransaction = wasInTransaction;
        }
    });

    private void Change(Action change)
    {
        if (_isInTransaction)
            change();
        else
            ChangeAlone(change);
    }

    private void ChangeAlone(Action change) => Guard(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        GallerySchema.Upgrade(_connection);
        change();
        GalleryCrops.DeleteExpired(_connection, _time.GetUtcNow());
        Run("UPDATE gallery SET revision = revision + 1, mark = $mark", ("$mark", RandomNumberGenerator.GetBytes(MarkBytes)));
        transaction.Commit();
        EmptyLog();
        return 0;
    });

    /// <summary>Empties the write-ahead log after each change: what was removed is gone from it too, and a gallery that is put
    /// in the place of this one by rename finds no log of another file beside it.</summary>
    private void EmptyLog()
    {
        string? why = null;
        try
        {
            if (Sqlite.Number(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                why = "another process has been reading it all the time";
        }
        catch (SqliteException failure)
        {
            why = failure.Message;
        }

        if (why is not null)
        {
            throw new UserErrorException($"The gallery {_path} is changed, but its log could not be emptied ({why}), and what was there before still lies in {_path}-wal. "
                + "Fix that, and change anything again.");
        }
    }

    private T Reading<T>(Func<T> read) => GalleryDatabase.Reading(_path, read);

    private T Guard<T>(Func<T> action) => GalleryDatabase.Guard(_path, action);

    private int Run(string sql, params (string, object?)[] parameters) => Sqlite.Run(_connection, sql, parameters);

    private long Need(string name) => GalleryNames.Find(_connection, name) ?? throw Unknown(name);

    private UserErrorException Unknown(string name) =>
        new($"Nobody called {name} is enrolled.{DidYouMean.Hint(name, GalleryNames.All(_connection))}");

    private void OnBadge(Badge badge, string sql, params (string, object?)[] parameters)
    {
        if (Run(sql, [.. parameters, ("$number", Bytes(badge))]) == 0)
            throw new UserErrorException($"Nobody has the badge {badge}. 'dooragent badges list' shows whose are known.");
    }

    private void RequireFree(Badge badge)
    {
        if (Sqlite.Scalar(_connection, "SELECT p.name FROM badge b JOIN person p ON p.id = b.person WHERE b.number = $number", ("$number", Bytes(badge))) is string owner)
            throw new UserErrorException($"The badge {badge} is {owner}'s. A badge opens for one person; remove it there first ('dooragent badges remove').");
    }

    private void Insert(Badge badge, long person)
    {
        RequireFree(badge);
        Run("INSERT INTO badge (id, person, number, hint, added) VALUES ($id, $person, $number, $hint, $now)",
            ("$id", GalleryIds.OfBadge(_connection)), ("$person", person), ("$number", Bytes(badge)), ("$hint", badge.Hint), ("$now", Now));
    }

    private void Insert(IReadOnlyList<EnrolledPicture> pictures, long person, EncoderIdentity encoder, TimeSpan keepCrops)
    {
        long id = EncoderId(encoder);
        GalleryCrops.Insert(_connection, person, pictures, _time.GetUtcNow() + keepCrops);
        foreach (EnrolledPicture picture in pictures)
            GalleryEncoders.Insert(_connection, person, id, picture, Now);
    }

    /// <summary>The active encoder's row; the first enrolment names it, and no other takes its place here.</summary>
    private long EncoderId(EncoderIdentity encoder)
    {
        EncoderIdentity? active = HasEncodings ? GalleryRows.ReadEncoder(_connection) : null;
        if (active is not null && (active.Digest != encoder.Digest || active.Alignment != encoder.Alignment))
            throw new UserErrorException($"The gallery was made with the encoder {active.Name}; encodings of {encoder.Name} cannot stand beside them.");
        return active is null ? GalleryEncoders.Activate(_connection, encoder) : Sqlite.Number(_connection, "SELECT active_encoder FROM gallery");
    }

    private static HashSet<string> Digests(IEnumerable<EnrolledPicture> pictures) => [.. pictures.Select(picture => Convert.ToHexString(picture.Picture))];

    private static byte[] Bytes(Badge badge) => System.Text.Encoding.UTF8.GetBytes(badge.Number);
}
