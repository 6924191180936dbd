using System.Net.Sockets;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>
/// Accepts operators' requests on a unix socket in the data directory, which only root and the door's own user reach, and on a second one
/// for the users of link and page. The door does not depend on the sockets.
/// </summary>
internal sealed class OperatorSocket : IAsyncDisposable
{
    private const string SharingGroup = "dooragent-socket";

    private const UnixFileMode ForGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly OperatorAccess _access;
    private readonly OperatorService _service;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<OperatorListener> _listeners = [];

    private OperatorSocket(Places places, IOperable door, Serilog.ILogger log, TimeProvider time, OperatorAccess access,
        OperatorEvents events, PageDesk? page, FleetDesk? fleet)
    {
        (_log, _time, _access) = (log, time, access);
        _service = new OperatorService(door, new OperatorGallery(places.GalleryFile, time), events, access, page, fleet, time);
    }

    /// <summary>Starts to listen; returns null and logs a warning when the system refuses, since the door works without the
    /// socket.</summary>
    /// <param name="places">The data directory.</param>
    /// <param name="door">The door.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="access">Who may do what; null for root and the door's own user alone.</param>
    /// <param name="events">Reads the journal, and hears of new events.</param>
    /// <param name="page">Answers the requests of the page; null for a door without one.</param>
    /// <param name="fleet">Answers the requests of the fleet; null for a door without one.</param>
    /// <exception cref="UserErrorException">Another door runs on this data directory.</exception>
    public static OperatorSocket? Open(Places places, IOperable door, Serilog.ILogger log, TimeProvider time,
        OperatorAccess? access = null, OperatorEvents? events = null, PageDesk? page = null, FleetDesk? fleet = null)
    {
        OperatorSocket opened = new(places, door, log, time,
            (access ?? new OperatorAccess(null, null, MayLinkUnlock: false)) with { Sessions = page?.Sessions },
            events ?? new OperatorEvents(places.JournalFile, time), page, fleet);
        if (!opened.Listen(places.OperatorSocket, DataDirectory.Protect, new OperatorQuota(OperatorPeer.Owner, OperatorQuota.OfOwner),
            "so status, unlock and lock do not reach this door"))
            return null;
        if (places.SharedSocket is { } shared && Directory.Exists(Path.GetDirectoryName(shared)))
            opened.Listen(shared, Share, new OperatorQuota(null, OperatorQuota.OfOthers), "so link and page do not reach this door");
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (OperatorListener listener in _listeners)
            await listener.DisposeAsync();
        _stop.Dispose();
    }

    private bool Listen(string path, Action<string> protect, OperatorQuota quota, string consequence)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            UnixDomainSocketEndPoint here = new(path);
            RemoveOld(here, path);
            socket.Bind(here);
            protect(path);
            socket.Listen(quota.Backlog);
            _listeners.Add(new OperatorListener(socket, path, quota, _access, _service, _log, _time, _stop.Token));
            return true;
        }
        catch (Exception failure)
            when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            _log.Warning("The operator's socket {Path} cannot be made, {Consequence}: {Why}", path, consequence, failure.Message);
            return false;
        }
    }

    /// <summary>Lets the members of the group of link and page connect. Under the unit, whose filter of system calls refuses to change an
    /// owner, systemd gives the socket to the group (ExecStartPost); the door's own group has no other member.</summary>
    private static void Share(string path)
    {
        File.SetUnixFileMode(path, ForGroup);
        if (Libc.IsRoot && AccountNumbers.Group(SharingGroup) is { } group)
            Libc.ChangeOwner(path, Libc.UserId, group);
    }

    /// <summary>Deletes the socket that a killed daemon left behind; a socket with a listener belongs to another running door.</summary>
    private static void RemoveOld(UnixDomainSocketEndPoint here, string path)
    {
        if (!File.Exists(path))
            return;
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(here);
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new UserErrorException($"Another dooragent already runs on this data ({PeerCredentials.Of(probe)}). "
            + "One daemon serves one door: stop the other, or start this one with a different --data.");
    }
}
