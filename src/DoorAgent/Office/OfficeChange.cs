using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>One change of a group while it is being made, within a transaction: see <see cref="FleetOffice.Publish"/>.</summary>
internal sealed class OfficeChange
{
    // Doors take 64 keys of a group. Long before that the people under old keys get the new one.
    private const int MostKeys = 16;

    private readonly FleetOffice _office;
    private readonly OfficeGroup _group;
    private readonly DateTimeOffset _now;
    private readonly List<(string Bucket, string Key)> _forgotten = [];
    private GroupKeys _keys;
    private long _horizon;

    /// <param name="office">The office.</param>
    /// <param name="group">The group as it is before.</param>
    public OfficeChange(FleetOffice office, OfficeGroup group)
    {
        (_office, _group, _now) = (office, group, office.Time.GetUtcNow());
        (Serial, Settings, _horizon, _keys) = (group.Serial + 1, group.Settings, group.Horizon, office.Groups.KeysInUse(group.Name));
    }

    /// <summary>Number of this publication in the group.</summary>
    public long Serial { get; }

    /// <summary>The group's rules, which may be changed.</summary>
    public GroupSettings Settings { get; set; }

    /// <summary>Brings a person to the group, or their new data.</summary>
    /// <exception cref="UserErrorException">A door would refuse the person; the message says why.</exception>
    public void Put(FleetPerson person)
    {
        byte[] value;
        try
        {
            value = PersonSeal.Close(person, _group.Name, Serial, _keys.Newest!, _office.Keys.Signing);
        }
        catch (FleetRecordException refused)
        {
            throw new UserErrorException($"{person.Name} cannot be brought to the group {_group.Name}: {refused.Message}.", refused);
        }

        Write(person.Id, _keys.Newest!.Number, _office.Keys.DigestOf(PersonBody.Write(person)), value, RecordState.Present);
    }

    /// <summary>Takes a person out of the group.</summary>
    /// <param name="id">Id of the person.</param>
    /// <param name="isErased">Whether the person is erased everywhere.</param>
    public void Remove(string id, bool isErased = false) => Write(id, 0, [],
        PersonSeal.CloseRemoval(id, _group.Name, Serial, isErased, _office.Keys.Signing), isErased ? RecordState.Erased : RecordState.Removed);

    /// <summary>Makes a new key of the group, which seals all later records, and gives it to the accepted doors.</summary>
    public void ExchangeKey()
    {
        GroupKey coming = GroupKey.Create(_group.Key + 1);
        IReadOnlyList<FleetPerson> sealedAgain = _keys.All.Count >= MostKeys ? _office.PeopleOf(_group.Name) : [];
        _office.Groups.AddKey(_group.Name, coming);
        _keys = _keys.With(coming);
        foreach (FleetPerson person in sealedAgain)
            Put(person);
        if (sealedAgain.Count > 0)
            _keys = new GroupKeys(coming);
        foreach (OfficeDoor door in _office.Doors.Of(_group.Name))
            GiveKeys(door);
    }

    /// <summary>Gives the keys of the group to a door.</summary>
    public void GiveKeys(OfficeDoor door) => _office.Outbox.Add(HubNames.Groups, HubNames.GroupKeyKey(_group.Name, door.Name),
        GroupKeySeal.Close(_keys, _group.Name, door.Name, Serial, JoinRequest.Parse(door.Request).Keys, _office.Keys.Signing));

    /// <summary>Takes the record of a door's keys out of the hub.</summary>
    public void TakeKeys(OfficeDoor door) => _forgotten.Add((HubNames.Groups, HubNames.GroupKeyKey(_group.Name, door.Name)));

    /// <summary>Forgets removals at the hub, and raises the horizon: a door that did not hear of them until now reads everything.</summary>
    /// <param name="isOld">Which removals are forgotten.</param>
    /// <returns>How many were forgotten.</returns>
    public int ForgetRemovals(Func<OfficeRecord, bool> isOld)
    {
        OfficeRecord[] old = [.. _office.Records.Of(_group.Name).Where(record => record.State != RecordState.Present
            && record.Serial < Serial && isOld(record))];
        foreach (OfficeRecord removal in old)
        {
            _office.Records.Forget(removal);
            _forgotten.Add((HubNames.People, HubNames.PersonKey(_group.Name, removal.Person)));
            _horizon = Math.Max(_horizon, removal.Serial + 1);
        }

        return old.Length;
    }

    /// <summary>Signs the manifest and completes the publication.</summary>
    internal OfficePublication Complete(string what)
    {
        IReadOnlyList<(string Id, long Serial)> set = _office.Records.SetOf(_group.Name);
        FleetManifest manifest = new(_group.Name, Serial, OfficeTime.Read(OfficeTime.Text(_now)))
        {
            Count = set.Count,
            Digest = FleetSet.Digest(set),
            Horizon = _horizon,
            Key = _keys.Newest!.Number,
            OfflineFor = (long)Settings.OfflineFor.TotalSeconds,
            RenewBy = Settings.RenewWithin is { } within ? OfficeTime.Read(OfficeTime.Text(_now + within)) : null,
            IsStrict = Settings.IsStrict,
            Schedules = Settings.Schedules,
            Holidays = Settings.Holidays,
            // A door whose clock is wrong after a power cut would begin an order that is over.
            Lockdown = Settings.Lockdown is { } order && order.Until > _now ? order : null,
        };
        byte[] signed = Signed(manifest);
        // The manifest comes after the records that it names, and what is forgotten after the horizon that says so.
        _office.Outbox.Add(HubNames.Groups, HubNames.ManifestKey(_group.Name), signed);
        foreach ((string bucket, string key) in _forgotten)
            _office.Outbox.Add(bucket, key, null);
        OfficePublication made = new(_group.Name, Serial, _now, what);
        _office.Groups.Write(_group with
        {
            Serial = Serial, Horizon = _horizon, Key = _keys.Newest.Number, Settings = Settings, Manifest = signed,
        }, made);
        return made;
    }

    private byte[] Signed(FleetManifest manifest)
    {
        try
        {
            return ManifestSeal.Close(manifest, _office.Keys.Signing);
        }
        catch (FleetRecordException refused)
        {
            throw new UserErrorException($"The group {_group.Name} cannot be published: {refused.Message}.", refused);
        }
    }

    private void Write(string id, int key, byte[] digest, byte[] value, RecordState state)
    {
        _office.Records.Write(new OfficeRecord(id, _group.Name, Serial, key, digest, value, state, _now));
        _office.Outbox.Add(HubNames.People, HubNames.PersonKey(_group.Name, id), value);
    }
}
