using System.Globalization;
using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Hub;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.NKeys;

namespace DoorAgent.EndToEnd;

/// <summary>Sends the journal of a real door with a real link to a real hub, and kills all three. DOORAGENT_EVENTS is the number of
/// records, such as 100000; 2,000 without it.</summary>
public sealed class FleetEventTests : IAsyncDisposable
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly int Records = int.TryParse(
        Environment.GetEnvironmentVariable("DOORAGENT_EVENTS"), CultureInfo.InvariantCulture, out int records) ? records : 2000;

    // Each third of them is a kill of hub, link or daemon.
    private static readonly int Kills = Records > 10_000 ? 60 : 6;

    private readonly Random _random = new(Seed);
    private readonly TempFolder _folder = new();
    private readonly Door _door = new();
    private NatsServer _hub = null!;
    private SlowProxy _network = null!;
    private Daemon? _daemon, _link;

    private static int Seed { get; } = Random.Shared.Next();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Journal => new Places(_door.Data, []).JournalFile;

    [Fact, Slow]
    public async Task EachRecordArrivesOnceAlthoughHubLinkAndDoorAreKilled()
    {
        NatsServer.Require();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        _door.EnrolAdam();
        WriteRecords();
        await StartHubAsync();
        string link = LinkSettings();
        (_daemon, _link) = (_door.Start(), StartLink(link));

        for (int kill = 1; kill <= Kills; kill++)
        {
            await AtHubAsync((long)(Records * (kill + _random.NextDouble() / 2) / (Kills + 1)));
            switch (kill % 3)
            {
                case 0:
                    End(ref _daemon);
                    _daemon = _door.Start();
                    break;
                case 1:
                    await _hub.KillAsync();
                    await _hub.StartAgainAsync();
                    break;
                default:
                    End(ref _link);
                    _link = StartLink(link);
                    break;
            }
        }

        _daemon.WaitFor("Gallery loaded");
        await AtHubAsync(JournalTail.Read(Journal, null, 1, false).Position.Sequence);
        await AssertOnceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _link?.Dispose();
        _daemon?.Dispose();
        if (_network is not null)
            await _network.DisposeAsync();
        if (_hub is not null)
            await _hub.DisposeAsync();
        _door.Dispose();
        _folder.Dispose();
    }

    /// <summary>Writes the journal of a door that has worked without a hub for weeks.</summary>
    private void WriteRecords()
    {
        using (Auditing.Journal.Open(Journal))
        {
            // An empty journal of this program's format.
        }

        using SqliteConnection journal = new($"Data Source={Journal};Pooling=False");
        journal.Open();
        Sqlite.Run(journal, """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < $records)
            INSERT INTO event (sequence, time, kind)
            SELECT n, '2026-03-02T07:55:00.0000000+01:00', CASE WHEN n % 500 = 0 THEN 'DoorForced' ELSE 'DoorClosed' END FROM number
            """, ("$records", Records));
    }

    private async Task StartHubAsync()
    {
        _hub = await NatsServer.StartAsync();
        // Slow enough for a kill between two batches.
        _network = new SlowProxy(_hub.Port, TimeProvider.System) { Delay = TimeSpan.FromMilliseconds(5) };
        await AskAsync(async office =>
        {
            await office.CreateStreamAsync(HubStreams.Events(TimeSpan.FromDays(365)), Cancellation);
            return await office.CreateStreamAsync(HubStreams.Alarms(TimeSpan.FromDays(365)), Cancellation);
        });
    }

    private string LinkSettings()
    {
        using KeyPair key = KeyPair.CreatePair(PrefixByte.User);
        string file = _folder.Write("link.json", JsonSerializer.Serialize(new
        {
            Fleet = new
            {
                Hub = $"nats://127.0.0.1:{_network.Port}", Door = "lab", Group = "doors", NkeyFile = _folder.Write("nkey", key.GetSeed()),
            },
        }));
        File.SetUnixFileMode(_folder.File("nkey"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private Daemon StartLink(string settings) => Daemon.Start("link", "--data", _door.Data, "--config", settings);

    private static void End(ref Daemon? daemon)
    {
        daemon!.Kill();
        daemon.WaitForExit();
        daemon.Dispose();
        daemon = null;
    }

    /// <summary>Waits until the hub has stored a record: the acknowledgement is then on its way over the slow network.</summary>
    private Task<EventReader> AtHubAsync(long record) =>
        AskAsync(office => EventReader.UntilAsync(office, reader => reader.Batches is [.., var last] && last.To >= record, Cancellation));

    private async Task AssertOnceAsync()
    {
        EventReader reader = await AskAsync(office => EventReader.ReadAsync(office, Cancellation));
        Assert.Empty(reader.Findings);
        Assert.Single(reader.Journals);
        FleetEvent[] sent = [.. reader.Batches.SelectMany(batch => batch.Events)];
        Assert.Equal(InJournal(), sent.Select(one => (one.Sequence, one.Kind, one.Time)));
        int alarms = sent.Count(one => one.IsAlarm);

        List<(string, long)> raised = [];
        await AskAsync(async office =>
        {
            await foreach (byte[] message in EventReader.MessagesAsync(office, HubNames.Alarms, Cancellation))
                raised.Add(FleetAlarm.Find(message) is { Event.IsAlarm: true } alarm ? (alarm.Journal, alarm.Event.Sequence) : default);
            return 0;
        });
        // Alarms may come twice.
        Assert.Equal(alarms, raised.Where(alarm => alarm != default).Distinct().Count());
        TestContext.Current.TestOutputHelper?.WriteLine($"{sent.Length} records in {reader.Batches.Count} batches, {alarms} alarms, "
            + $"{raised.Count} messages of alarms, over {Kills} kills and {_network.Accepted} connections");
    }

    private List<(long Sequence, string Kind, string Time)> InJournal()
    {
        List<(long Sequence, string Kind, string Time)> all = [];
        JournalBatch batch = new([], JournalPosition.Start);
        while ((batch = JournalTail.Read(Journal, batch.Position, 10_000, false)).Events.Count > 0)
            all.AddRange(batch.Events.Select(record => (record.Sequence, EventWords.OfKind(record), EventWords.OfTime(record))));
        return all;
    }

    private async Task<T> AskAsync<T>(Func<INatsJSContext, Task<T>> ask)
    {
        await using NatsConnection office = new(new NatsOpts { Url = _hub.Address });
        return await ask(new NatsJSContext(office));
    }
}
