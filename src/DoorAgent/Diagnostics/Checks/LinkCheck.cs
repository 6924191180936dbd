using System.Globalization;
using DoorAgent.Link;
using DoorAgent.Running;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that what is to leave the house does.</summary>
internal sealed class LinkCheck : ICheck
{
    private const string Start = "Start it: 'sudo systemctl enable --now dooragent-link'; 'journalctl -u dooragent-link' says why it ended.";

    public string Name => "link";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        bool isConfigured = door.Places.SharedSocket is not null && File.Exists(LinkPlaces.SystemFile);
        // A mistake is a finding, with the words of the link's own start.
        if (isConfigured)
            _ = LinkSettings.Load(null, []).Section<LinkOptions>();
        LinkPlaces places = LinkPlaces.Of(door.Places);
        if (LinkLock.IsHeld(places.State))
            CheckChannels(LinkStatus.Read(places.StatusFile), findings);
        else if (isConfigured)
            findings.Warn("no link runs, although its settings exist", Start);
        else
            findings.Ok("nothing leaves the house: no link runs");
        return Task.CompletedTask;
    }

    private static void CheckChannels(LinkStatus? status, Findings findings)
    {
        if (status is null)
        {
            findings.Warn("the link runs and says nothing about its channels", "'dooragent link status' says more.");
            return;
        }

        if (status.Door is { } away)
            findings.Warn($"the link does not reach the door: {away}", "Is the user dooragent-link in the group dooragent-socket?");
        foreach (ChannelStatus channel in status.Channels)
        {
            if (channel.IsOff)
                findings.Fault($"channel {channel.Name} is off: {channel.Failure}", "Correct the settings, and restart dooragent-link.");
            else if (!channel.IsConnected && channel.Failure is { } failure)
                findings.Warn($"channel {channel.Name} does not work: {failure}", "'dooragent link status' says what waits.");
            else
                findings.Ok($"channel {channel.Name}: {(channel.LastDelivery is { } last
                    ? string.Create(CultureInfo.InvariantCulture, $"last delivery {last:yyyy-MM-dd HH:mm}") : "nothing delivered yet")}");
        }
    }
}
