using System.Text;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Keeps the last line that a program wrote, and none of the rest, however much it writes. One writer.</summary>
internal sealed class ErrorTail
{
    /// <summary>Longest line kept, in bytes.</summary>
    public const int MaxLength = 300;

    private readonly byte[] _line = new byte[MaxLength];
    private int _length;
    private volatile string _last = "";

    /// <summary>The last line that said anything; empty when there was none.</summary>
    public string Line => _last;

    /// <summary>Takes what was written.</summary>
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

    /// <summary>What stands there counts as a line, ended or not.</summary>
    public void EndLine()
    {
        string line = Encoding.UTF8.GetString(_line, 0, _length).Trim();
        _length = 0;
        if (line.Length > 0)
            _last = string.Concat(line.Where(letter => !char.IsControl(letter)));
    }
}
