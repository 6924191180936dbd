using System.Net.Sockets;
using System.Threading.Channels;
using DoorAgent.Galleries;

namespace DoorAgent.Operating;

/// <summary>Carries out the requests of the operator's socket. Every request that moves the relay goes through the decision loop.</summary>
/// <param name="door">The door.</param>
/// <param name="gallery">Changes the gallery.</param>
/// <param name="events">Reads the journal.</param>
/// <param name="access">Decides who may do what.</param>
/// <param name="page">Answers the requests of the page; null where there is no page.</param>
/// <param name="fleet">Answers the requests of the fleet; null where there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorService(IOperable door, OperatorGallery gallery, OperatorEvents events, OperatorAccess access, PageDesk? page,
    FleetDesk? fleet, TimeProvider time)
{
    private const int MostNotices = 16;

    /// <summary>Judges a request and carries it out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="peer">The kind of the user who asks.</param>
    /// <param name="who">The process that asks, for the record.</param>
    /// <param name="stream">The connection, for what comes before the answer.</param>
    /// <param name="stop">Cancelled when the door stops.</param>
    public async Task<OperatorAnswer> AnswerAsync(
        OperatorRequest request, OperatorPeer peer, PeerCredentials who, NetworkStream stream, CancellationToken stop)
    {
        // An exception in the decision loop ends the daemon: no time can be made of such seconds.
        if (!double.IsFinite(request.Seconds))
            return OperatorAnswer.Refused("The seconds of the request are not a finite number.");
        (PageSession? session, OperatorAnswer? refusal) = access.Judge(peer, request);
        if (refusal is not null)
            return refusal;
        if (request.IsEvenFleet == true && (session is not null || !who.IsRoot))
            return OperatorAnswer.Refused("Only root ends a lockdown of the fleet at the door: try sudo.");
        string by = session is null ? who.ToString() : $"page, {OperatorAccess.WordOf(session.Role)}";
        if (request.IsByMqtt)
            by = $"by MQTT, {by}";
        OperatorAnswer answer = await AnswerAsync(request, peer, by, stream, stop);
        return session is null ? answer : answer with { Session = session };
    }

    private async Task<OperatorAnswer> AnswerAsync(
        OperatorRequest request, OperatorPeer peer, string by, NetworkStream stream, CancellationToken stop)
    {
        if (PageDesk.Answers(request.Verb))
        {
            return page is null ? OperatorAnswer.Refused("This door has no page.")
                : await page.AnswerAsync(request, by, order => AskAsync(order, by, stop), stream, stop);
        }

        if (FleetDesk.Answers(request.Verb))
        {
            return fleet is null ? OperatorAnswer.Refused(FleetGallery.InNone)
                : await fleet.AnswerAsync(request, order => AskAsync(order, by, stop), stream, stop);
        }

        return request.Verb switch
        {
            OperatorVerb.NextBadge => await AwaitBadgeAsync(request, stream, by, stop),
            OperatorVerb.Frames => await ShareFramesAsync(request, stream, by, stop),
            OperatorVerb.ChangeGallery => await ChangeGalleryAsync(request, by, stop),
            OperatorVerb.Events => await ReadEventsAsync(request, peer, stream, stop),
            OperatorVerb.Status when peer == OperatorPeer.Link => WithoutNames(await AskAsync(request, by, stop)),
            _ => await AskAsync(request, by, stop),
        };
    }

    private static OperatorAnswer WithoutNames(OperatorAnswer answer) =>
        answer.Status is { } status ? answer with { Status = NamelessStatus.Of(status) } : answer;

    private async Task<OperatorAnswer> ReadEventsAsync(
        OperatorRequest request, OperatorPeer peer, NetworkStream stream, CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // A reader that ends gives its place to others at once.
        _ = EndWithAsync(stream, end);
        return await events.ReadAsync(request, hasNames: peer != OperatorPeer.Link, end.Token);
    }

    private Task<OperatorAnswer> AskAsync(OperatorRequest request, string by, CancellationToken stop) =>
        door.AskAsync(request, by, time, stop);

    /// <summary>Judges a change of the gallery, has it recorded, and makes it.</summary>
    private async Task<OperatorAnswer> ChangeGalleryAsync(OperatorRequest request, string by, CancellationToken stop)
    {
        if (request.Change is not { } change)
            return OperatorAnswer.Refused("The request names no change.");
        try
        {
            long person = await Task.Run(() => gallery.Judge(change), stop);
            OperatorAnswer recorded = await AskAsync(request with { Person = person }, by, stop);
            return recorded.Refusal is not null ? recorded
                : new OperatorAnswer { Done = await Task.Run(() => gallery.Run(change), stop) };
        }
        catch (UserErrorException refused)
        {
            return OperatorAnswer.Refused(refused.Message);
        }
    }

    private async Task<OperatorAnswer> AwaitBadgeAsync(OperatorRequest request, NetworkStream stream, string by, CancellationToken stop)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestWait))
            return OperatorAnswer.Refused($"The wait for a badge must be 1 to {OperatorRequest.LongestWait:0} s.");
        // Many cards in a row may produce more notices than the client reads: the oldest notices are dropped, never the answer.
        Channel<OperatorAnswer> answers = Channel.CreateBounded<OperatorAnswer>(
            new BoundedChannelOptions(MostNotices) { FullMode = BoundedChannelFullMode.DropOldest });
        Action<OperatorAnswer> post = answer => answers.Writer.TryWrite(answer);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(request.Seconds), time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        door.Ask(request, by, post);
        // A client that stops waiting closes the connection, and the next unknown card is denied again.
        _ = EndWithAsync(stream, end);
        try
        {
            OperatorAnswer answer;
            while ((answer = await answers.Reader.ReadAsync(end.Token)).Notice is not null)
                await OperatorProtocol.WriteAsync(stream, answer, end.Token).WaitAsync(OperableRequests.Patience, time, stop);
            return answer;
        }
        catch (OperationCanceledException)
        {
            return OperatorAnswer.Refused($"No new badge was read in {request.Seconds:0} s. "
                + "A badge that already has an owner is not accepted: 'dooragent log' shows it.");
        }
        finally
        {
            door.StopAwaiting(post);
        }
    }

    private async Task<OperatorAnswer> ShareFramesAsync(OperatorRequest request, NetworkStream stream, string by, CancellationToken stop)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestLook))
            return OperatorAnswer.Refused($"The camera can be used for 1 to {OperatorRequest.LongestLook:0} s.");
        // The decision loop records the request and names the camera.
        OperatorAnswer lent = await AskAsync(request, by, stop);
        if (lent.Refusal is not null)
            return lent;
        await OperatorProtocol.WriteAsync(stream, lent, stop).WaitAsync(OperableRequests.Patience, time, stop);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(request.Seconds), time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        _ = EndWithAsync(stream, end);
        try
        {
            await new FrameSharing(door, time).RunAsync(stream, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The refusal below gives the reason.
        }

        return OperatorAnswer.Refused(end.IsCancellationRequested
            ? "the requested time with the camera is over" : "another client uses this camera now");
    }

    private static async Task EndWithAsync(NetworkStream stream, CancellationTokenSource end)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1], end.Token);
            await end.CancelAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The wait has already ended.
        }
    }
}
