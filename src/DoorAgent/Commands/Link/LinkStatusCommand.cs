using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorAgent.Commands.Output;
using DoorAgent.Link;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Link;

/// <summary>Creates dooragent link status.</summary>
internal static class LinkStatusCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("status", """
            Shows how each channel of the link fares: what waits, what was delivered last, what is wrong, and the next attempt.

            In a fleet also the connection to its hub: since when, up to which record, and which publication of the office the door has.
            Exit code 0 when every channel works, 1 when one does not, 2 when no link runs.
            """) { json };
        command.SetAction((result, stopping) => ShowAsync(CommonOptions.DataPlacesOf(result), result.GetValue(json), stopping));
        return command;
    }

    private static async Task<int> ShowAsync(Places door, bool isJson, CancellationToken stopping)
    {
        LinkPlaces places = LinkPlaces.Of(door);
        LinkStatus? status = LinkStatus.Read(places.StatusFile);
        if (status is null || !LinkLock.IsHeld(places.State))
            throw new UserErrorException("No link runs: 'sudo systemctl enable --now dooragent-link' starts it, "
                + "and 'journalctl -u dooragent-link' says why it ended.");
        status = status with { Channels = await CountedAsync(status.Channels, new LinkDoor(door.ForOtherUser()), stopping) };
        if (isJson)
            JsonLine.Write((JsonObject)JsonSerializer.SerializeToNode(status, OperatorProtocol.Json)!);
        else
            Console.WriteLine(string.Join(Environment.NewLine, LinkStatusView.LinesOf(status)));
        return status.Door is null && status.Channels.All(channel => channel is { IsConnected: true, IsOff: false })
            && status.Fleet?.IsWell != false ? 0 : 1;
    }

    /// <summary>Counts what waits now: a channel that is away has not looked for a while.</summary>
    private static async Task<IReadOnlyList<ChannelStatus>> CountedAsync(
        IReadOnlyList<ChannelStatus> channels, LinkDoor door, CancellationToken stopping)
    {
        try
        {
            long newest = (await door.ReadAsync(after: null, seconds: 0, stopping)).Position.Sequence;
            return [.. channels.Select(channel => channel.Position is { } position
                ? channel with { Waiting = Math.Max(0, newest - position) } : channel)];
        }
        catch (LinkDoorException)
        {
            return channels;
        }
    }
}
