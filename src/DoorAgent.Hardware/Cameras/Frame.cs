namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// A reusable picture in memory: rows of interleaved B, G, R bytes without padding (stride = 3 x width). Not thread-safe: one owner at a
/// time fills or reads the frame.
/// </summary>
public sealed class Frame
{
    /// <summary>The largest width or height accepted, in pixels.</summary>
    public const int MaxSide = 16_384;

    private byte[] _pixels = [];

    /// <summary>Width in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Monotonic time of the capture.</summary>
    public TimeSpan CapturedAt { get; set; }

    /// <summary>The number of the frame since the camera was created, from 1.</summary>
    public long Sequence { get; set; }

    /// <summary>The pixels, 3 x width x height bytes.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, 3 * Width * Height);

    /// <summary>Sets the size; the pixels' content is then undefined. Allocates only when the frame grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not within 1 to <see cref="MaxSide"/>.</exception>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        int bytes = checked(3 * width * height);
        if (_pixels.Length < bytes)
            _pixels = new byte[bytes];
        (Width, Height) = (width, height);
    }

    /// <summary>Makes this a copy of another frame, time and number included.</summary>
    public void CopyFrom(Frame other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Resize(other.Width, other.Height);
        other.Pixels.CopyTo(Pixels);
        (CapturedAt, Sequence) = (other.CapturedAt, other.Sequence);
    }
}
