using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Link.Mail;

/// <summary>
/// The channel to people's mailboxes: alarms at once, and a summary a day. After a mail of alarms the next one waits for a minute, and
/// contains
/// all that came meanwhile; the channel's position moves when the server has accepted the mail.
/// </summary>
/// <param name="door">The door's names.</param>
/// <param name="sender">Sends.</param>
/// <param name="readAfter">Reads the door's records after a position.</param>
/// <param name="summaries">Sends summaries; null where they are off.</param>
/// <param name="time">The clock.</param>
internal sealed class MailChannel(LinkOptions door, MailSender sender,
    Func<JournalPosition, CancellationToken, Task<JournalBatch>> readAfter, SummarySchedule? summaries, TimeProvider time) : ILinkChannel
{
    /// <summary>The name of the channel, and of its secret.</summary>
    public const string ChannelName = "mail", SecretName = "mail-password";

    /// <summary>The least time between two mails of alarms.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    // A mail that nobody can read to its end helps nobody.
    private const int MostMore = 200;

    // One mail after the other: a sender keeps who has got the present one.
    private readonly SemaphoreSlim _one = new(1);

    // What a mail took along beyond its batch comes again in the next batches.
    private readonly HashSet<string> _mailed = [];
    private TimeSpan? _sentAt;

    public string Name => ChannelName;

    /// <summary>Makes the channel; null where no server is set.</summary>
    /// <exception cref="UserErrorException">The password cannot be read.</exception>
    public static MailChannel? Make(LinkContext context)
    {
        MailOptions options = context.Settings.Section<MailOptions>();
        if (!options.IsOn)
            return null;
        string? password = options.User is null ? null : context.Secrets.Read(SecretName, options.PasswordFile)
            ?? throw new UserErrorException($"The user {options.User} of the mail server has no password. {LinkSecrets.HowTo(SecretName)}");
        return new MailChannel(context.Settings.Section<LinkOptions>(), new MailSender(options, password, context.Log, context.Time),
            (after, stopping) => context.Door.ReadAsync(after, 0, stopping),
            context.SummariesOf(ChannelName, options.SummaryAt), context.Time);
    }

    /// <summary>Checks that the server takes mails, so that a wrong password is seen before the first alarm.</summary>
    public Task ConnectAsync(CancellationToken stopping) => OneAsync(sender.CheckAsync, stopping);

    public async Task DeliverAsync(IReadOnlyList<DoorEvent> events, CancellationToken stopping)
    {
        List<DoorEvent> news = NewsIn(events);
        if (news.Count == 0)
            return;
        if (_sentAt is { } before && time.Monotonic() - before is var since && since < Between)
        {
            await Task.Delay(Between - since, time, stopping);
            news.AddRange(await MeanwhileAsync(JournalPosition.Of(events[^1]), stopping));
        }

        await OneAsync(end => sender.SendAsync(MailText.Of(door, news), end), stopping);
        _sentAt = time.Monotonic();
        _mailed.Clear();
        _mailed.UnionWith(news.Select(made => PeopleNews.IdOf(door.Door, made)));
    }

    public async Task<string> TestAsync(CancellationToken stopping)
    {
        await OneAsync(end => sender.SendAsync(MailText.TestOf(door, time.GetUtcNow()), end), stopping);
        return "The mail server accepted a test mail for the addresses in Mail:To.";
    }

    public Task WatchAsync(CancellationToken stopping) => summaries is null ? Task.Delay(Timeout.InfiniteTimeSpan, time, stopping)
        : summaries.RunAsync((summary, end) => OneAsync(ending => sender.SendAsync(MailText.Of(door, summary), ending), end), stopping);

    public ValueTask DisposeAsync()
    {
        _one.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<DoorEvent> NewsIn(IReadOnlyList<DoorEvent> events) =>
    [
        .. events.Where(made => PeopleNews.Has(SentEvents.Alarms, made) && !_mailed.Contains(PeopleNews.IdOf(door.Door, made))),
    ];

    private async Task<List<DoorEvent>> MeanwhileAsync(JournalPosition after, CancellationToken stopping)
    {
        List<DoorEvent> more = [];
        try
        {
            JournalBatch batch;
            do
            {
                batch = await readAfter(after, stopping);
                if (batch.IsOtherJournal)
                    break;
                more.AddRange(NewsIn(batch.Events));
                after = batch.Position;
            }
            while (batch.Events.Count > 0 && batch.Waiting > 0 && more.Count < MostMore);
        }
        catch (LinkDoorException)
        {
            // The next batch brings them when the door answers again.
        }

        return more;
    }

    private async Task OneAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        await _one.WaitAsync(stopping);
        try
        {
            await work(stopping);
        }
        finally
        {
            _one.Release();
        }
    }
}
