namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Splits a Motion JPEG stream into pictures at their markers (ITU-T T.81, annex B). Bytes between pictures and truncated
/// pictures are skipped. The content of a segment, such as a thumbnail, is not searched for markers.
/// </summary>
internal sealed class JpegSplitter
{
    /// <summary>The largest accepted picture, in bytes; a larger one is skipped.</summary>
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

    /// <summary>The picture found by <see cref="TrySplit"/>, valid until the next call.</summary>
    public ReadOnlySpan<byte> Picture => _picture.AsSpan(0, _length);

    /// <summary>Consumes bytes up to the end of the next picture.</summary>
    /// <param name="bytes">The received bytes.</param>
    /// <param name="used">The number of consumed bytes: all of them, unless a picture ended earlier.</param>
    /// <returns>Whether <see cref="Picture"/> is complete.</returns>
    public bool TrySplit(ReadOnlySpan<byte> bytes, out int used)
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
            FindStart(next);
            return false;
        }

        if (!TryAppend(next))
            return false;
        switch (_state)
        {
            case State.Marker:
                _state = next == Mark ? State.MarkerCode : State.Outside;
                return false;
            case State.MarkerCode:
                OnMarkerCode(next, isInScan: false);
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
                return OnMarkerCode(next, isInScan: true);
        }
    }

    private void FindStart(byte next)
    {
        if (_state == State.OutsideMark && next == Start)
            Begin();
        else
            _state = next == Mark ? State.OutsideMark : State.Outside;
    }

    /// <summary>Handles the byte after a marker's first byte; returns whether the marker ends the picture.</summary>
    private bool OnMarkerCode(byte code, bool isInScan)
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
        TryAppend(Mark);
        TryAppend(Start);
    }

    private bool TryAppend(byte next)
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
