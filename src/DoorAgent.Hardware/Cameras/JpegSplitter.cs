namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Cuts a stream of JPEG pictures (Motion JPEG) into its pictures by their markers (ITU-T T.81, annex B): bytes between
/// pictures, and pictures that break off, are left out. What stands in a segment (a thumbnail) is no marker.
/// </summary>
internal sealed class JpegSplitter
{
    /// <summary>Longest picture in bytes; what is longer is none.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const byte Mark = 0xFF, Start = 0xD8, End = 0xD9, Scan = 0xDA, FirstRestart = 0xD0, LastRestart = 0xD7, Lone = 0x01;

    private byte[] _picture = new byte[64 * 1024];
    private int _length;
    private State _state = State.Outside;
    private int _segmentLeft;
    private bool _isBeforeScan;

    private enum State
    {
        Outside,
        OutsideMark,
        Marker,
        MarkerCode,
        LengthHigh,
        LengthLow,
        Segment,
        Scan,
        ScanMark,
    }

    /// <summary>The picture that <see cref="Take"/> has found, until it is called again.</summary>
    public ReadOnlySpan<byte> Picture => _picture.AsSpan(0, _length);

    /// <summary>Takes bytes up to the end of the next picture.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="used">How many of them were used up: all, unless a picture ended before.</param>
    /// <returns>Whether there is a whole <see cref="Picture"/> now.</returns>
    public bool Take(ReadOnlySpan<byte> bytes, out int used)
    {
        for (used = 0; used < bytes.Length;)
        {
            if (IsWhole(bytes[used++]))
                return true;
        }

        return false;
    }

    private bool IsWhole(byte next)
    {
        if (_state is State.Outside or State.OutsideMark)
        {
            Look(next);
            return false;
        }

        if (!Keep(next))
            return false;
        switch (_state)
        {
            case State.Marker:
                _state = next == Mark ? State.MarkerCode : State.Outside;
                return false;
            case State.MarkerCode:
                Code(next, isInScan: false);
                return false;
            case State.LengthHigh:
                (_segmentLeft, _state) = (next << 8, State.LengthLow);
                return false;
            case State.LengthLow:
                // The length counts its own two bytes.
                _segmentLeft = (_segmentLeft | next) - 2;
                _state = _segmentLeft < 0 ? State.Outside : State.Segment;
                EndSegment();
                return false;
            case State.Segment:
                _segmentLeft--;
                EndSegment();
                return false;
            case State.Scan:
                if (next == Mark)
                    _state = State.ScanMark;
                return false;
            default:
                return Code(next, isInScan: true);
        }
    }

    private void Look(byte next)
    {
        if (_state == State.OutsideMark && next == Start)
            Begin();
        else
            _state = next == Mark ? State.OutsideMark : State.Outside;
    }

    /// <summary>The byte after a mark; whether it ends the picture.</summary>
    private bool Code(byte code, bool isInScan)
    {
        bool isRestart = code is >= FirstRestart and <= LastRestart;
        if (code == End)
        {
            _state = State.Outside;
            return isInScan;
        }

        if (code == Start)
            Begin();
        else if (isInScan && (code == 0 || isRestart))
            _state = State.Scan;
        else if (code == 0)
            _state = State.Outside;
        else if (isRestart || code == Lone)
            _state = State.Marker;
        else if (code != Mark)
            (_state, _isBeforeScan) = (State.LengthHigh, code == Scan);
        return false;
    }

    private void EndSegment()
    {
        if (_state == State.Segment && _segmentLeft == 0)
            _state = _isBeforeScan ? State.Scan : State.Marker;
    }

    private void Begin()
    {
        (_length, _state) = (0, State.Marker);
        Keep(Mark);
        Keep(Start);
    }

    private bool Keep(byte next)
    {
        if (_length == MaxBytes)
        {
            _state = State.Outside;
            return false;
        }

        if (_length == _picture.Length)
            Array.Resize(ref _picture, Math.Min(2 * _length, MaxBytes));
        _picture[_length++] = next;
        return true;
    }
}
