using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the erasure alone: the test stands for the door that keeps the journal.</summary>
public sealed class FleetErasureTests : IOperable, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DeliveredFleet _fleet = new();
    private long _failing;

    public void Dispose()
    {
        _fleet.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OneErasureThatFailsDoesNotHoldUpTheOthers()
    {
        Places places = Places.Resolve(_folder.Path, models: null);
        FleetGallery gallery = _fleet.Join(places.GalleryFile);
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2), DeliveredFleet.Person(3));
        _fleet.DeliverWhole(gallery);
        _fleet.Publish([], erased: [1, 2, 3]);
        _fleet.DeliverWhole(gallery);
        IReadOnlyList<long> due = gallery.ToErase();
        Assert.Equal(3, due.Count);
        _failing = due[0];

        Mailbox<DoorMessage> inbox = new(8);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using FleetErasure erasure = new(places, gallery, this, inbox, new FakeTimeProvider());
        Task running = erasure.RunAsync(stop.Token);
        await foreach (DoorMessage message in inbox.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Contains("the disk is gone", Assert.IsType<DoorMessage.Warned>(message).What, StringComparison.Ordinal);
            break;
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal([_failing], gallery.ToErase());
    }

    void IOperable.Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        if (request.Person == _failing)
            throw new IOException("the disk is gone");
        answer(new OperatorAnswer());
    }

    void IOperable.StopAwaiting(Action<OperatorAnswer> answer)
    {
    }

    Task<string?> IOperable.NextFrameAsync(Frame into, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
