using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>
/// The gallery for code that changes it. Each change is one transaction and raises the revision, so that a running daemon follows within
/// a second. The bytes of a removed person are overwritten, in the write-ahead log too.
/// </summary>
internal sealed class GalleryFile : IDisposable
{
    private readonly GalleryConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;
    private bool _isInTransaction;

    /// <summary>Opens the gallery, creates the file where none exists, and seals an open one where the door has a key.</summary>
    /// <param name="path">Path of the gallery.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keys">The keys that this process may use; null for those of the data directory.</param>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public GalleryFile(string path, TimeProvider time, KeyRing? keys = null) : this(path, time, GalleryDatabase.OpenToWrite(path, keys))
    {
        try
        {
            GallerySealing.RunIfDue(_connection, time);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Takes ownership of an open connection.</summary>
    internal GalleryFile(string path, TimeProvider time, GalleryConnection connection) =>
        (_path, _time, _connection) = (path, time, connection);

    /// <summary>Opens the gallery for reading; a change then fails.</summary>
    /// <exception cref="UserErrorException">The gallery does not exist or cannot be used; the message says why and what to do.</exception>
    public static GalleryFile OpenToRead(string path, KeyRing? keys = null) =>
        new(path, TimeProvider.System, GalleryDatabase.OpenToRead(path, keys));

    /// <summary>Opens the gallery for reading; returns null if it does not exist yet.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static GalleryFile? OpenIfAny(string path, KeyRing? keys = null) =>
        GalleryDatabase.OpenIfAny(path, keys) is { } connection ? new(path, TimeProvider.System, connection) : null;

    /// <summary>Copies the gallery into memory, to try changes on the copy; without a gallery the copy is empty.</summary>
    /// <exception cref="UserErrorException">The gallery cannot be used; the message says why and what to do.</exception>
    public static GalleryFile CopyInMemory(string path, TimeProvider time) => new(path, time, GalleryDatabase.CopyInMemory(path));

    /// <summary>Opens an existing gallery for changes.</summary>
    /// <exception cref="UserErrorException">The gallery does not exist or cannot be used; the message says why and what to do.</exception>
    public static GalleryFile OpenToChange(string path, TimeProvider time, KeyRing? keys = null)
    {
        GalleryDatabase.RequireFile(path);
        return new GalleryFile(path, time, keys);
    }

    /// <summary>The active encoder; null while nobody is enrolled.</summary>
    public EncoderIdentity? Encoder => Reading(() =>
        GalleryEncoders.HasEncodings(_connection) ? GalleryRows.ReadEncoder(_connection) : null);

    /// <summary>The rule of comparison; null while nobody is enrolled.</summary>
    /// <exception cref="UserErrorException">A newer program wrote the rule.</exception>
    public ComparisonRule? Rule => Reading(() => GalleryEncoders.HasEncodings(_connection) ? GalleryRules.Read(_connection, _path) : null);

    /// <summary>The stored centre of the site, whether the rule uses it or not; null without one.</summary>
    public StoredCentre? Centre => Reading(() =>
        GalleryRows.ReadEncoder(_connection) is { } encoder ? GalleryCentres.Read(_connection, encoder) : null);

    /// <summary>The centre that the rule of comparison uses; null for a rule without one.</summary>
    public EncodingCentre? CentreInUse => Rule is { IsCentred: true } ? Centre?.Centre : null;

    /// <summary>Reads everybody as the daemon does, or under another rule of comparison.</summary>
    /// <param name="inUse">The encoder in use.</param>
    /// <param name="rule">The rule; null for the one that the gallery names.</param>
    /// <param name="centre">The centre of a centred rule; null for the stored one.</param>
    public Gallery Read(EncoderIdentity inUse, ComparisonRule? rule = null, EncodingCentre? centre = null) =>
        Reading(() => GalleryRows.Read(_connection, _path, inUse, rule, centre));

    /// <summary>All people, ordered by name. Needs no networks and no key.</summary>
    public IReadOnlyList<PersonEntry> People => Reading(() => GalleryLists.People(_connection));

    /// <summary>All badges without their numbers, ordered by the owner's name. Needs no key.</summary>
    public IReadOnlyList<BadgeEntry> Badges => Reading(() => GalleryLists.Badges(_connection));

    /// <summary>All badges with their numbers, ordered by the owner's name.</summary>
    public IReadOnlyList<NumberedBadge> NumberedBadges => Reading(() => GalleryLists.NumberedBadges(_connection));

    /// <summary>Looks up a person by name.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public PersonEntry Person(string name)
    {
        IReadOnlyList<PersonEntry> people = People;
        string meant = PersonName.Find(name, [.. people.Select(person => person.Name)]) ?? throw Unknown(name);
        return people.First(person => person.Name == meant);
    }

    /// <summary>Adds a person with pictures and an optional badge.</summary>
    /// <param name="name">Name of the person.</param>
    /// <param name="isExtended">Whether the door stays unlocked longer for this person.</param>
    /// <param name="badge">The person's badge, if any.</param>
    /// <param name="encoder">The encoder that made the encodings.</param>
    /// <param name="pictures">The person's pictures.</param>
    /// <param name="keepCrops">How long crops of the pictures are kept.</param>
    /// <param name="rule">The rule of comparison for which the encodings were made, which an empty gallery takes; null for
    /// <see cref="ComparisonRule.Nearest"/>.</param>
    /// <exception cref="UserErrorException">The name or badge is taken, or the gallery has another encoder or use of mirror
    /// images.</exception>
    public void AddPerson(
        PersonName name, bool isExtended, Badge? badge, EncoderIdentity encoder, IReadOnlyList<EnrolledPicture> pictures,
        TimeSpan keepCrops = default, ComparisonRule? rule = null) => Change(() =>
    {
        GalleryNames.RequireFree(_connection, name);
        long person = GalleryIds.OfPerson(_connection, _time.GetUtcNow());
        Run("INSERT INTO person (id, name, name_key, extended, added) VALUES ($id, $name, $key, $extended, $now)",
            ("$id", person), ("$name", name.Text), ("$key", name.Key), ("$extended", isExtended ? 1 : 0), ("$now", Now));
        if (badge is not null)
            GalleryBadges.Insert(_connection, badge, person, Now);
        GalleryPictures.Insert(_connection, _path, person, pictures, new GalleryMethod(encoder, rule ?? ComparisonRule.Nearest),
            _time.GetUtcNow(), keepCrops);
    });

    /// <summary>Refuses a name or badge that is taken, before the pictures are read.</summary>
    /// <exception cref="UserErrorException">The name or badge is taken; the message says by whom.</exception>
    public void RequireFree(PersonName name, Badge? badge) => Reading(() =>
    {
        GalleryNames.RequireFree(_connection, name);
        if (badge is not null)
            GalleryBadges.RequireFree(_connection, badge);
        return 0;
    });

    /// <summary>Replaces a person's pictures.</summary>
    /// <param name="name">Name of the person.</param>
    /// <param name="encoder">The encoder that made the encodings.</param>
    /// <param name="before">The person's pictures as they were when <paramref name="pictures"/> were chosen.</param>
    /// <param name="pictures">All pictures that the person has after the change.</param>
    /// <param name="keepCrops">How long crops of the pictures are kept.</param>
    /// <param name="rule">The rule of comparison for which the encodings were made; null for
    /// <see cref="ComparisonRule.Nearest"/>.</param>
    /// <exception cref="UserErrorException">Nobody has that name, the person belongs to the fleet, somebody else has changed the pictures,
    /// or the gallery has another encoder.</exception>
    public void ReplacePictures(
        string name, EncoderIdentity encoder, IReadOnlyList<EnrolledPicture> before, IReadOnlyList<EnrolledPicture> pictures,
        TimeSpan keepCrops = default, ComparisonRule? rule = null) => Change(() =>
    {
        long person = NeedLocal(name);
        if (!Digests(before).SetEquals(Digests(PicturesOf(name))))
        {
            throw new UserErrorException($"Somebody else has changed the pictures of {name} in the meantime; nothing was written. "
                + "Look at 'dooragent people show', and try again.");
        }

        GalleryPictures.Replace(_connection, _path, person, pictures, new GalleryMethod(encoder, rule ?? ComparisonRule.Nearest),
            _time.GetUtcNow(), keepCrops);
    });

    /// <summary>Reads a person's pictures.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public IReadOnlyList<EnrolledPicture> PicturesOf(string name) =>
        Reading(() => GalleryRows.ReadPictures(_connection, _path, Need(name)));

    /// <summary>Returns how many of a person's pictures have a kept face, and when the last one is deleted (UTC); null without
    /// any.</summary>
    public (int Pictures, string Until)? CropsOf(string name) => Query(connection => GalleryCrops.Of(connection, name));

    /// <summary>Renames a person. The id stays, so earlier records still belong to the person.</summary>
    /// <exception cref="UserErrorException">Nobody has the old name, the person belongs to the fleet, or somebody else has the new name or
    /// one that looks like it.</exception>
    public void Rename(string name, PersonName to) => Change(() => GalleryNames.Rename(_connection, NeedLocal(name), to));

    /// <summary>Enables or disables a person.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person is to be enabled and the fleet has disabled
    /// them.</exception>
    public void SetEnabled(string name, bool isEnabled) => Change(() => GalleryOrigin.SetEnabled(_connection, Need(name), isEnabled));

    /// <summary>Sets a person's schedule. Only the daemon knows whether a schedule of that name is configured.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person belongs to the fleet.</exception>
    public void SetSchedule(string name, string schedule) => Change(() =>
        Run("UPDATE person SET schedule = $schedule WHERE id = $id", ("$schedule", schedule), ("$id", NeedLocal(name))));

    /// <summary>Sets the first or last date on which a person is valid; null removes the limit.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, the person would never be valid or is a visitor without an end, or
    /// the person belongs to the fleet.</exception>
    public void SetValidity(string name, ValidityLimit limit, ValidityDate? date) => Change(() =>
    {
        string column = limit == ValidityLimit.From ? "valid_from" : "valid_until";
        Run($"UPDATE person SET {column} = $date WHERE id = $id", ("$date", date?.ToString()), ("$id", NeedLocal(name)));
        if (Person(name) is var person && person is { ValidFrom: { } first, ValidUntil: { } last } && last.IsBefore(first))
        {
            throw new UserErrorException($"{person.Name} would be valid {person.Validity}, which is never; nothing was written. "
                + "Change the other date first, or disable the person ('dooragent people disable').");
        }

        GalleryHosts.RequireEnd(person);
    });

    /// <summary>Reads a person's PIN; null when the person has none.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public PersonPin? PinOf(string name) => Reading(() => GalleryPins.Read(_connection).GetValueOrDefault(Need(name)));

    /// <summary>Sets a person's PIN, or the duress PIN that the person types under threat.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, both PINs would be equal, or a duress PIN would have no PIN beside
    /// it.</exception>
    public void SetPin(string name, Pin pin, bool isDuress) =>
        Change(() => GalleryPins.Set(_connection, Need(name), name, pin, isDuress, Now));

    /// <summary>Removes a person's duress PIN, or both PINs.</summary>
    /// <exception cref="UserErrorException">Nobody has that name.</exception>
    public void ClearPin(string name, bool duressOnly) => Change(() => GalleryPins.Clear(_connection, Need(name), duressOnly));

    /// <summary>Removes a person with all related rows, and overwrites their bytes.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, or the person belongs to the fleet.</exception>
    public void Remove(string name) => Change(() => Run("DELETE FROM person WHERE id = $id", ("$id", NeedLocal(name))));

    /// <summary>Gives a person a badge.</summary>
    /// <exception cref="UserErrorException">Nobody has that name, somebody already has the badge, or the person belongs to the
    /// fleet.</exception>
    public void AddBadge(string name, Badge badge) => Change(() => GalleryBadges.Insert(_connection, badge, NeedLocal(name), Now));

    /// <summary>Sets the state of a badge. A blocked or lost badge stays in the gallery: its use at the door raises an alarm.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge, or the person belongs to the fleet.</exception>
    public void SetBadge(Badge badge, BadgeState state) => Change(() => GalleryBadges.Run(_connection,
        badge, "UPDATE badge SET state = $state WHERE lookup = $badge", ("$state", BadgeStateText.Of(state))));

    /// <summary>Deletes a badge, which is then unknown at the door.</summary>
    /// <exception cref="UserErrorException">Nobody has that badge, or the person belongs to the fleet.</exception>
    public void RemoveBadge(Badge badge) => Change(() => GalleryBadges.Run(_connection, badge, "DELETE FROM badge WHERE lookup = $badge"));

    public void Dispose() => _connection.Dispose();

    /// <summary>Reads from the gallery through its connection, for other classes of this folder.</summary>
    public T Query<T>(Func<GalleryConnection, T> question) => Reading(() => question(_connection));

    /// <summary>Changes the gallery in one transaction, for other classes of this folder.</summary>
    /// <exception cref="UserErrorException">The change failed; nothing was written.</exception>
    public void Change(Action<GalleryConnection, string> change) => Change(() => change(_connection, Now));

    private string Now => GalleryCrops.Text(_time.GetUtcNow());

    /// <summary>Runs several changes in one transaction: either all are written, or none.</summary>
    /// <exception cref="UserErrorException">A change failed; nothing was written.</exception>
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

    /// <summary>Changes the gallery in one transaction, if there is anything to keep.</summary>
    /// <param name="change">Returns whether there is anything to keep; otherwise the gallery stays as it is.</param>
    /// <returns>Why the earlier content is still in the log of the changed gallery; null where it is not.</returns>
    /// <exception cref="UserErrorException">The change failed; nothing was written.</exception>
    public string? TryChange(Func<GalleryConnection, bool> change) => GalleryTransaction.Run(_connection, _path, _time, () => change(_connection));

    private void Change(Action change)
    {
        if (_isInTransaction)
            change();
        else if (TryChange(_ =>
        {
            change();
            return true;
        }) is { } kept)
            throw new UserErrorException(kept);
    }

    private T Reading<T>(Func<T> read) => GalleryDatabase.Reading(_path, read);

    private int Run(string sql, params (string, object?)[] parameters) => Sqlite.Run(_connection, sql, parameters);

    private long Need(string name) => GalleryNames.Find(_connection, name) ?? throw Unknown(name);

    private long NeedLocal(string name) => GalleryOrigin.RequireLocal(_connection, Need(name));

    private UserErrorException Unknown(string name) =>
        new($"Nobody called {name} is enrolled.{DidYouMean.Hint(name, GalleryNames.All(_connection))}");

    private static HashSet<string> Digests(IEnumerable<EnrolledPicture> pictures) =>
        [.. pictures.Select(picture => Convert.ToHexString(picture.Picture))];
}
