using System.Globalization;
using System.Runtime.InteropServices;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Tests.Galleries;

namespace DoorAgent.Tests.Drills;

/// <summary>
/// Somebody has the hub, and serves whatever the hub ever had, in any order and at any key, whatever another office and another group have
/// made, and changed bytes. The hub can withhold; a door never has anything that its office did not publish for this person and group, and
/// nobody comes back with what the door had once lost.
/// </summary>
public sealed class HostileHubTests : IDisposable
{
    private const int People = 12, Before = 6, Steps = 18;

    private readonly MadeGalleryFile _file = new();
    private readonly DeliveredFleet _fleet = new();
    private readonly DeliveredFleet _stranger = new();

    // What the office published, by id: the serial and, where it is not a removal, the name that shows the serial.
    private readonly Dictionary<string, Dictionary<long, string?>> _published = [];
    private readonly Dictionary<long, Dictionary<string, long>> _sets = [];
    private readonly List<FleetItem> _ever = [];

    public void Dispose()
    {
        _file.Dispose();
        _fleet.Dispose();
        _stranger.Dispose();
    }

    [Slow]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void ADoorHasOnlyWhatItsOfficePublishedAndNobodyComesBack(int seed)
    {
        Random random = new(seed);
        _file.Add("Local", MadeGalleryFile.Card(1), 300);
        FleetGallery door = _fleet.Join(_file.Path);
        // Some come and go before the door has its first contact.
        for (int publication = 0; publication < Before; publication++)
            Publish(random);
        if (random.Next(3) > 0)
            _fleet.DeliverWhole(door, WithoutRemovals());
        Dictionary<string, long> had = Has(), floor = new(had);
        long confirmed = door.Standing()!.Confirmed;
        int applied = 0;
        for (int step = 0; step < Steps; step++)
        {
            Publish(random);
            confirmed = Deliver(door, random, confirmed, ref applied);
            Dictionary<string, long> has = Has();
            foreach ((string id, long serial) in has)
            {
                Assert.True(serial >= floor.GetValueOrDefault(id),
                    $"step {step}: {id} came back with {serial} after {floor.GetValueOrDefault(id)}");
                // Nor does anybody come whom a set had no more that the door has had as a whole.
                if (serial <= confirmed)
                    Assert.Equal(serial, _sets[confirmed].GetValueOrDefault(id));
            }

            // Who is gone comes back only with a later publication.
            foreach ((string id, long serial) in had.Where(one => !has.ContainsKey(one.Key)))
                floor[id] = serial + 1;
            foreach ((string id, long serial) in has)
                floor[id] = serial;
            had = has;
        }

        Assert.True(applied > Steps / 4, $"Only {applied} deliveries changed anything, which proves nothing.");
        FleetOutcome honest = _fleet.DeliverWhole(door);
        door.Erased(honest.ToErase);
        honest = _fleet.DeliverWhole(door);
        Assert.DoesNotContain(honest.Refusals, refusal => _fleet.Set.ContainsKey(refusal.Key.Split('.')[1]));
        Assert.Equal(_fleet.Serial, honest.Standing.Confirmed);
        Assert.Equal(_fleet.Set.OrderBy(one => one.Key, StringComparer.Ordinal), Has().OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    private void Publish(Random random)
    {
        if (random.Next(6) == 0)
            RotateKey();
        long serial = _fleet.Serial + 1;
        int[] chosen = [.. Enumerable.Range(1, People).Where(_ => random.Next(3) == 0)];
        int[] removed = [.. chosen.Where(number => _fleet.Set.ContainsKey(DeliveredFleet.Id(number)) && random.Next(2) == 0)];
        int[] erased = [.. removed.Where(_ => random.Next(3) == 0)];
        int[] kept = [.. chosen.Except(removed)];
        _fleet.Publish(kept.Select(number => DeliveredFleet.Person(number, Name(number, serial))), removed.Except(erased), erased);
        _stranger.Publish(chosen.Select(number => DeliveredFleet.Person(number, Name(number, serial))));
        foreach (int number in chosen)
        {
            string id = DeliveredFleet.Id(number);
            if (!_published.ContainsKey(id))
                _published[id] = [];
            _published[id][serial] = kept.Contains(number) ? Name(number, serial) : null;
            byte[] ofOtherGroup = PersonSeal.Close(DeliveredFleet.Person(number, $"Stranger {number}"), "hall", serial + 5,
                _fleet.Keys.Newest!, _fleet.Office);
            _ever.AddRange(
                [_fleet.Record(number), _stranger.Record(number), new FleetItem($"{DeliveredFleet.Group}.{id}", 9, ofOtherGroup)]);
        }

        _sets[serial] = new Dictionary<string, long>(_fleet.Set);
        _ever.AddRange([_fleet.ManifestItem, _fleet.KeyItem, _stranger.ManifestItem]);
    }

    private void RotateKey()
    {
        _fleet.RotateKey();
        _sets[_fleet.Serial] = new Dictionary<string, long>(_fleet.Set);
        _ever.AddRange([_fleet.ManifestItem, _fleet.KeyItem]);
    }

    private long Deliver(FleetGallery door, Random random, long confirmed, ref int applied)
    {
        List<FleetItem> items = random.Next(3) == 0 ? [.. random.Next(2) == 0 ? _fleet.Whole : WithoutRemovals()]
            : [.. _ever.Where(_ => random.Next(3) == 0)];
        for (int i = 0; i < items.Count; i++)
        {
            if (random.Next(8) == 0)
                items[i] = Damaged(items[i], random);
        }

        if (random.Next(2) == 0)
            random.Shuffle(CollectionsMarshal.AsSpan(items));
        FleetPass pass = random.Next(2) == 0 ? FleetPass.Whole : FleetPass.Changes;
        FleetOutcome outcome;
        try
        {
            outcome = DeliveredFleet.Deliver(door, pass, items, (ulong)random.Next(100));
        }
        catch (UserErrorException)
        {
            // Changes, before anything was delivered as a whole.
            Assert.Null(door.Standing()!.Bucket);
            return confirmed;
        }

        door.Erased(outcome.ToErase);
        applied += outcome.Written + outcome.Removed > 0 ? 1 : 0;
        FleetStanding standing = outcome.Standing;
        Assert.True(standing.Confirmed >= confirmed, "The door forgot what it had confirmed.");
        Assert.True(standing.Manifest <= _fleet.Serial && standing.Confirmed <= standing.Manifest);
        if (standing.Confirmed > confirmed)
        {
            Assert.Equal(_sets[standing.Confirmed].OrderBy(one => one.Key, StringComparer.Ordinal),
                Has().Where(one => one.Value <= standing.Confirmed).OrderBy(one => one.Key, StringComparer.Ordinal));
        }

        return standing.Confirmed;
    }

    /// <summary>What the hub has after the office has raised the horizon: a door that comes then never hears of those who have
    /// gone.</summary>
    private IEnumerable<FleetItem> WithoutRemovals() =>
        _fleet.Whole.Where(item => RecordHead.Read(item.Value).Kind is not (RecordKind.Removal or RecordKind.Erasure));

    private FleetItem Damaged(FleetItem item, Random random)
    {
        byte[] value = [.. item.Value];
        switch (random.Next(5))
        {
            case 0 when value.Length > 0:
                value[random.Next(value.Length)] ^= (byte)(1 << random.Next(8));
                return item with { Value = value };
            case 1:
                return item with { Value = value[..random.Next(value.Length + 1)] };
            case 2:
                return item with { Value = [] };
            case 3:
                return item with { Value = [.. _ever[random.Next(_ever.Count)].Value] };
            default:
                return item with { Key = _ever[random.Next(_ever.Count)].Key };
        }
    }

    /// <summary>Returns the fleet's people at the door with the serials of their records, all of which the office published.</summary>
    private Dictionary<string, long> Has()
    {
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        Dictionary<string, long> has = [];
        Assert.Single(file.People, person => person is { Name: "Local", Origin: null });
        foreach (PersonEntry person in file.People.Where(person => person.Name != "Local"))
        {
            long serial = long.Parse(person.Name.Split(' ')[^1], CultureInfo.InvariantCulture);
            Assert.Equal(person.Name, _published[person.Origin!][serial]);
            has[person.Origin!] = serial;
        }

        return has;
    }

    private static string Name(int number, long serial) => FormattableString.Invariant($"Person {number} of {serial}");
}
