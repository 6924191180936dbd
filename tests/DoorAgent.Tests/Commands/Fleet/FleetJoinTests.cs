using System.Threading.Channels;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Hub;
using DoorAgent.Office;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Tests.Commands.Fleet;

/// <summary>Doors join a fleet with the commands that people type, at a real hub with TLS and the written configuration.</summary>
[Collection(nameof(WholeConsole))]
public sealed class FleetJoinTests
{
    private const string Group = "lab", Door = "lab-3";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADoorThatJoinedHasItsGroupsKeyAndNothingOfAnotherGroup()
    {
        await using OfficeAtWork office = await OfficeAtWork.StartAsync();
        await office.SaysAsync(0, "lab: publication 1", "group", Group);
        await office.SaysAsync(0, "depot: publication 1", "group", "depot");
        await office.JoinAsync(Door, Group);
        await office.JoinAsync("depot-1", "depot");

        await using (HubConnection door = await office.ConnectAsync(Door))
        {
            IReadOnlyDictionary<string, byte[]> records = await ReadAsync(door, HubNames.Groups, Group);
            Assert.Equal(["lab.key.lab-3", "lab.manifest"], records.Keys.Order(StringComparer.Ordinal));
            (_, GroupKeys keys) = OpenKeys(office, Door, records["lab.key.lab-3"]);
            Assert.Equal(1, keys.Newest!.Number);
            PubAckResponse state = await door.AskAsync(late => door.JetStream.PublishAsync("$KV.doors.lab-3", "{}", cancellationToken: late), Cancelled);
            Assert.Null(state.Error);
            PubAckResponse events = await door.AskAsync(late => door.JetStream.PublishAsync("door.lab-3.event", "{}", cancellationToken: late), Cancelled);
            Assert.Equal("EVENTS", events.Stream);
        }

        foreach (string forbidden in (string[])[
            "$JS.API.CONSUMER.CREATE.KV_people.x.$KV.people.depot.>", "$JS.API.CONSUMER.CREATE.KV_people.x.$KV.people.>",
            "$JS.API.CONSUMER.CREATE.KV_groups.x.$KV.groups.depot.>", "$JS.API.CONSUMER.CREATE.KV_people", "$JS.API.STREAM.MSG.GET.EVENTS",
            "$JS.API.STREAM.MSG.GET.KV_people", "$JS.API.DIRECT.GET.KV_people.$KV.people.lab.x", "$JS.API.DIRECT.GET.EVENTS.door.depot-1.event",
            "$JS.API.DIRECT.GET.EVENTS", "$JS.API.STREAM.PURGE.KV_people", "$JS.API.STREAM.DELETE.KV_people", "$JS.API.STREAM.CREATE.OWN",
            "door.depot-1.event", "door.depot-1.alarm", "$KV.doors.depot-1", "$KV.people.lab.x", "$KV.groups.lab.manifest"])
        {
            await using HubConnection door = await office.ConnectAsync(Door);
            IOException refused = await Assert.ThrowsAsync<IOException>(
                () => door.AskAsync(late => door.Nats.RequestAsync<string, string>(forbidden, "{}", cancellationToken: late), Cancelled));
            Assert.Contains("does not allow this", refused.Message, StringComparison.Ordinal);
        }

        // Nor does the door hear the inboxes of others.
        await using HubConnection listener = await office.ConnectAsync(Door);
        IOException deaf = await Assert.ThrowsAsync<IOException>(() => listener.AskAsync(async late =>
        {
            await foreach (NatsMsg<string> heard in listener.Nats.SubscribeAsync<string>("_INBOX_depot-1.>", cancellationToken: late))
                Assert.Fail($"heard {heard.Subject}");
            return 0;
        }, Cancelled));
        Assert.Contains("does not allow this", deaf.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStolenDoorIsCutOffAndTheOthersGetANewKey()
    {
        await using OfficeAtWork office = await OfficeAtWork.StartAsync();
        await office.SaysAsync(0, "lab: publication 1", "group", Group);
        await office.JoinAsync(Door, Group);
        await office.JoinAsync("lab-4", Group);
        using (FleetOffice open = office.Open())
            open.Publish(Group, "1 person", change => change.Put(MadeFleet.Person(MadeFleet.Anna, "Anna")));
        await using HubConnection stolen = await office.ConnectAsync(Door);

        await office.SaysAsync(0, "door lab-3 revoked, new key", "revoke", "--door", Door);

        await stolen.Lost.WaitAsync(TimeSpan.FromMinutes(2), Cancelled);
        IOException refused = await Assert.ThrowsAsync<IOException>(() => office.ConnectAsync(Door));
        Assert.Contains("does not accept the key", refused.Message, StringComparison.Ordinal);
        await using HubConnection other = await office.ConnectAsync("lab-4");
        IReadOnlyDictionary<string, byte[]> records = await ReadAsync(other, HubNames.Groups, Group);
        Assert.Equal(["lab.key.lab-4", "lab.manifest"], records.Keys.Order(StringComparer.Ordinal));
        (_, GroupKeys keys) = OpenKeys(office, "lab-4", records["lab.key.lab-4"]);
        Assert.Equal([1, 2], keys.All.Select(key => key.Number));
        using (FleetOffice open = office.Open())
        {
            open.Publish(Group, "1 person", change => change.Put(MadeFleet.Person(MadeFleet.Bert, "Bert")));
            Assert.Equal([1, 2], open.Records.Of(Group).Select(record => record.Key));
        }

        await office.SaysAsync(0, "lab-3 was revoked before", "revoke", "--door", Door);
        await office.SaysAsync(2, "were revoked with the door lab-3", "accept", office.File($"{Door}.request"), "--group", Group);
        await office.SaysAsync(2, "There is no door lab-5. There are: lab-4.", "revoke", "--door", "lab-5");
    }

    [Fact]
    public async Task WhatTheHubMissedIsSentByTheNextCommand()
    {
        await using OfficeAtWork office = await OfficeAtWork.StartAsync();
        await office.SaysAsync(0, "lab: publication 1", "group", Group);
        await office.AskAsync(Door);
        await office.Hub.KillAsync();

        await office.SaysAsync(1, "Not sent yet", "accept", office.File($"{Door}.request"), "--group", Group);

        await office.Hub.StartAgainAsync();
        await office.SaysAsync(0, "The hub has it.", "renew");
        await office.DoorSaysAsync(Door, 0, "This door is lab-3", "join", "--answer", await office.AcceptAsync(Door, Group));
        await using HubConnection door = await office.ConnectAsync(Door);
        Assert.Contains("lab.key.lab-3", (await ReadAsync(door, HubNames.Groups, Group)).Keys);
    }

    /// <summary>Whoever kills a command between its steps loses nothing: the next one does the rest.</summary>
    [Fact]
    public async Task ACommandThatWasKilledIsCompletedByTheNext()
    {
        await using OfficeAtWork office = await OfficeAtWork.StartAsync();
        await office.SaysAsync(0, "lab: publication 1", "group", Group);
        string text = await File.ReadAllTextAsync(await office.AskAsync(Door), Cancelled);
        // Killed after the transaction: neither file nor hub know the door.
        using (FleetOffice open = office.Open())
            Assert.NotNull(DoorAdmission.Admit(open, JoinRequest.Parse(text), text, Group));
        // Killed after the file was written: the hub has not read it.
        using (FleetOffice open = office.Open())
            new HubFiles(open).WriteDoors();

        string answer = await office.AcceptAsync(Door, Group);
        Assert.Equal(2, Serial(office));

        // The door is killed between the gallery and the settings, and once before both.
        await office.DoorSaysAsync(Door, 0, "This door is lab-3", "join", "--answer", answer);
        File.Delete(Path.Combine(office.DataOf(Door), "link.json"));
        File.Delete(Path.Combine(office.DataOf(Door), "link", "fleet-ca.pem"));
        await office.DoorSaysAsync(Door, 0, "This door is lab-3", "join", "--answer", answer);
        Assert.Contains("tls://127.0.0.1", await File.ReadAllTextAsync(Path.Combine(office.DataOf(Door), "link.json"), Cancelled), StringComparison.Ordinal);
        await using HubConnection door = await office.ConnectAsync(Door);
        Assert.Contains("lab.key.lab-3", (await ReadAsync(door, HubNames.Groups, Group)).Keys);
    }

    private static long Serial(OfficeAtWork office)
    {
        using FleetOffice open = office.Open();
        return open.Groups.Require(Group).Serial;
    }

    private static (long Serial, GroupKeys Keys) OpenKeys(OfficeAtWork office, string door, byte[] record)
    {
        using GalleryFile gallery = GalleryFile.OpenIfAny(new Places(office.DataOf(door), []).GalleryFile)!;
        using DoorSecrets secrets = gallery.Query(FleetKeyRow.Read)!;
        using OfficePublicKey pinned = OfficePublicKey.Read(gallery.Query(FleetMembership.Read)!.Office);
        return GroupKeySeal.Open(Group, door, record, pinned, secrets);
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(HubConnection hub, string bucket, string group)
    {
        Dictionary<string, byte[]> records = [];
        Channel<HubNews> news = Channel.CreateUnbounded<HubNews>();
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using HubConsumer consumer = await HubConsumer.CreateAsync(hub, bucket, HubNames.AllOf(group), 1, TimeProvider.System, Cancelled);
        Task pump = consumer.PumpAsync(news.Writer, enough.Token);
        bool isCurrent = false;
        while (!isCurrent)
        {
            Task<HubNews> next = news.Reader.ReadAsync(Cancelled).AsTask();
            if (await Task.WhenAny(pump, next) == pump)
                await pump;
            HubNews one = await next;
            isCurrent = one.IsCurrent;
            if (one.Item is { } item)
                records[item.Key] = item.Value;
        }

        await enough.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return records;
    }
}
