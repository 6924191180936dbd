using System.Text;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Keeps only the last line that a program wrote, however much the program writes. Supports one writer.</summary>
internal sealed class ErrorTail
{
    /// <summary>Longest line kept, in bytes.</summary>
    public const int MaxLength = 300;

    private readonly byte[] _line = new byte[MaxLength];
    private int _length;
    private volatile string _last = "";

    /// <summary>The last line with visible text; empty before such a line.</summary>
    public string Line => _last;

    /// <summary>Adds written bytes.</summary>
    public void Add(ReadOnlySpan<byte> written)
    {
        foreach (byte next in written)
        {
            if (next is (byte)'\n' or (byte)'\r')
                EndLine();
            else if (_length < MaxLength)
                _line[_length++] = next;
        }
    }

    /// <summary>Ends the current line, with or without a line break.</summary>
    public void EndLine()
    {
        string line = Encoding.UTF8.GetString(_line, 0, _length).Trim();
        _length = 0;
        if (line.Length > 0)
            _last = string.Concat(line.Where(letter => !char.IsControl(letter)));
    }
}
