using System.Text;

namespace DoorAgent.Hardware.Badges;

/// <summary>A line of a reader's text.</summary>
/// <param name="Text">Its characters, letters in upper case, without blanks around them; empty when <paramref name="Fault"/> says why there are none.</param>
/// <param name="Fault">The fault, or <see cref="ReadFault.None"/>.</param>
/// <param name="Length">How many characters came.</param>
internal readonly record struct TextLine(string Text, ReadFault Fault, int Length)
{
    /// <summary>Whether STX stood before it.</summary>
    public bool IsFramed { get; init; }
}

/// <summary>
/// Bytes to lines: a line ends with CR, LF or ETX (STX before it is left out), empty and blank ones are none. What is too long is
/// told at once, and never becomes a number when it ends at last. Pure.
/// </summary>
internal sealed class TextLines
{
    /// <summary>More characters than any number has: the longest UID has 32 digits.</summary>
    public const int MaxLength = 40;

    private const byte Begin = 0x02, End = 0x03, Tab = 0x09, LineFeed = 0x0A, Return = 0x0D, FirstPrinted = 0x20, LastPrinted = 0x7E;

    private readonly StringBuilder _text = new(MaxLength);
    private int _length;
    private bool _isGarbage;
    private bool _isRest;
    private bool _isFramed;

    /// <summary>Whether something came that has not ended.</summary>
    public bool IsBegun => _length > 0 || _isRest;

    /// <summary>Takes one byte.</summary>
    /// <returns>The line that ended with it; null when none did.</returns>
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

    /// <summary>Nothing followed for too long: what has come so far is no number, and what comes next does not belong to it.</summary>
    /// <returns>What became of it; null where that was told before.</returns>
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
