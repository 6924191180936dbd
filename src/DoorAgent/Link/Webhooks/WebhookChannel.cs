using DoorAgent.Certificates;
using DoorAgent.Events;

namespace DoorAgent.Link.Webhooks;

/// <summary>The channel to a webhook: a signed message for each alarm and for the summary of the day. A message counts as delivered when
/// the
/// receiver has answered with 2xx.</summary>
/// <param name="options">Checked options with an address.</param>
/// <param name="door">The door's names.</param>
/// <param name="signature">Signs.</param>
/// <param name="summaries">Sends summaries; null where they are off.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookChannel(
    WebhookOptions options, LinkOptions door, WebhookSignature signature, SummarySchedule? summaries, TimeProvider time) : ILinkChannel
{
    /// <summary>The name of the channel, and of its secret.</summary>
    public const string ChannelName = "webhook", SecretName = "webhook-secret";

    private WebhookSender? _sender;

    // After a failure a batch comes again: what was accepted in it is not sent twice.
    private string? _lastAccepted;

    public string Name => ChannelName;

    private WebhookSender Sender => _sender ?? throw new IOException("The webhook is not open.");

    /// <summary>Makes the channel; null where no address is set.</summary>
    /// <exception cref="UserErrorException">There is no usable secret.</exception>
    public static WebhookChannel? Make(LinkContext context)
    {
        WebhookOptions options = context.Settings.Section<WebhookOptions>();
        if (options.Address is not { } address)
            return null;
        string secret = context.Secrets.Read(SecretName, options.SecretFile)
            ?? throw new UserErrorException($"The webhook has no secret. {LinkSecrets.HowTo(SecretName)}");
        if (address.Scheme == Uri.UriSchemeHttp)
        {
            context.Log.Warning("Webhook:Url begins with http://, so that whoever can listen between this machine and {Host} reads the "
                + "messages; they are signed, not encrypted", address.Host);
        }

        return new WebhookChannel(options, context.Settings.Section<LinkOptions>(), WebhookSignature.Parse(secret),
            context.SummariesOf(ChannelName, options.SummaryAt), context.Time);
    }

    /// <summary>Reads the trusted certificates again. A webhook has no lasting connection.</summary>
    public Task ConnectAsync(CancellationToken stopping)
    {
        _sender?.Dispose();
        _sender = new WebhookSender(options.Address!, signature, ServerTrust.Of("Webhook:CaFile", options.CaFile), options.Timeout, time);
        return Task.CompletedTask;
    }

    public async Task DeliverAsync(IReadOnlyList<DoorEvent> events, CancellationToken stopping)
    {
        WebhookMessage[] messages =
            [.. events.Where(made => PeopleNews.Has(options.Events, made)).Select(made => WebhookMessage.Of(door, made))];
        foreach (WebhookMessage message in messages.Skip(1 + Array.FindIndex(messages, message => message.Id == _lastAccepted)))
        {
            await Sender.SendAsync(message, stopping);
            _lastAccepted = message.Id;
        }
    }

    public async Task<string> TestAsync(CancellationToken stopping)
    {
        await Sender.SendAsync(WebhookMessage.TestOf(door, time.GetUtcNow()), stopping);
        return $"The webhook's receiver {options.Address!.Authority} accepted a test message.";
    }

    public Task WatchAsync(CancellationToken stopping) => summaries is null ? Task.Delay(Timeout.InfiniteTimeSpan, time, stopping)
        : summaries.RunAsync((summary, end) => Sender.SendAsync(WebhookMessage.Of(door, summary), end), stopping);

    public ValueTask DisposeAsync()
    {
        _sender?.Dispose();
        return ValueTask.CompletedTask;
    }
}
