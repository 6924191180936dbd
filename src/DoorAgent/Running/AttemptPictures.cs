using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Running;

/// <summary>
/// Keeps a few pictures of each attempt that the settings select: the first, the one with the least distance, and the last. The two loops
/// of the door only hand frames and results over; a task of its own encodes and writes, so that a slow or full disk costs pictures and never
/// a decision.
/// </summary>
/// <param name="options">Checked options.</param>
/// <param name="decisions">Checked options.</param>
/// <param name="folder">Where the pictures go.</param>
/// <param name="inbox">Receives the news that pictures cannot be written, and that they can again.</param>
/// <param name="time">The clock.</param>
internal sealed class AttemptPictures(
    AuditingOptions options, DecisionOptions decisions, KeptPictures folder, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    /// <summary>Number of frames that may wait to be encoded; frames are large.</summary>
    private const int MostWaiting = 3;

    /// <summary>Number of ended attempts that may wait to be written.</summary>
    private const int MostEnded = 4;

    /// <summary>Number of encoded pictures of one attempt in memory, and of accounts of its frames.</summary>
    private const int MostPictures = 60, MostAccounts = 400;

    // Frames that cannot be compared come as fast as the camera gives them.
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(150);

    private readonly Lock _gate = new();
    private readonly Mailbox<bool> _work = new(capacity: 1);
    private readonly Queue<Frame> _waiting = [];
    private readonly Stack<Frame> _spare = new(Enumerable.Range(0, MostWaiting).Select(_ => new Frame()));
    private readonly Queue<EndedAttempt> _ended = [];
    private readonly List<FrameAccount> _accounts = [];
    private readonly List<(TimeSpan CapturedAt, byte[] Jpeg)> _pictures = [];
    private TimeSpan _lastOffered = TimeSpan.MinValue;
    private TimeSpan _began;
    private string? _liveness;
    private string? _fault;

    private bool IsOn => options.KeepPictures != KeepPictures.None;

    /// <summary>Takes a copy of a frame that the networks have read; called by the vision loop.</summary>
    public void Offer(Frame frame, FaceReading reading)
    {
        if (!IsOn || (reading.Problem != UnusableReason.None && !FrameRule.IsLaterBy(LeastInterval, _lastOffered, frame.CapturedAt)))
            return;
        Frame? copy;
        lock (_gate)
        {
            if (!_spare.TryPop(out copy))
                return;
        }

        copy.CopyFrom(frame);
        _lastOffered = frame.CapturedAt;
        lock (_gate)
            _waiting.Enqueue(copy);
        _work.Post(true);
    }

    /// <summary>Notes what the policy made of an event; called by the decision loop.</summary>
    public void Note(AccessEvent what, AccessState before, AccessState after)
    {
        if (!IsOn)
            return;
        lock (_gate)
        {
            if (what is LivenessJudged { Verdict: var verdict })
                _liveness = verdict.Finding;
            if (FrameAccount.Of(what, before, after, decisions) is { } account)
            {
                if (_accounts.Count == MostAccounts)
                    _accounts.RemoveAt(0);
                _accounts.Add(account);
            }

            // An identification counts the frames that opened it to what was seen before the attempt.
            if (after.Attempt is { } attempt && before.Attempt?.BeganAt != attempt.BeganAt)
            {
                (_began, _liveness) = (attempt.BeganAt, null);
                _accounts.RemoveAll(one => one.CapturedAt < attempt.BeganAt - decisions.MaxGap);
            }
        }
    }

    /// <summary>Ends an attempt; called by the decision loop after the decision was recorded.</summary>
    /// <param name="decided">The grant or denial.</param>
    /// <param name="sequence">Number of its record.</param>
    public void End(DoorEvent decided, long sequence)
    {
        if (!IsOn)
            return;
        bool isWanted = decided.Kind == DoorEventKind.Denied
            || (decided.Kind is DoorEventKind.Granted or DoorEventKind.SecondPersonAwaited && options.KeepPictures == KeepPictures.All);
        lock (_gate)
        {
            if (isWanted && _accounts.Count > 0 && _ended.Count < MostEnded)
            {
                _ended.Enqueue(new EndedAttempt(_began, new AttemptAccount(sequence, decided.Kind!.Value, decided.PersonId, [.. _accounts])
                {
                    Liveness = _liveness,
                }));
            }

            _accounts.Clear();
        }

        _work.Post(true);
    }

    /// <summary>Completes when everything that was handed over is written.</summary>
    public Task WhenIdleAsync() => _work.WhenIdleAsync();

    /// <summary>Encodes and writes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        SealOpenOnes();
        try
        {
            await foreach (bool _ in _work.ReadAllAsync(stopping))
            {
                Encode();
                while (Next() is { } attempt)
                    Report(FailureOf(attempt));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    /// <summary>Seals the pictures that were kept before the door had its key.</summary>
    private void SealOpenOnes()
    {
        try
        {
            folder.SealOpenOnes();
        }
        catch (UserErrorException failure)
        {
            Report(failure.Message);
        }
    }

    private void Encode()
    {
        while (true)
        {
            Frame? frame;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out frame))
                    return;
            }

            // The first picture of an attempt is kept.
            if (_pictures.Count == MostPictures)
                _pictures.RemoveAt(1);
            try
            {
                _pictures.Add((frame.CapturedAt, FrameDrawing.ToJpeg(frame)));
            }
#pragma warning disable CA1031 // A frame that cannot be encoded is one picture less.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Report(failure.Message);
            }

            lock (_gate)
                _spare.Push(frame);
        }
    }

    private EndedAttempt? Next()
    {
        lock (_gate)
            return _ended.TryDequeue(out EndedAttempt? attempt) ? attempt : null;
    }

    private string? FailureOf(EndedAttempt attempt)
    {
        IReadOnlyList<(TimeSpan CapturedAt, byte[] Jpeg)> chosen = Chosen(attempt);
        TimeSpan last = attempt.Account.Frames[^1].CapturedAt;
        _pictures.RemoveAll(picture => picture.CapturedAt <= last);
        try
        {
            folder.Write(attempt.Account, chosen);
            folder.DeleteExpired(options.KeepPicturesFor, options.KeepPicturesUpTo, time.GetUtcNow());
            return null;
        }
#pragma warning disable CA1031 // Whatever fails here, only the pictures are lost, and the failure is reported.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure.Message;
        }
    }

    private void Report(string? fault)
    {
        if (fault is null != _fault is null)
            inbox.Post(new DoorMessage.Warned(fault is null ? "pictures of attempts are kept again"
                : $"pictures of attempts are not kept: {fault.TrimEnd('.')}. The door goes on"));
        _fault = fault;
    }

    /// <summary>Chooses the first picture of the attempt, the one nearest to the decision, and the last.</summary>
    private List<(TimeSpan CapturedAt, byte[] Jpeg)> Chosen(EndedAttempt attempt)
    {
        IReadOnlyList<FrameAccount> frames = attempt.Account.Frames;
        TimeSpan last = frames[^1].CapturedAt;
        (TimeSpan CapturedAt, byte[] Jpeg)[] all =
            [.. _pictures.Where(picture => picture.CapturedAt > attempt.BeganAt && picture.CapturedAt <= last)];
        if (all.Length == 0)
            return [];
        HashSet<TimeSpan> compared = [.. frames.Where(frame => frame.Use is FrameUse.Matched or FrameUse.NotMatched)
            .OrderBy(frame => frame.Match!.Value.Distance).Select(frame => frame.CapturedAt).Take(1)];
        return [.. all.Where((picture, i) => i == 0 || i == all.Length - 1 || compared.Contains(picture.CapturedAt))];
    }

    private sealed record EndedAttempt(TimeSpan BeganAt, AttemptAccount Account);
}
