using System.Globalization;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;

namespace DoorAgent.Commands.Link;

/// <summary>The link's status in lines.</summary>
internal static class LinkStatusView
{
    /// <summary>Returns the lines, a paragraph for each channel.</summary>
    public static IEnumerable<string> LinesOf(LinkStatus status)
    {
        yield return $"link running since {Text(status.Since)}";
        if (status.Door is { } away)
            yield return $"door: {away}";
        foreach (ChannelStatus channel in status.Channels)
        {
            yield return $"{channel.Name}: {StateOf(channel)}, {Waiting(channel.Waiting)}, "
                + (channel.LastDelivery is { } last ? $"last delivery {Text(last)}" : "nothing delivered yet");
            if (channel.Failure is { } failure)
                yield return $"  {(channel.IsConnected ? "was" : "is")} wrong ({Text(channel.FailedAt!.Value)}): {failure}";
            if (channel.NextTry is { } next)
                yield return $"  next attempt {Text(next)}";
        }

        foreach (string line in status.Fleet is { } fleet ? LinesOf(fleet) : [])
            yield return line;
    }

    private static IEnumerable<string> LinesOf(FleetLinkStatus fleet)
    {
        string state = fleet.IsOff ? "off until the link starts again" : fleet.ConnectedSince is not { } since ? "does not work"
            : $"connected since {Text(since)}, {(fleet.IsCaughtUp ? "nothing waits" : "catching up")}";
        yield return $"fleet: {fleet.Door} in {fleet.Group} at {fleet.Hub}, {state}";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  people {fleet.Count}, record {fleet.Revision}, publication {fleet.Confirmed} of {fleet.Manifest}");
        foreach (string fault in fleet.Faults)
            yield return $"  fault: {fault}";
        if (fleet.Failure is { } failure)
            yield return $"  {(fleet.ConnectedSince is null ? "is" : "was")} wrong ({Text(fleet.FailedAt!.Value)}): {failure}";
        if (fleet.NextTry is { } next)
            yield return $"  next attempt {Text(next)}";
    }

    private static string StateOf(ChannelStatus channel) =>
        channel.IsOff ? "off until the link starts again" : channel.IsConnected ? "works" : "does not work";

    private static string Waiting(long events) => events switch
    {
        0 => "nothing waits",
        1 => "1 event waits",
        _ => string.Create(CultureInfo.InvariantCulture, $"{events} events wait"),
    };

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
