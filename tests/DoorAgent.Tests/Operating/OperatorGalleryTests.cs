using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Serilog.Core;

namespace DoorAgent.Tests.Operating;

/// <summary>Tests changes of a sealed gallery over the operator's socket, with a door that only records.</summary>
public sealed class OperatorGalleryTests : IClassFixture<EnrolledPeople>, IOperable, IDisposable
{
    private const string Adams = "H10301:123:4567";

    private readonly TempFolder _folder = new();
    private readonly List<(OperatorRequest Request, string By)> _recorded = [];
    private OperatorAnswer _answer = new() { Done = "recorded" };

    public OperatorGalleryTests(EnrolledPeople people)
    {
        people.CopyGalleryTo(Places.GalleryFile);
        new KeyKeeper(KeyPlaces.Of(_folder.Path)).Keep(DoorKey.Generate());
        Assert.True(GallerySealing.RunIfDue(Places.GalleryFile, TimeProvider.System));
    }

    private Places Places => new(_folder.Path, []);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GalleryChangeKind.Block, BadgeState.Blocked, "blocked")]
    [InlineData(GalleryChangeKind.Lose, BadgeState.Lost, "lost")]
    [InlineData(GalleryChangeKind.Unblock, BadgeState.Active, "active again")]
    [InlineData(GalleryChangeKind.RemoveBadge, null, "removed")]
    public async Task TheDoorChangesABadge(object kind, object? state, string words)
    {
        OperatorAnswer answer = await AskAsync((GalleryChangeKind)kind, Adams);
        Assert.Equal($"The badge H10301 ...67 is {words}.", answer.Done);
        Assert.Equal((BadgeState?)state, StateOf(Adams));
        (OperatorRequest request, string by) = Assert.Single(_recorded);
        Assert.Equal(Gallery(file => file.Person("adam").Id), request.Person);
        Assert.StartsWith($"user {Libc.UserId}", by, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDoorDisablesEnablesAndRemovesAPerson()
    {
        Assert.Equal("adam is disabled.", (await AskAsync(GalleryChangeKind.Disable, "adam")).Done);
        Assert.False(Gallery(file => file.Person("adam").IsEnabled));
        await AskAsync(GalleryChangeKind.Enable, "adam");
        Assert.True(Gallery(file => file.Person("adam").IsEnabled));
        await AskAsync(GalleryChangeKind.RemovePerson, "adam");
        Assert.Equal(["nora"], Gallery(file => file.People.Select(person => person.Name).ToArray()));
    }

    [Fact]
    public async Task TheDoorMarksAPersonAndNamesHosts()
    {
        Assert.Equal("adam is let in during a lockdown too.", (await AskAsync(GalleryChangeKind.AllowInLockdown, "adam")).Done);
        await AskAsync(GalleryChangeKind.RequireSecondPerson, "adam");
        Assert.True(Gallery(file => file.Person("adam") is { IsForLockdown: true, NeedsSecondPerson: true }));
        await AskAsync(GalleryChangeKind.DenyInLockdown, "adam");
        Assert.Equal("adam is let in without a second person.", (await AskAsync(GalleryChangeKind.AllowAlone, "adam")).Done);
        Assert.True(Gallery(file => file.Person("adam") is { IsForLockdown: false, NeedsSecondPerson: false }));
        UserErrorException refusal = await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(GalleryChangeKind.Escort, "nora", "adam"));
        Assert.Contains("a visit has an end", refusal.Message, StringComparison.Ordinal);
        using (GalleryFile file = GalleryFile.OpenToChange(Places.GalleryFile, TimeProvider.System))
            file.SetValidity("nora", ValidityLimit.Until, ValidityDate.Parse("2030-01-01"));
        Assert.Equal("nora is let in only after a host (adam).", (await AskAsync(GalleryChangeKind.Escort, "nora", "adam")).Done);
        Assert.True(Gallery(file => file.Person("nora") is { IsEscorted: true, Hosts: ["adam"] }));
        Assert.Equal("nora is let in without a host.", (await AskAsync(GalleryChangeKind.EndEscort, "nora")).Done);
        Assert.False(Gallery(file => file.Person("nora").IsEscorted));
    }

    [Theory]
    [InlineData(GalleryChangeKind.Block, "H10301:9:9", "Nobody has the badge")]
    [InlineData(GalleryChangeKind.Block, "hello", "not a badge number")]
    [InlineData(GalleryChangeKind.Disable, "zoe", "zoe")]
    public async Task WhatIsNotInTheGalleryIsRefusedWithoutARecord(object kind, string name, string words)
    {
        Assert.Contains(words, (await Assert.ThrowsAsync<UserErrorException>(() => AskAsync((GalleryChangeKind)kind, name))).Message,
            StringComparison.Ordinal);
        Assert.Empty(_recorded);
    }

    [Fact]
    public async Task AChangeThatTheDoorDoesNotRecordIsNotMade()
    {
        _answer = OperatorAnswer.Refused("Nothing was changed");
        await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(GalleryChangeKind.Block, Adams));
        Assert.Equal(BadgeState.Active, StateOf(Adams));
    }

    [Fact]
    public void TheWordsOfARecordHaveNoNameAndNoCompleteNumber()
    {
        Assert.Equal("person disabled", OperatorGallery.WordsOf(new GalleryChangeOrder(GalleryChangeKind.Disable, "adam")));
        Assert.Equal("person let in only after a host", OperatorGallery.WordsOf(new GalleryChangeOrder(GalleryChangeKind.Escort, "adam")
        {
            Hosts = ["nora"],
        }));
        Assert.Equal("badge H10301 ...67 lost", OperatorGallery.WordsOf(new GalleryChangeOrder(GalleryChangeKind.Lose, Adams)));
    }

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        _recorded.Add((request, by));
        answer(_answer);
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => throw new NotSupportedException();

    private async Task<OperatorAnswer> AskAsync(GalleryChangeKind kind, string name, params string[] hosts)
    {
        await using OperatorSocket socket = OperatorSocket.Open(Places, this, Logger.None, TimeProvider.System)!;
        OperatorRequest request = new(OperatorVerb.ChangeGallery) { Change = new GalleryChangeOrder(kind, name) { Hosts = hosts } };
        return await OperatorClient.AskAsync(Places, request, TestContext.Current.CancellationToken);
    }

    private BadgeState? StateOf(string number) =>
        Gallery(file => file.NumberedBadges.Where(one => one.Badge == Badge.Read(number)).Select(one => (BadgeState?)one.State).FirstOrDefault());

    private T Gallery<T>(Func<GalleryFile, T> read)
    {
        using GalleryFile file = GalleryFile.OpenToRead(Places.GalleryFile);
        return read(file);
    }
}
