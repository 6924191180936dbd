using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>Random publications, and a hub that loses, repeats, reorders, alters and goes back: whoever was removed up to the confirmed
/// publication is not here, and with everything delivered the door has exactly the office's people.</summary>
public sealed class FleetPropertyTests(ITestOutputHelper output)
{
    private const int Ids = 12, Steps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void NobodyWhomTheOfficeRemovedStaysAndTheEndIsExactlyTheOfficesSet(int seed)
    {
        Random random = new(seed);
        using MadeGalleryFile file = new();
        using DeliveredFleet fleet = new();
        FleetGallery door = fleet.Join(file.Path);
        file.Add("local", MadeGalleryFile.Card(5), 180);
        // What the office published, and what a hub may still have of it.
        Dictionary<(string Id, long Serial), FleetPerson> published = [];
        List<(string Id, long Serial)> removals = [];
        List<FleetItem> old = [];
        List<IReadOnlyList<FleetItem>> copies = [];
        long confirmed = 0;
        for (int step = 0; step < Steps; step++)
        {
            if (random.Next(3) == 0)
                Publish();
            FleetOutcome? outcome = Deliver();
            if (outcome is not null)
                Check(outcome.Standing, step);
        }

        Publish();
        FleetOutcome last = fleet.DeliverWhole(door);
        Assert.Empty(last.Refusals);
        Assert.Empty(last.Standing.Faults);
        Assert.Equal((fleet.Serial, fleet.Set.Count), (last.Standing.Confirmed, last.Standing.Count));
        Assert.Equal(fleet.Set.Select(one => (one.Key, one.Value)), Here().OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => (one.Id, one.Serial)));
        Check(last.Standing, Steps);
        output.WriteLine($"publications {fleet.Serial}, removals {removals.Count}, people at the end {fleet.Set.Count}");

        void Publish()
        {
            Dictionary<int, FleetPerson> people = [];
            HashSet<int> gone = [];
            for (int i = 0; i < random.Next(1, 5); i++)
            {
                int id = random.Next(1, Ids);
                if (random.Next(3) > 0)
                    people[id] = DeliveredFleet.Person(id, null, random.Next(360)) with { IsEnabled = random.Next(4) > 0, Schedule = random.Next(2) == 0 ? null : "office" };
                else if (fleet.Set.ContainsKey(DeliveredFleet.Id(id)))
                    gone.Add(id);
            }

            gone.ExceptWith(people.Keys);
            if (random.Next(8) == 0)
                fleet.RotateKey();
            fleet.Publish(people.Values, removed: gone);
            foreach (FleetPerson person in people.Values)
                published[(person.Id, fleet.Serial)] = person;
            removals.AddRange(gone.Select(id => (DeliveredFleet.Id(id), fleet.Serial)));
            old.AddRange(fleet.Whole.Where(item => item.Value.Length > 0));
            copies.Add(fleet.Whole);
        }

        FleetOutcome? Deliver()
        {
            try
            {
                return random.Next(9) switch
                {
                    0 => fleet.DeliverWhole(door),
                    1 => fleet.DeliverWhole(door, Some(fleet.Whole, 3)),
                    2 when copies.Count > 0 => fleet.DeliverWhole(door, copies[random.Next(copies.Count)]),
                    3 => fleet.DeliverChanges(door, Some(old, 4)),
                    4 => fleet.DeliverChanges(door, Some(old, 4).Select(Altered)),
                    5 => fleet.DeliverWhole(door, fleet.Whole.Select(item => random.Next(20) == 0 ? Altered(item) : item)),
                    _ => Next(),
                };
            }
            catch (UserErrorException refused)
            {
                Assert.Contains("another bucket", refused.Message, StringComparison.Ordinal);
                return null;
            }
        }

        FleetOutcome Next()
        {
            FleetStanding standing = door.Standing()!;
            FleetItem[] items = [.. fleet.After(standing.Revision)];
            random.Shuffle(items);
            return fleet.DeliverChanges(door, items.Where(_ => random.Next(10) > 0));
        }

        IReadOnlyList<FleetItem> Some(IReadOnlyList<FleetItem> from, int one)
        {
            FleetItem[] some = [.. from.Where(_ => random.Next(one) > 0)];
            random.Shuffle(some);
            return some[..Math.Min(some.Length, 40)];
        }

        FleetItem Altered(FleetItem item)
        {
            byte[] value = [.. item.Value];
            if (value.Length > 0)
                value[random.Next(value.Length)] ^= (byte)random.Next(1, 256);
            return item with { Value = value };
        }

        void Check(FleetStanding standing, int step)
        {
            Assert.True(standing.Confirmed >= confirmed && standing.Swept >= standing.Confirmed, $"step {step}");
            confirmed = standing.Confirmed;
            foreach ((string id, long serial, bool isEnabled) in Here())
            {
                Assert.True(published.TryGetValue((id, serial), out FleetPerson? person), $"step {step}: {id} of {serial} was never published");
                // A record that waits for its key leaves the person as an earlier one says.
                Assert.True(person.IsEnabled == isEnabled || standing.Faults.Any(fault => fault.Contains(id, StringComparison.Ordinal)), $"step {step}");
                Assert.DoesNotContain(removals, removal => removal.Id == id && removal.Serial > serial && removal.Serial <= standing.Confirmed);
            }

            Assert.Equal(Here().Count, standing.Count);
        }

        List<(string Id, long Serial, bool IsEnabled)> Here()
        {
            using SqliteConnection connection = GalleryDatabase.OpenToRead(file.Path);
            using SqliteCommand command = Sqlite.Command(connection,
                "SELECT p.origin, r.serial, p.enabled FROM person p JOIN fleet_record r ON r.id = p.origin AND r.person = p.id ORDER BY p.origin");
            using SqliteDataReader row = command.ExecuteReader();
            List<(string, long, bool)> here = [];
            while (row.Read())
                here.Add((row.GetString(0), row.GetInt64(1), row.GetBoolean(2)));
            return here;
        }
    }
}
