using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>What the office knows of a door from the hub.</summary>
/// <param name="Door">The door, as the office accepted it.</param>
/// <param name="Group">Its group.</param>
/// <param name="State">What the door says of itself; null where the hub has nothing from this door. Nobody signed this.</param>
/// <param name="Confirmation">What the door has, signed by the door; null without one, and where the signature is not the door's.</param>
internal sealed record DoorReport(OfficeDoor Door, OfficeGroup Group, DoorState? State, DoorConfirmation? Confirmation)
{
    /// <summary>After this time without a word a door counts as offline: doors write each minute.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    /// <summary>What is wrong with the door's state, as a sentence; null where nothing is.</summary>
    public string? Doubt { get; private init; }

    /// <summary>Serial of the newest publication that the door has, as it signed; 0 without a confirmation.</summary>
    public long Serial => Confirmation?.Serial ?? 0;

    /// <summary>How many publications the door is behind.</summary>
    public long Behind => Math.Max(0, Group.Serial - Serial);

    /// <summary>Whether the door has a publication of its group.</summary>
    public bool Has(long serial) => Serial >= serial;

    /// <summary>Whether the door has been silent.</summary>
    public bool IsOffline(DateTimeOffset now) => State is null || now - State.At > Silence;

    /// <summary>Reads the reports of the accepted doors.</summary>
    /// <param name="office">The office.</param>
    /// <param name="states">All records of the hub's bucket of doors.</param>
    public static IReadOnlyList<DoorReport> ReadAll(FleetOffice office, IReadOnlyList<FleetItem> states)
    {
        Dictionary<string, byte[]> found = states.ToDictionary(item => item.Key, item => item.Value);
        List<DoorReport> reports = [];
        foreach (OfficeGroup group in office.Groups.All())
        {
            string digest = FleetSet.Digest(office.Records.SetOf(group.Name));
            reports.AddRange(office.Doors.Of(group.Name).Select(door => Read(door, group, digest, found.GetValueOrDefault(door.Name))));
        }

        return reports;
    }

    private static DoorReport Read(OfficeDoor door, OfficeGroup group, string digest, byte[]? value)
    {
        DoorReport report = new(door, group, null, null);
        if (value is null)
            return report;
        if (DoorState.Find(value) is not { } state)
            return report with { Doubt = "What the hub has of this door is not a door's state." };
        report = report with { State = state };
        if (state.Confirmation is not { } signed)
            return report;
        try
        {
            DoorConfirmation confirmation = DoorConfirmation.Open(group.Name, door.Name, signed, JoinRequest.Parse(door.Request).Keys);
            return report with { Confirmation = confirmation, Doubt = DoubtOf(confirmation, group, digest) };
        }
        catch (FleetRecordException forged)
        {
            return report with { Doubt = $"The door's confirmation does not count: {forged.Message}." };
        }
    }

    private static string? DoubtOf(DoorConfirmation confirmation, OfficeGroup group, string digest) =>
        confirmation.Serial > group.Serial ? $"The door has a later publication ({confirmation.Serial}) than this office has made: the office was "
            + "restored from an old copy. 'dooragent fleet repair' publishes again."
        : confirmation.Serial == group.Serial && confirmation.Digest != digest ? "The door has confirmed other people than the group has."
        : null;
}
