using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Hub;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using Serilog.Core;

namespace DoorAgent.Tests.Support;

/// <summary>A door of an office at work: the real link brings the group into a real gallery, without a daemon between them.</summary>
internal sealed class GalleryDoor : IFleetDoor, IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FleetGallery _gallery;
    private readonly Task _link;
    private TaskCompletionSource _change = New();

    private GalleryDoor(OfficeAtWork office, string door, string group)
    {
        _path = Path.Combine(office.DataOf(door), "gallery.db");
        _gallery = new FleetGallery(_path, TimeProvider.System);
        HubLogin login = HubLogin.OfDoor(door, File.ReadAllText(Path.Combine(office.DataOf(door), "link", "fleet-nkey")).Trim(),
            Path.Combine(office.DataOf(door), "link", "fleet-ca.pem"));
        HubAddress address = new("127.0.0.1", office.Port);
        FleetRunner runner = new(address, () => login, new FleetLinkStatus(door, group, address.ToString()), this, office.File($"{door}.spool"), Logger.None,
            TimeProvider.System, new Random(1));
        _link = Task.Run(() => runner.RunAsync(_end.Token));
    }

    /// <summary>Joins a door to a group, and starts its link.</summary>
    public static async Task<GalleryDoor> JoinAsync(OfficeAtWork office, string door, string group)
    {
        await office.JoinAsync(door, group);
        return Start(office, door, group);
    }

    /// <summary>Starts the link of a door that has joined.</summary>
    public static GalleryDoor Start(OfficeAtWork office, string door, string group) => new(office, door, group);

    /// <summary>Where the door stands.</summary>
    public FleetStanding Standing => _gallery.Standing()!;

    /// <summary>Everybody at the door, by name.</summary>
    public IReadOnlyList<PersonEntry> People
    {
        get
        {
            using GalleryFile gallery = GalleryFile.OpenToRead(_path);
            return gallery.People;
        }
    }

    /// <summary>Waits until the door has exactly the people of a publication.</summary>
    public async Task UntilConfirmedAsync(long serial)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            Task change;
            lock (_gate)
                change = _change.Task;
            if (Standing.Confirmed >= serial)
                return;
            try
            {
                await change.WaitAsync(late.Token);
            }
            catch (OperationCanceledException waited)
            {
                throw new InvalidOperationException($"The door stands at {Standing}: {string.Join(' ', Standing.Faults)}", waited);
            }
        }
    }

    public Task<FleetStanding> StandingAsync(CancellationToken stopping) => Task.FromResult(Standing);

    public Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping)
    {
        try
        {
            return Task.FromResult(_gallery.Apply(delivery, parcel));
        }
        catch (UserErrorException refused)
        {
            throw new LinkDoorException(refused.Message);
        }
        finally
        {
            lock (_gate)
            {
                _change.SetResult();
                _change = New();
            }
        }
    }

    public Task<FleetStanding> ContactAsync(FleetContact contact, CancellationToken stopping) => Task.FromResult(Standing);

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        await _link.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
