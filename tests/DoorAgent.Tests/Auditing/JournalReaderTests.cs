using System.Text.Json.Nodes;
using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Commands.Log;
using DoorAgent.Events;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

public sealed class JournalReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheNewestRecordsComeOldestFirstAndOlderOnesAreCounted()
    {
        using Journal journal = OpenWith(5);
        using JournalReader reader = new(JournalPath, new JournalFilter());
        (IReadOnlyList<DoorEvent> entries, long older) = reader.Last(2);
        Assert.Equal([4, 5], entries.Select(entry => entry.Sequence));
        Assert.Equal(3, older);
    }

    [Fact]
    public void FollowingReturnsEachRecordOnceWhileADoorRuns()
    {
        using Journal journal = OpenWith(1);
        using JournalReader reader = new(JournalPath, new JournalFilter(Kinds: [DoorEventKind.DoorForced]));
        Assert.Empty(reader.Last(20).Entries);
        Assert.Empty(reader.Next());
        journal.Append(SomeEvents.Number(2, DoorEventKind.DoorForced));
        journal.Append(SomeEvents.Number(3));
        journal.Append(SomeEvents.Number(4, DoorEventKind.DoorForced));
        Assert.Equal([2, 4], reader.Next().Select(entry => entry.Sequence));
        Assert.Empty(reader.Next());
        journal.Append(SomeEvents.Number(5, DoorEventKind.DoorForced));
        Assert.Equal([5], reader.Next().Select(entry => entry.Sequence));
    }

    [Fact]
    public void AfterAJournalIsSetAsideTheNewOneIsFollowed()
    {
        OpenWith(3).Dispose();
        using JournalReader reader = new(JournalPath, new JournalFilter());
        reader.Last(1);
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Move(file, Path.Combine(Directory.CreateDirectory(_folder.File("aside")).FullName, Path.GetFileName(file)));
        Assert.Empty(reader.Next());
        using Journal reopened = OpenWith(2);
        Assert.Equal([1, 2], reader.Next().Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task FollowingEndsWithoutAnExceptionWhenItIsStopped()
    {
        using Journal journal = OpenWith(1);
        using JournalReader reader = new(JournalPath, new JournalFilter());
        reader.Last(1);
        FakeTimeProvider time = new();
        using CancellationTokenSource stop = new();
        IAsyncEnumerator<IReadOnlyList<DoorEvent>> following = JournalFollowing.FollowAsync(reader, time, stop.Token)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Task<bool> comes = following.MoveNextAsync().AsTask();
        journal.Append(SomeEvents.Number(2));
        time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(comes.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await comes.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.Equal(2, Assert.Single(following.Current).Sequence);
        comes = following.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        Assert.False(await comes);
    }

    [Fact]
    public void AKindOfANewerVersionIsShownUnchanged()
    {
        OpenWith(1).Dispose();
        WrittenJournal.Change(JournalPath, "INSERT INTO event (sequence, time, kind, reason) VALUES (2, "
            + "'2026-03-02T07:55:00.0000000+01:00', 'DoorMelted', 'TooHot')");
        using JournalReader reader = new(JournalPath, new JournalFilter());
        DoorEvent entry = reader.Last(1).Entries[0];
        Assert.Equal((null, null, new UnreadWords("DoorMelted", "TooHot", null)), (entry.Kind, entry.Reason, entry.Unread));
        Assert.Equal("DoorMelted", DoorLog.WordsOf(entry));
        Assert.Equal("""{"kind":"DoorMelted","event":null,"level":"INF","reason":"TooHot"}""",
            new JsonObject(EventJson.Of(entry).Where(field => field.Key is "kind" or "event" or "level" or "reason")
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString());
    }

    [Fact]
    public void ADamagedJournalIsNamed()
    {
        File.WriteAllBytes(JournalPath, [.. Enumerable.Repeat((byte)'x', 5_000)]);
        using JournalReader reader = new(JournalPath, new JournalFilter());
        Assert.Contains("is damaged", Assert.Throws<UserErrorException>(() => reader.Last(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMessageAboutAnotherDatabaseDoesNotOnlyAdviseMovingIt()
    {
        WrittenJournal.Change(JournalPath, "CREATE TABLE other (id INTEGER)");
        using JournalReader reader = new(JournalPath, new JournalFilter());
        Assert.Contains("If another file was meant, name it with --journal. If this is the door's own: Set it aside",
            Assert.Throws<UserErrorException>(() => reader.Last(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipeOrADeviceIsRefusedWithoutWaiting()
    {
        using JournalReader reader = new("/dev/null", new JournalFilter());
        Assert.Contains("There is no journal /dev/null", Assert.Throws<UserErrorException>(() => reader.Last(1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LaterRecordsAreShownAlthoughTheClockWasNotSet()
    {
        using (Journal journal = Journal.Open(JournalPath))
        {
            DateTimeOffset[] times = [SomeEvents.Morning.AddDays(-3), SomeEvents.Morning.AddYears(9), SomeEvents.Morning.AddHours(-5),
                SomeEvents.Morning.AddMinutes(-50), DateTimeOffset.UnixEpoch, SomeEvents.Morning.AddMinutes(-10)];
            foreach ((int i, DateTimeOffset time) in times.Index())
                journal.Append(SomeEvents.Number(i + 1) with { Time = time });
        }

        using JournalReader reader = new(JournalPath, new JournalFilter(Since: SomeEvents.Morning.AddHours(-1), Now: SomeEvents.Morning));
        // The record of the clock that was ahead has a later time, and does not include all later records.
        Assert.Equal([2, 4, 5, 6], reader.Last(100).Entries.Select(entry => entry.Sequence));
    }

    /// <summary>The naive twin reads every record and selects by plain code.</summary>
    [Fact]
    public void TheFilterChoosesWhatPlainCodeWould()
    {
        List<DoorEvent> events = [];
        using Journal journal = Journal.Open(JournalPath);
        foreach (DoorEventKind kind in Enum.GetValues<DoorEventKind>())
        {
            foreach (DenyReason? reason in kind == DoorEventKind.Denied ? Enum.GetValues<DenyReason>().Select(r => (DenyReason?)r) : [null])
            {
                long number = events.Count + 1;
                // Two zones, so that times as text do not stand in the order of instants.
                DateTimeOffset time = SomeEvents.Morning.AddMinutes(number).ToOffset(TimeSpan.FromHours(number % 2 == 0 ? 1 : -5));
                (long? person, string? name) = (number % 4) switch
                {
                    0 => (7, "Ådam"),
                    1 => (8, "nora"),
                    // A number that changes its name.
                    2 => (9L, number % 8 == 2 ? "nora" : "eva"),
                    _ => ((long?)null, (string?)null),
                };
                events.Add(SomeEvents.Number(number, kind) with { Time = time, Reason = reason, PersonId = person, PersonName = name });
                journal.Append(events[^1]);
            }
        }

        Gen.Select(Gen.Int[0, 60].Nullable(), Gen.Int[0, 60].Nullable(),
            Gen.Int[0, 3].Select(i => new[] { null, "NORA", "åDAM", "nobody" }[i]), Gen.Enum<DoorEventKind>().Array[0, 3], Gen.Bool,
            Gen.Bool).Sample(any =>
        {
            (int? since, int? until, string? person, DoorEventKind[] kinds, bool denied, bool alarms) = any;
            JournalFilter filter = new(since is { } s ? SomeEvents.Morning.AddMinutes(s) : null, until is { } u
                ? SomeEvents.Morning.AddMinutes(u) : null, person, kinds, denied, alarms);
            IEnumerable<long> expected = events.Where(e => (filter.Since is null || e.Time >= filter.Since)
                && (filter.Until is null || e.Time < filter.Until)
                && (person is null || string.Equals(e.PersonName, person, StringComparison.OrdinalIgnoreCase))
                && ((kinds.Length == 0 && !denied && !alarms) || kinds.Contains(e.Kind!.Value) || (denied && e.Kind == DoorEventKind.Denied)
                || (alarms && e.IsAlarm())))
                .Select(e => e.Sequence);
            using JournalReader reader = new(JournalPath, filter);
            Assert.Equal(expected, reader.Last(1_000).Entries.Select(entry => entry.Sequence));
        }, iter: 100, threads: 1);
    }

    private Journal OpenWith(int records) => WrittenJournal.With(JournalPath, records);
}
