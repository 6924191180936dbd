using System.Collections;
using System.Threading.Channels;

namespace DoorAgent.Hardware.Badges.Osdp;

/// <summary>
/// What an OSDP reader's events mean. Badges and keys count only while the secure channel stands; when it is lost or refused
/// the link is over, and what comes after is not heard. Its callers may be on any thread.
/// </summary>
internal sealed class OsdpLink
{
    /// <summary>The channel must be there within so long.</summary>
    public static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What comes so early after the channel is secure is not heard: it may have been sent in clear before, and have waited.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Negative answers (osdp_NAK) that mean: no secure channel with me.</summary>
    private const int NoSecurityBlock = 5, SecurityNotMet = 6;

    private const int MaxBits = 128;

    private readonly WiegandDecoder _decoder;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _secured = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<BadgeRead> _reads = Channel.CreateBounded<BadgeRead>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    private TimeSpan? _securedAt;
    private bool _isOver;

    public OsdpLink(WiegandDecoder decoder, TimeProvider time) => (_decoder, _time) = (decoder, time);

    /// <summary>Completes when the secure channel stands and has settled.</summary>
    /// <exception cref="IOException">It was refused, or did not come in time.</exception>
    public async Task SecureAsync(CancellationToken stopping)
    {
        try
        {
            await _secured.Task.WaitAsync(OpensWithin, _time, stopping);
        }
        catch (TimeoutException late)
        {
            throw new IOException("no secure channel: is the reader there, are Badges:Baud and Badges:OsdpAddress its own, was it paired with this key?", late);
        }

        await Task.Delay(Settling, _time, stopping);
    }

    /// <summary>Waits for the next badge, key or fault.</summary>
    /// <exception cref="IOException">The link is over.</exception>
    public async ValueTask<BadgeRead> NextAsync(CancellationToken stopping)
    {
        try
        {
            return await _reads.Reader.ReadAsync(stopping);
        }
        catch (ChannelClosedException over)
        {
            throw new IOException(over.InnerException!.Message, over);
        }
    }

    /// <summary>The panel says how the link is.</summary>
    public void OnStatusChanged(bool isConnected, bool isSecure)
    {
        lock (_gate)
        {
            if (isConnected && isSecure)
            {
                _securedAt ??= _time.Monotonic();
                _secured.TrySetResult();
            }
            else if (_securedAt is not null)
            {
                EndNeedsLock(isConnected ? "the reader answers without the secure channel, which tampering looks like too"
                    : "the reader is silent or left the secure channel, which tampering looks like too");
            }
        }
    }

    /// <summary>The reader gave a negative answer.</summary>
    /// <param name="code">Its error code.</param>
    public void OnNak(int code)
    {
        if (code is not (NoSecurityBlock or SecurityNotMet))
            return;
        lock (_gate)
            EndNeedsLock($"the reader refuses the secure channel (NAK {code}): was it paired, or was another one put in its place?");
    }

    /// <summary>The reader read a card.</summary>
    /// <param name="bits">The frame, first bit first.</param>
    public void OnCardRead(BitArray bits)
    {
        UInt128 frame = 0;
        for (int i = 0; i < bits.Length && i < MaxBits; i++)
            frame |= bits[i] ? UInt128.One << i : 0;
        ReadFault fault = ReadFault.Length;
        Badge? badge = bits.Length <= MaxBits ? _decoder.Decode(frame, bits.Length, out fault) : null;
        Post(new BadgeRead(badge, fault, _time.Monotonic(), bits.Length));
    }

    /// <summary>Somebody typed.</summary>
    /// <param name="keys">ASCII; * is DEL and # is CR.</param>
    public void OnKeysPressed(ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            KeypadKey? pressed = key switch
            {
                >= (byte)'0' and <= (byte)'9' => KeypadKey.OfCode(key - '0'),
                0x7F => KeypadKey.Of('*'),
                0x0D => KeypadKey.Of('#'),
                _ => null,
            };
            Post(new BadgeRead(null, pressed is null ? ReadFault.NoKey : ReadFault.None, _time.Monotonic(), 8) { Key = pressed });
        }
    }

    private void Post(BadgeRead read)
    {
        lock (_gate)
        {
            if (_securedAt is { } since && !_isOver && _time.Monotonic() - since >= Settling)
                _reads.Writer.TryWrite(read);
        }
    }

    private void EndNeedsLock(string why)
    {
        _isOver = true;
        IOException end = new(why);
        _secured.TrySetException(end);
        _reads.Writer.TryComplete(end);
    }
}
