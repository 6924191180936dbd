using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>
/// Brings what the hub has of a group to the door: first everything or the changes after the door's revision, then each further change.
/// The link only carries: the door verifies, opens and stores, so that a hub or a link in wrong hands can withhold, and add nobody.
/// </summary>
/// <param name="hub">The connection.</param>
/// <param name="door">The door.</param>
/// <param name="progress">How the connection fares, with the names of door and group.</param>
/// <param name="spool">Path of the file for large groups.</param>
/// <param name="rule">When everything is read.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the random part of the waits.</param>
internal sealed class FleetSync(HubConnection hub, IFleetDoor door, FleetProgress progress, string spool, WholeRule rule, Serilog.ILogger log,
    TimeProvider time, Random random)
{
    /// <summary>How long a batch waits for more records. A removal does not wait.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestWaitForDoor = TimeSpan.FromSeconds(30);

    private readonly FleetLinkStatus _names = progress.Status;
    private string? _away;
    private string? _refused;

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="IOException">The connection is lost, the hub refuses, or the disk is full; the message says which.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        FleetSpool.Clear(spool);
        for (bool isWhole = false; ; isWhole = true)
            await PassAsync(isWhole, stopping);
    }

    /// <summary>Reads until everything has to be read again.</summary>
    private async Task PassAsync(bool isWhole, CancellationToken stopping)
    {
        FleetStanding standing = await AskAsync(door.StandingAsync, stopping);
        if ((standing.Door, standing.Group) != (_names.Door, _names.Group))
        {
            throw new IOException($"This door is {standing.Door} in the group {standing.Group}, and the settings say {_names.Door} in "
                + $"{_names.Group}: 'dooragent fleet join --answer' writes both.");
        }

        progress.Stands(standing);
        await using FleetFeed feed = new(hub, time);
        FleetBatch batch = await ReadGroupAsync(feed, stopping);
        HubBucket bucket = await HubBucket.OfAsync(hub, HubNames.People, stopping);
        isWhole |= WholeRule.IsNeeded(standing, bucket);
        ulong revision = isWhole ? bucket.Last : standing.Revision;
        HubConsumer people = await feed.OpenAsync(
            HubNames.People, HubNames.AllOf(_names.Group), isWhole ? 1 : standing.Revision + 1, stopping);
        if (isWhole)
        {
            (standing, revision) = await ApplyWholeAsync(feed, people, batch, bucket, stopping);
            rule.Tried(standing);
            batch = new FleetBatch();
        }

        await FollowAsync(feed, people, batch, new FleetDelivery(bucket.Id, revision, FleetPass.Changes, 0), standing, stopping);
    }

    /// <summary>Reads the group's manifest and the keys for this door, and goes on reading them.</summary>
    private async Task<FleetBatch> ReadGroupAsync(FleetFeed feed, CancellationToken stopping)
    {
        await feed.OpenAsync(HubNames.Groups, HubNames.ManifestKey(_names.Group), 1, stopping);
        await feed.OpenAsync(HubNames.Groups, HubNames.GroupKeyKey(_names.Group, _names.Door), 1, stopping);
        FleetBatch batch = new();
        while (!feed.IsCurrent)
        {
            if ((await feed.NextAsync(stopping)).Item is { } item)
                batch.AddOfGroup(item);
        }

        return batch;
    }

    private async Task<(FleetStanding Standing, ulong Revision)> ApplyWholeAsync(
        FleetFeed feed, HubConsumer people, FleetBatch group, HubBucket bucket, CancellationToken stopping)
    {
        ulong revision = bucket.Last;
        using FleetSpool all = new(spool);
        // The keys open what follows.
        foreach (FleetItem item in group.Group)
            all.Add(item, Skip);
        for (bool isCurrent = false; !isCurrent;)
        {
            HubNews news = await feed.NextAsync(stopping);
            progress.Moved();
            if (news.Item is { } item)
                all.Add(item, Skip);
            if (news.From != people)
                continue;
            revision = Math.Max(revision, news.Item?.Sequence ?? 0);
            isCurrent = news.IsCurrent;
        }

        FleetOutcome outcome = await ApplyAsync(
            new FleetDelivery(bucket.Id, revision, FleetPass.Whole, all.Length), all.Read(), stopping);
        log.Information("The door has read all of its group {Group}: {Written} people written, {Removed} removed, {Count} now",
            _names.Group, outcome.Written, outcome.Removed, outcome.Standing.Count);
        return (outcome.Standing, revision);
    }

    private async Task FollowAsync(
        FleetFeed feed, HubConsumer people, FleetBatch batch, FleetDelivery last, FleetStanding standing, CancellationToken stopping)
    {
        // What a heartbeat said before the last manifest came does not count: the people of that manifest may be on their way.
        bool isComplete = false;
        while (true)
        {
            if (!batch.IsEmpty)
            {
                using MemoryStream parcel = batch.ToParcel(Skip);
                last = last with { Revision = Math.Max(last.Revision, batch.LastPerson ?? 0), Bytes = parcel.Length };
                long manifest = standing.Manifest;
                standing = (await ApplyAsync(last, parcel, stopping)).Standing;
                isComplete &= standing.Manifest == manifest;
            }

            progress.CaughtUp(feed.IsCurrent);
            bool isLacking = standing.Swept < standing.Horizon || (isComplete && feed.IsCurrent);
            if (isLacking && rule.IsDue(standing))
                return;
            HubNews news = await feed.NextAsync(stopping);
            progress.Moved();
            isComplete |= news is { Item: null, IsCurrent: true } && news.From == people;
            batch = await CollectAsync(feed, people, news, stopping);
        }
    }

    /// <summary>Returns news together with what follows it closely.</summary>
    private async Task<FleetBatch> CollectAsync(FleetFeed feed, HubConsumer people, HubNews news, CancellationToken stopping)
    {
        FleetBatch batch = new();
        Add(batch, people, news);
        if (batch.IsEmpty)
            return batch;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task over = Task.Delay(Linger, time, end.Token);
        while (!batch.IsFull)
        {
            if (feed.TryNext(out news))
                Add(batch, people, news);
            else if (batch.IsUrgent || !await feed.WaitAsync(over, stopping))
                break;
        }

        await end.CancelAsync();
        return batch;
    }

    private static void Add(FleetBatch batch, HubConsumer people, HubNews news)
    {
        if (news.Item is not { } item)
            return;
        if (news.From == people)
            batch.AddPerson(item);
        else
            batch.AddOfGroup(item);
    }

    private async Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping)
    {
        FleetOutcome outcome = await AskAsync(
            token =>
            {
                progress.Moved(LinkDoor.ApplyWithin(delivery.Bytes));
                parcel.Position = 0;
                return door.ApplyAsync(delivery, parcel, token);
            },
            stopping);
        progress.Stands(outcome.Standing);
        if (outcome.Refusals is [var refusal, ..] && $"{refusal.Key}: {refusal.Why}" is var why && why != _refused)
        {
            log.Warning("The door refused {Count} records of the fleet, the first one is {Key}: {Why}", outcome.Refusals.Count, refusal.Key,
                refusal.Why);
            _refused = why;
        }

        return outcome;
    }

    /// <summary>Asks the door until it answers. A door that is stopped, or whose disk is full, takes the same records later.</summary>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stopping)
    {
        LinkBackoff waits = new(LongestWaitForDoor, random);
        while (true)
        {
            progress.Moved();
            try
            {
                T answer = await ask(stopping);
                if (_away is not null)
                    log.Information("The door takes what the fleet sends again");
                _away = null;
                return answer;
            }
            catch (LinkDoorException away)
            {
                if (_away != away.Message)
                    log.Warning("The door does not take what the fleet sends, and the link tries again: {Why}", away.Message);
                _away = away.Message;
                progress.CaughtUp(false);
                progress.Noted(away.Message);
                if (await Task.WhenAny(hub.Lost, Task.Delay(waits.Next(), time, stopping)) == hub.Lost)
                    throw new IOException(await hub.Lost);
                stopping.ThrowIfCancellationRequested();
            }
        }
    }

    private void Skip(FleetItem item, string why) => log.Warning("A record of the hub is left out, {Key}: {Why}", item.Key, why);
}
