using System.Text;

namespace DoorAgent.Faults;

/// <summary>What the program did; the letters are those of disk.c.</summary>
internal enum DiskAct
{
    Write = 'W',
    Truncate = 'T',
    Sync = 'S',
    Rename = 'R',
    Unlink = 'U',
    Create = 'C',
    Said = 'P',
    Line = 'L',
}

/// <summary>One entry of the record that disk.c writes.</summary>
/// <param name="Act">What was done, after it was done.</param>
/// <param name="Offset">Where a write begins, or the length after a truncation, in bytes; the number of a GPIO line.</param>
/// <param name="Path">The file; for a GPIO line its consumer.</param>
/// <param name="Data">The bytes written or said; the new name; the level of a line, '0' or '1'.</param>
internal sealed record DiskStep(DiskAct Act, long Offset, string Path, byte[] Data)
{
    /// <summary>Whether the step changes files, and is therefore counted by disk.c as a point to kill at.</summary>
    public bool IsChange => Act is not (DiskAct.Said or DiskAct.Line);

    public string Text => Encoding.UTF8.GetString(Data);

    /// <summary>Whether an output line became active.</summary>
    public bool IsRise => Act == DiskAct.Line && Data is [(byte)'1'];
}

/// <summary>Reads the record of disk.c.</summary>
internal static class DiskLog
{
    private const int Head = 4 * sizeof(long);

    /// <summary>Reads all entries; an entry that a kill cut off is left out.</summary>
    public static IReadOnlyList<DiskStep> Read(string file)
    {
        List<DiskStep> steps = [];
        ReadOnlySpan<byte> rest = File.Exists(file) ? File.ReadAllBytes(file) : [];
        while (rest.Length >= Head)
        {
            long act = BitConverter.ToInt64(rest), offset = BitConverter.ToInt64(rest[8..]);
            int path = (int)BitConverter.ToInt64(rest[16..]), data = (int)BitConverter.ToInt64(rest[24..]);
            if (rest.Length < Head + path + data)
                break;
            steps.Add(new DiskStep((DiskAct)act, offset, Encoding.UTF8.GetString(rest.Slice(Head, path)),
                rest.Slice(Head + path, data).ToArray()));
            rest = rest[(Head + path + data)..];
        }

        return steps;
    }
}
