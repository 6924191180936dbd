using System.Text;

namespace DoorAgent.Hardware.Badges;

/// <summary>A line of a reader's text.</summary>
/// <param name="Text">The line's characters in upper case without surrounding blanks; empty when <paramref name="Fault"/> names a
/// fault.</param>
/// <param name="Fault">The fault, or <see cref="ReadFault.None"/>.</param>
/// <param name="Length">Number of received characters.</param>
internal readonly record struct TextLine(string Text, ReadFault Fault, int Length)
{
    /// <summary>Whether STX preceded the line.</summary>
    public bool IsFramed { get; init; }
}

/// <summary>
/// Splits bytes into lines. A line ends with CR, LF or ETX; a leading STX is dropped, and blank lines are ignored. A line that is too
/// long is reported at once, and its rest is never read as a number. Pure.
/// </summary>
internal sealed class TextLines
{
    /// <summary>The maximum length of a line; the longest badge number, a UID, has 32 digits.</summary>
    public const int MaxLength = 40;

    private const byte Begin = 0x02, End = 0x03, Tab = 0x09, LineFeed = 0x0A, Return = 0x0D, FirstPrinted = 0x20, LastPrinted = 0x7E;

    private readonly StringBuilder _text = new(MaxLength);
    private int _length;
    private bool _isGarbage;
    private bool _isRest;
    private bool _isFramed;

    /// <summary>Whether a line has begun and not ended.</summary>
    public bool IsBegun => _length > 0 || _isRest;

    /// <summary>Appends one byte.</summary>
    /// <returns>The line that this byte ended; null when no line ended.</returns>
    public TextLine? Append(byte next)
    {
        if (next is Return or LineFeed or End)
            return EndLine();
        if (next == Begin)
        {
            TextLine? before = IsBegun ? Interrupt() : null;
            _isFramed = true;
            return before;
        }

        _length++;
        if (next is Tab or (>= FirstPrinted and <= LastPrinted))
            _text.Append(char.ToUpperInvariant((char)next));
        else
            _isGarbage = true;
        if (_length <= MaxLength)
            return null;
        TextLine tooLong = new("", ReadFault.Garbage, _length);
        Clear();
        _isRest = true;
        return tooLong;
    }

    /// <summary>Ends the current line as a fault after a pause, so that the next byte begins a new line.</summary>
    /// <returns>The faulty line; null when no line had begun or its fault was already reported.</returns>
    public TextLine? Interrupt()
    {
        TextLine line = new("", _isGarbage || _isRest ? ReadFault.Garbage : ReadFault.Unfinished, _length);
        Clear();
        return line.Length == 0 ? null : line;
    }

    private TextLine? EndLine()
    {
        TextLine line = _isGarbage || _isRest ? new("", ReadFault.Garbage, _length)
            : new(_text.ToString().Trim(), ReadFault.None, _length) { IsFramed = _isFramed };
        Clear();
        return line.Length == 0 || (line.Fault == ReadFault.None && line.Text.Length == 0) ? null : line;
    }

    private void Clear()
    {
        _text.Clear();
        (_length, _isGarbage, _isRest, _isFramed) = (0, false, false, false);
    }
}
