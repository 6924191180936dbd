using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Office;

/// <summary>An office: its keys and its database. One command at a time works on it.</summary>
internal sealed class FleetOffice : IDisposable
{
    private readonly OfficeLock _alone;

    private FleetOffice(OfficePlaces places, OfficeLock alone, OfficeKeys keys, OfficeStore store, TimeProvider time)
    {
        (Places, _alone, Keys, Store, Time) = (places, alone, keys, store, time);
        Groups = new OfficeGroups(store, keys, time);
        Doors = new OfficeDoors(store, time);
        People = new OfficePeople(store, time);
        Records = new OfficeRecords(store);
        Outbox = new OfficeOutbox(store);
    }

    public OfficePlaces Places { get; }

    public OfficeKeys Keys { get; }

    public OfficeStore Store { get; }

    public OfficeGroups Groups { get; }

    public OfficeDoors Doors { get; }

    public OfficePeople People { get; }

    public OfficeRecords Records { get; }

    public OfficeOutbox Outbox { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Name of the office for people, and the address of its hub.</summary>
    public OfficeIdentity Identity => OfficeIdentity.Find(Store)
        ?? throw new UserErrorException($"The office {Places.Directory} is not complete. Run 'dooragent fleet init' again.");

    /// <summary>Opens the office of a directory.</summary>
    /// <exception cref="UserErrorException">There is no office, it cannot be used, or another command works on it; the message says what
    /// to do.</exception>
    public static FleetOffice Open(string directory, TimeProvider time)
    {
        OfficePlaces places = new(Path.GetFullPath(directory));
        if (!File.Exists(places.KeyFile) && (Libc.IsRoot || Libc.MayRead(Path.GetDirectoryName(places.Directory) ?? "/")))
        {
            throw new UserErrorException($"There is no office in {places.Directory}. 'dooragent fleet init --hub nats://HOST:4222' makes one; "
                + "--office names the directory of another one.");
        }

        return Open(places, isNew: false, time);
    }

    /// <summary>Opens the office of a directory, and makes keys and database where there are none. A call after one that was killed goes on
    /// where that one ended.</summary>
    /// <exception cref="UserErrorException">The office cannot be made.</exception>
    public static FleetOffice OpenOrMake(string directory, OfficeIdentity identity, TimeProvider time)
    {
        OfficePlaces places = new(Path.GetFullPath(directory));
        DataDirectory.Ensure(places.Directory, "--office");
        FleetOffice office = Open(places, isNew: !File.Exists(places.KeyFile), time);
        try
        {
            identity.Write(office.Store, time.GetUtcNow());
            return office;
        }
        catch
        {
            office.Dispose();
            throw;
        }
    }

    /// <summary>Makes one change of a group: a new serial, the records sealed under it, and the manifest that names the set of people
    /// afterwards. Everything is written in one transaction, and waits in the outbox for the hub.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="what">What changes, in words, such as <c>3 people added, 1 removed</c>.</param>
    /// <param name="change">Makes the change.</param>
    /// <exception cref="UserErrorException">There is no such group, or the change failed; nothing was changed.</exception>
    public OfficePublication Publish(string group, string what, Action<OfficeChange> change) => Store.Change(() =>
    {
        OfficeChange made = new(this, Groups.Require(group));
        change(made);
        return made.Complete(what);
    });

    /// <summary>Opens the last records of everybody in a group.</summary>
    /// <exception cref="UserErrorException">A record does not open: the database is not of this office, or was changed.</exception>
    public IReadOnlyList<FleetPerson> PeopleOf(string group)
    {
        GroupKeys keys = Groups.KeysInUse(group);
        try
        {
            return [.. Records.Of(group).Where(record => record.State == RecordState.Present)
                .Select(record => PersonSeal.Open(group, record.Person, record.Value, Keys.Signing.Public, keys).Person!)];
        }
        catch (FleetRecordException broken)
        {
            throw new UserErrorException($"A record of the group {group} in {Places.DatabaseFile} cannot be read: {broken.Message}. Restore the "
                + "office's directory from its backup.", broken);
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        Keys.Dispose();
        _alone.Dispose();
    }

    private static FleetOffice Open(OfficePlaces places, bool isNew, TimeProvider time)
    {
        OfficeLock alone = OfficeLock.Acquire(places.Directory);
        OfficeKeys? keys = null;
        try
        {
            if (isNew && File.Exists(places.DatabaseFile))
            {
                throw new UserErrorException($"{places.DatabaseFile} is there without {places.KeyFile}: the key of this office is lost. Restore "
                    + "it from its backup. Without it the doors must join a new office: make that in another directory.");
            }

            keys = isNew ? OfficeKeys.Make(places.KeyFile) : OfficeKeys.Read(places.KeyFile);
            return new FleetOffice(places, alone, keys, OfficeStore.OpenOrMake(places.DatabaseFile), time);
        }
        catch
        {
            keys?.Dispose();
            alone.Dispose();
            throw;
        }
    }
}
