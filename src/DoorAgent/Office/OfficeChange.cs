namespace DoorAgent.Office;

/// <summary>One change of a group while it is being made: see <see cref="FleetOffice.Publish"/>.</summary>
internal sealed class OfficeChange
{
    internal OfficeChange(long serial, GroupSettings settings) => (Serial, Settings) = (serial, settings);

    /// <summary>Number of this publication in the group.</summary>
    public long Serial { get; }

    /// <summary>The group's rules, which may be changed.</summary>
    public GroupSettings Settings { get; set; }

    /// <summary>Brings a person to the group, or their new data.</summary>
    public void Put(Fleet.FleetPerson person) => throw new NotImplementedException();

    /// <summary>Takes a person out of the group.</summary>
    /// <param name="id">Id of the person.</param>
    /// <param name="isErased">Whether the person is erased everywhere.</param>
    public void Remove(string id, bool isErased = false) => throw new NotImplementedException();

    /// <summary>Makes a new key of the group, which seals all later records, and gives it to the accepted doors.</summary>
    public void ExchangeKey() => throw new NotImplementedException();

    /// <summary>Gives the keys of the group to a door.</summary>
    public void GiveKeys(OfficeDoor door) => throw new NotImplementedException();
}
