using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DoorAgent.Hardware;

/// <summary>
/// A bounded queue with one reader. When the queue is full the oldest item is dropped and counted, so that a slow door still
/// answers the newest event. The queue also tracks when every posted item has been processed, which simulation waits for.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class Mailbox<T>
{
    private readonly Channel<T> _channel;
    private readonly Lock _gate = new();
    private int _unfinished;
    private long _dropped;
    private bool _isAbandoned;
    private TaskCompletionSource? _idle;

    /// <summary>Creates an empty mailbox for at most <paramref name="capacity"/> items.</summary>
    public Mailbox(int capacity)
    {
        _channel = Channel.CreateBounded<T>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ =>
            {
                Interlocked.Increment(ref _dropped);
                Finish();
            });
    }

    /// <summary>The number of items dropped because the reader was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The number of items that wait to be read.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>Whether every posted item has been processed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _unfinished == 0;
        }
    }

    /// <summary>Posts an item without blocking or throwing; returns false once the mailbox is closed.</summary>
    public bool Post(T item)
    {
        lock (_gate)
            _unfinished++;
        if (_channel.Writer.TryWrite(item))
            return true;
        Finish();
        return false;
    }

    /// <summary>Closes the mailbox to new items; the reader ends after the remaining ones.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Reads items until the mailbox is closed, with one reader only. An item counts as processed when the next is
    /// requested.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (_gate)
            _isAbandoned = false;
        try
        {
            await foreach (T item in _channel.Reader.ReadAllAsync(cancellationToken))
            {
                try
                {
                    yield return item;
                }
                finally
                {
                    Finish();
                }
            }
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>Completes when every posted item has been processed.</summary>
    /// <exception cref="InvalidOperationException">The reader has ended and left items that will never be processed.</exception>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_unfinished == 0)
                return Task.CompletedTask;
            if (_isAbandoned)
                return Task.FromException(AbandonedNeedsLock());
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Fails the pending <see cref="WhenIdleAsync"/>, which would otherwise wait forever.</summary>
    private void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            if (_idle is null)
                return;
            _idle.SetException(AbandonedNeedsLock());
            _idle = null;
        }
    }

    private InvalidOperationException AbandonedNeedsLock() =>
        new($"The reader of this mailbox has ended; posted items that were not processed: {_unfinished}.");

    private void Finish()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_unfinished == 0)
                (idle, _idle) = (_idle, null);
        }

        idle?.SetResult();
    }
}
