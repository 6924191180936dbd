using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DoorAgent.Hardware;

/// <summary>
/// A bounded queue with one reader. When it is full the oldest item is dropped and counted: a door that cannot keep up
/// answers the newest event. It knows when everything posted has been processed to the end, which simulation waits for.
/// </summary>
/// <typeparam name="T">What is posted.</typeparam>
public sealed class Mailbox<T>
{
    private readonly Channel<T> _channel;
    private readonly Lock _gate = new();
    private int _unfinished;
    private long _dropped;
    private bool _isLeft;
    private TaskCompletionSource? _idle;

    /// <summary>An empty mailbox that holds at most <paramref name="capacity"/> items.</summary>
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

    /// <summary>How many items were dropped because the reader was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many items wait to be read.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>Whether everything posted so far has been processed to the end.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _unfinished == 0;
        }
    }

    /// <summary>Posts an item. Never blocks and never throws; false once the mailbox is closed.</summary>
    public bool Post(T item)
    {
        lock (_gate)
            _unfinished++;
        if (_channel.Writer.TryWrite(item))
            return true;
        Finish();
        return false;
    }

    /// <summary>No more items; the reader ends after those that are left.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Reads items until the mailbox is closed, one reader only. An item counts as processed when the next one is asked for.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (_gate)
            _isLeft = false;
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
            Leave();
        }
    }

    /// <summary>Completes when everything posted so far has been processed to the end.</summary>
    /// <exception cref="InvalidOperationException">The reader has ended and left something: nobody would ever process that.</exception>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_unfinished == 0)
                return Task.CompletedTask;
            if (_isLeft)
                return Task.FromException(LeftNeedsLock());
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Whoever waits for a reader that failed is notified, instead of waiting forever.</summary>
    private void Leave()
    {
        lock (_gate)
        {
            _isLeft = true;
            if (_idle is null)
                return;
            _idle.SetException(LeftNeedsLock());
            _idle = null;
        }
    }

    private InvalidOperationException LeftNeedsLock() =>
        new($"The reader of this mailbox has ended; what was posted and not processed: {_unfinished}.");

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
