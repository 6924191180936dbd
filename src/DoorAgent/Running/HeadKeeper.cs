using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>
/// Writes the door's head into the data directory, where root's unit copies it into the anchor: at each new gallery, every few minutes
/// and at the stop. Where there is no anchor, nothing is written. A failure costs the anchor's news and never a decision.
/// </summary>
/// <param name="places">The door's files.</param>
/// <param name="inbox">Receives the news that the head cannot be written, and that it can again.</param>
/// <param name="time">The clock.</param>
internal sealed class HeadKeeper(Places places, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    /// <summary>How far the anchor may be behind the journal.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly Mailbox<bool> _work = new(capacity: 1);
    private GalleryHead? _gallery;
    private DoorHead? _written;
    private string? _fault;

    private TimeSpan Due => IsOn ? Interval : Timeout.InfiniteTimeSpan;

    private bool IsOn => places.AnchorFile is not null;

    /// <summary>Notes the gallery in use; called by the decision loop.</summary>
    public void Use(GalleryHead gallery)
    {
        Volatile.Write(ref _gallery, gallery);
        _work.Post(true);
    }

    /// <summary>Completes when everything that was noted is written.</summary>
    public Task WhenIdleAsync() => _work.WhenIdleAsync();

    /// <summary>Writes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _work.Post(true);
        await using ITimer timer = time.CreateTimer(_ => _work.Post(true), null, Due, Due);
        try
        {
            await foreach (bool _ in _work.ReadAllAsync(stopping))
                Report(Write());
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    /// <summary>Writes the head if it is another one than before.</summary>
    /// <returns>Why it was not written; null when it was.</returns>
    public string? Write()
    {
        if (!IsOn)
            return null;
        try
        {
            DoorHead head = new(time.GetUtcNow(), Volatile.Read(ref _gallery), JournalOfThisDoor());
            if (head with { Time = default } == _written)
                return null;
            Replace(places.HeadFile, head.Print());
            _written = head with { Time = default };
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return failure.Message;
        }
    }

    /// <summary>Returns the journal's head. A journal that lacks the anchored record is another one, and must not grow beyond the anchor
    /// until root has accepted it.</summary>
    private JournalHead? JournalOfThisDoor() =>
        Anchor.Of(places)?.Read()?.Journal is { } anchored && AnchoredJournal.FaultOf(places.JournalFile, anchored) is not null
            ? null : JournalHead.OfFile(places.JournalFile);

    private static void Replace(string path, string text)
    {
        string unfinished = path + ".new";
        using (FileStream file = DataDirectory.CreateFile(unfinished))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private void Report(string? fault)
    {
        if (fault is null != _fault is null)
            inbox.Post(new DoorMessage.Warned(fault is null ? "the head for the anchor is written again"
                : $"the head for the anchor is not written: {fault.TrimEnd('.')}. The door goes on"));
        _fault = fault;
    }
}
