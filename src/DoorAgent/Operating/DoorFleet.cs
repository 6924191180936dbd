using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Schedules;

namespace DoorAgent.Operating;

/// <summary>
/// Follows the fleet of a running door: its manifest with hours and lockdown, its freshness, its faults. The loop of decisions calls it; what
/// the fleet delivers is written elsewhere. A door in no fleet has one that does nothing.
/// </summary>
/// <param name="door">The door.</param>
/// <param name="modes">The door's mode, which a manifest may lock down.</param>
/// <param name="parts">The rule and its surroundings.</param>
internal sealed class DoorFleet(IOperatedDoor door, DoorModes modes, FleetParts parts)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(10);

    // The link says each minute how it is.
    private static readonly TimeSpan SilenceOfLink = TimeSpan.FromMinutes(3);

    private readonly FleetRecords _records = new();
    private FleetReading _reading = FleetReading.InNone;
    private FleetHours _hours = FleetHours.None;
    private LastContact? _contact;
    private DateTimeOffset? _written;
    private string? _stale, _notWritten;
    private (FleetContact Said, TimeSpan At)? _link;

    /// <summary>The faults for the status, as sentences.</summary>
    public IEnumerable<string> Faults => Standing is null && _reading.Why is null ? []
        : new[] { Unread, _stale is null ? null : $"the fleet is stale: {_stale}", _notWritten }.OfType<string>()
            .Concat(Lasting.Select(fault => PersonReference.Plain(fault)!));

    private IEnumerable<string> Lasting => (Standing?.Faults ?? []).Concat(_hours.Faults);

    private FleetStanding? Standing => _reading.View?.Standing;

    private FleetManifest? Manifest => _reading.View?.Manifest;

    private string? Unread => _reading.Why is { } why ? $"the fleet's part of the gallery cannot be read: {why}" : null;

    /// <summary>Why the gallery in use may still have somebody whom the fleet has removed; null where the newest one is in use.</summary>
    private string? Unusable => door.GalleryFault is { } why ? $"the newest gallery cannot be used: {why}" : null;

    private bool RefusesStale => Manifest?.IsStrict == true && _stale is not null;

    /// <summary>Begins with what the gallery has of the fleet.</summary>
    public void Start(TimeSpan now) => Read(parts.First, now);

    /// <summary>Takes over what the gallery has of the fleet now.</summary>
    public void Read(FleetReading reading, TimeSpan now)
    {
        Take(reading, now);
        Follow(now);
    }

    /// <summary>The next time at which something may change without a message; null for a door in no fleet.</summary>
    public TimeSpan? NextDue(TimeSpan now) => Manifest is null ? null : now + parts.ToNextMinute();

    /// <summary>Follows the clock; called before each message.</summary>
    public void Follow(TimeSpan now)
    {
        string? why = Manifest is { } manifest && _contact is { } contact
            ? parts.Freshness.StaleWhy(manifest, contact, new ModeClock(now, parts.Wall())) : null;
        bool wasStale = _stale is not null;
        _stale = why;
        if (wasStale == why is not null)
            return;
        door.Record(why is null ? new DoorEvent(DoorEventKind.FleetFresh) : new DoorEvent(DoorEventKind.FleetStale)
        {
            Detail = Manifest!.IsStrict ? $"{why}. The group is strict: the people of the fleet are refused" : why,
        });
        Write();
    }

    /// <summary>Returns why a person of the fleet may not enter now; null for everybody else.</summary>
    public Refusal? RefusalOf(Person person) => person.Origin is null ? null
        // Whether the group is strict is not known: in doubt it is.
        : Manifest is null ? new Refusal(DenyReason.FleetStale, Unread ?? "the door has no manifest of a fleet")
        : Unusable is { } why ? new Refusal(DenyReason.FleetStale, why)
        : RefusesStale ? new Refusal(DenyReason.FleetStale, _stale) : null;

    /// <summary>Takes note of what the link says of its connection.</summary>
    public OperatorAnswer Hear(FleetContact? said, TimeSpan now)
    {
        if (said is null)
            return OperatorAnswer.Refused("The request names no contact.");
        if (Standing is null)
            return OperatorAnswer.Refused(FleetGallery.InNone);
        _link = (said, now);
        DateTimeOffset wall = parts.Wall();
        if (said.IsCaughtUp && parts.Freshness.IsClockSet(wall))
        {
            _contact = new LastContact(wall, now);
            Follow(now);
            // A clock that was set back makes the kept time later than now.
            if (_written is not { } written || (wall - written).Duration() >= BetweenWrites)
                Write();
        }

        return new OperatorAnswer { Standing = InUse(Standing) };
    }

    /// <summary>Records what a delivery changed, and follows it.</summary>
    public OperatorAnswer Applied(FleetNews news, TimeSpan now)
    {
        foreach (DoorEvent raised in _records.Of(news.Outcome, now))
            door.Record(raised);
        Read(news.Reading, now);
        return new OperatorAnswer { Outcome = news.Outcome with { Standing = InUse(news.Outcome.Standing) } };
    }

    /// <summary>Keeps the last contact over the stop.</summary>
    public void Stop()
    {
        if (_contact?.At != _written)
            Write();
    }

    /// <summary>The standing for the status; null for a door in no fleet.</summary>
    public FleetSummary? Status(TimeSpan now) => Standing is not { } standing ? null
        : new FleetSummary(standing.Door, standing.Group, FleetWords.Of(standing, _contact?.At, LinkAt(now), parts.Wall()))
        {
            IsConnected = LinkAt(now)?.IsConnected == true,
            Failure = LinkAt(now)?.Failure,
            LastContact = _contact?.At,
            Stale = _stale,
            IsStrict = Manifest?.IsStrict == true,
            Manifest = standing.Manifest,
            Confirmed = standing.Confirmed,
            People = standing.Count,
            Revision = standing.Revision,
            EventsWaiting = _link?.Said.EventsWaiting ?? 0,
        };

    /// <summary>A door that cannot use its newest gallery confirms nothing to the office: it does not follow what it has written.</summary>
    private FleetStanding InUse(FleetStanding standing) =>
        Unusable is { } why ? standing with { Confirmation = null, Faults = [.. standing.Faults, why] } : standing;

    private FleetContact? LinkAt(TimeSpan now) => _link is { } heard && now - heard.At <= SilenceOfLink ? heard.Said : null;

    private void Take(FleetReading reading, TimeSpan now)
    {
        // What cannot be read is not forgotten: hours and lockdown stay as they were.
        FleetReading known = reading.IsKnown ? reading : reading with { View = _reading.View };
        bool isOther = known.View?.Standing.Door != Standing?.Door || known.View?.Standing.Group != Standing?.Group;
        bool isNewManifest = isOther || known.View?.Manifest?.Serial != Manifest?.Serial;
        _reading = known;
        if (Manifest is { } manifest && (isOther || _contact is null))
            _contact = ReadContact(manifest, now);
        else if (Manifest is null)
            _contact = null;
        if (isNewManifest)
        {
            _hours = FleetHours.Of(Manifest);
            parts.TakeHours(_hours);
        }

        // At a start that cannot read the fleet's part, the lockdown of the run before goes on.
        if (known.View is not null || known.IsKnown)
            modes.FollowGroup(LockdownOf(Manifest), now);
        foreach (DoorEvent raised in _records.Of([.. new[] { Unread }.OfType<string>(), .. Lasting], now))
            door.Record(raised);
    }

    private static GroupLockdown? LockdownOf(FleetManifest? manifest) =>
        manifest?.Lockdown is { } order ? new GroupLockdown(order.Since, order.Until, order.Why) : null;

    /// <summary>Reads the kept contact. Where it is missing, damaged or of another fleet, the manifest's time counts: the office signed it
    /// before.</summary>
    private LastContact ReadContact(FleetManifest manifest, TimeSpan now)
    {
        KeptContact? kept = null;
        try
        {
            kept = parts.File.Read();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            door.Record(new DoorEvent(DoorEventKind.Warning)
            {
                Detail = $"the last contact to the fleet cannot be read, so that the time of the manifest counts: {failure.Message.TrimEnd('.')}",
            });
        }

        bool isOurs = kept is not null && (kept.Door, kept.Group) == (Standing!.Door, Standing.Group);
        return new LastContact(isOurs ? kept!.At : manifest.Issued, now);
    }

    private void Write()
    {
        if (Standing is not { } standing || _contact is not { } contact)
            return;
        try
        {
            parts.File.Write(new KeptContact(standing.Door, standing.Group, contact.At));
            (_written, _notWritten) = (contact.At, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _notWritten = $"the last contact to the fleet would not survive a restart: {failure.Message}";
        }
    }
}
