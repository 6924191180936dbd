using System.Net.Sockets;
using DoorAgent.Link;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Link;

public sealed class LinkDoorTests
{
    [Fact]
    public async Task ADoorThatListensAndDoesNotAnswerIsAway()
    {
        using TempFolder folder = new();
        Places places = new(folder.Path, []);
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(places.OperatorSocket));
        listener.Listen();
        FakeTimeProvider time = new();
        LinkDoor door = new(places, time);

        Task asking = door.StatusAsync(TestContext.Current.CancellationToken);
        using Socket accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        time.Advance(LinkDoor.Patience - TimeSpan.FromSeconds(1));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("The door has not answered for 15 s.", (await Assert.ThrowsAsync<LinkDoorException>(() => asking)).Message);
    }

    [Fact]
    public async Task ARequestThatWasCancelledSaysNothingAboutTheDoor()
    {
        using TempFolder folder = new();
        Places places = new(folder.Path, []);
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(places.OperatorSocket));
        listener.Listen();
        using CancellationTokenSource stop = new();

        Task asking = new LinkDoor(places).StatusAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }
}
