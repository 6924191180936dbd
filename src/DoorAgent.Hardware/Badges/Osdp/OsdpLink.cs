using System.Collections;
using System.Threading.Channels;

namespace DoorAgent.Hardware.Badges.Osdp;

/// <summary>
/// Interprets the events of an OSDP reader. Badges and keys count only while the secure channel is established; when the channel is
/// lost or refused the link ends, and later events are ignored. Thread-safe.
/// </summary>
internal sealed class OsdpLink
{
    /// <summary>The time within which the secure channel must be established.</summary>
    public static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time after the channel is established in which events are ignored: they may have been sent in clear text before.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Error codes of a negative answer (osdp_NAK) by which the reader refuses the secure channel.</summary>
    private const int NoSecurityBlock = 5, SecurityNotMet = 6;

    private const int MaxBits = 128;

    private readonly WiegandDecoder _decoder;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _secured = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<BadgeRead> _reads = Channel.CreateBounded<BadgeRead>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    private TimeSpan? _securedAt;
    private bool _isOver;

    public OsdpLink(WiegandDecoder decoder, TimeProvider time) => (_decoder, _time) = (decoder, time);

    /// <summary>Completes when the secure channel is established and <see cref="Settling"/> has passed.</summary>
    /// <exception cref="IOException">The channel was refused or not established in time.</exception>
    public async Task SecureAsync(CancellationToken stopping)
    {
        try
        {
            await _secured.Task.WaitAsync(OpensWithin, _time, stopping);
        }
        catch (TimeoutException late)
        {
            throw new IOException("no secure channel: is the reader connected, are Badges:Baud and Badges:OsdpAddress those of the reader, "
                + "was the reader paired with this key?", late);
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

    /// <summary>Handles a change of the connection.</summary>
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
                EndNeedsLock(isConnected ? "the reader answers without the secure channel, which may be tampering"
                    : "the reader is silent or left the secure channel, which may be tampering");
            }
        }
    }

    /// <summary>Handles a negative answer of the reader.</summary>
    /// <param name="code">The answer's error code.</param>
    public void OnNak(int code)
    {
        if (code is not (NoSecurityBlock or SecurityNotMet))
            return;
        lock (_gate)
            EndNeedsLock($"the reader refuses the secure channel (NAK {code}): was the reader paired, or replaced by another one?");
    }

    /// <summary>Handles a card that the reader has read.</summary>
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

    /// <summary>Handles keys of the keypad.</summary>
    /// <param name="keys">The keys in ASCII; * is DEL and # is CR.</param>
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
