using DoorAgent.Link.Mail;
using DoorAgent.Link.Mqtt;
using DoorAgent.Link.Webhooks;
using DoorAgent.Settings;

namespace DoorAgent.Link;

/// <summary>What a channel is made from.</summary>
/// <param name="Settings">The link's settings.</param>
/// <param name="Places">The link's files.</param>
/// <param name="Door">The running door.</param>
/// <param name="Secrets">Passwords and keys.</param>
/// <param name="Log">The log.</param>
/// <param name="Time">The clock.</param>
internal sealed record LinkContext(
    LoadedSettings Settings, LinkPlaces Places, LinkDoor Door, LinkSecrets Secrets, Serilog.ILogger Log, TimeProvider Time)
{
    /// <summary>Whether the channel only sends a test message, perhaps beside a running link.</summary>
    public bool IsTest { get; init; }

    /// <summary>Returns the schedule of a channel's summaries; null where they are off.</summary>
    /// <param name="channel">Name of the channel.</param>
    /// <param name="at">Checked time of the day, or off.</param>
    public SummarySchedule? SummariesOf(string channel, string at) => SummaryTime.Find(at) is not { } time ? null
        : new SummarySchedule(time, Places.SummaryFile(channel), (after, stopping) => Door.ReadAsync(after, 0, stopping),
            async stopping => (await Door.StatusAsync(stopping)).Faults, () => LinkStatus.Read(Places.StatusFile), Time);
}

/// <summary>The kinds of channels.</summary>
internal static class LinkChannels
{
    /// <summary>Each kind by its name. A maker returns null where its section turns nothing on, and throws a
    /// <see cref="UserErrorException"/> for settings that cannot work: the other channels run then.</summary>
    public static IReadOnlyDictionary<string, Func<LinkContext, ILinkChannel?>> Makers { get; } =
        new Dictionary<string, Func<LinkContext, ILinkChannel?>>
        {
            [MqttChannel.ChannelName] = MqttChannel.Create,
            [WebhookChannel.ChannelName] = WebhookChannel.Make,
            [MailChannel.ChannelName] = MailChannel.Make,
        };

    /// <summary>Makes the channels that the settings turn on.</summary>
    /// <param name="context">What channels are made from.</param>
    /// <param name="makers">The kinds; null for all.</param>
    /// <returns>The channels; and those whose settings cannot work, with the reason.</returns>
    public static (IReadOnlyList<ILinkChannel> Channels, IReadOnlyList<ChannelStatus> Off) Create(
        LinkContext context, IReadOnlyDictionary<string, Func<LinkContext, ILinkChannel?>>? makers = null)
    {
        List<ILinkChannel> channels = [];
        List<ChannelStatus> off = [];
        foreach ((string name, Func<LinkContext, ILinkChannel?> make) in makers ?? Makers)
        {
            try
            {
                if (make(context) is { } made)
                    channels.Add(made);
            }
            catch (UserErrorException cannot)
            {
                context.Log.Error("Channel {Channel} is off until the link starts again: {Why}", name, cannot.Message);
                off.Add(new ChannelStatus(name) { IsOff = true, Failure = cannot.Message, FailedAt = context.Time.GetLocalNow() });
            }
        }

        return (channels, off);
    }
}
