using System.Text;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Text of readers that type or write to a serial line. The first byte chooses the format, the second the size of the pieces in
/// which the text arrives; a piece of 0xFF is a pause.</summary>
internal sealed class BadgeTextTarget : FuzzTarget
{
    private static readonly TextFormat[] Formats = [.. TextFormat.All, TextFormat.Find("H10302:")!, TextFormat.Find("H10301:123")!];

    public override string Name => "badge-text";

    public override int MaxLength => 512;

    public override IReadOnlyList<string> Tokens =>
        ["H10301:", "H10302::", "UID:", "C1k35s:", "0X", "\u0002", "\u0003", "\r\n", "0012345678", "188,24910", "62B43423", "ÿ"];

    public override IEnumerable<byte[]> Seeds()
    {
        string[] texts = ["0012345678\r", "18824910\n188,24910\r\n", "1655780387\n", "0x62B43423\n", "123456789\n", "4567\n"];
        foreach ((int i, string text) in texts.Index())
            yield return [(byte)i, 8, .. Encoding.ASCII.GetBytes(text)];
        yield return [3, 40, .. "\u000262E3086CED08\u0003H10301:188:24910\nUID:62B43423\n"u8];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
            return;
        TextFormat format = Formats[input[0] % Formats.Length];
        TextLines lines = new();
        foreach (byte next in input[2..])
        {
            TextLine? line = next == 0xFF ? lines.Interrupt() : lines.Append(next);
            if (line is { } ended)
                Check(ended, format);
        }
    }

    public override bool Allows(Exception failure) => false;

    private static void Check(TextLine line, TextFormat format)
    {
        BrokenPromiseException.Unless(line.Fault == ReadFault.None || line.Text.Length == 0, "A faulty line has a text.");
        BrokenPromiseException.Unless(line.Text.Length <= TextLines.MaxLength, "A line is too long.");
        if (line.Fault != ReadFault.None || (line.IsFramed && TextChecksum.IsWrong(line.Text)))
            return;
        if (format.Read(line.Text) is not { } badge)
            return;
        BrokenPromiseException.Unless(Badge.TryParse(badge.Number) == badge, "The badge's number is not in its canonical form.");
        BrokenPromiseException.Unless(!badge.ToString().Contains(badge.Number, StringComparison.Ordinal), "The badge's number is shown.");
        _ = WiegandFormat.Misfit(badge);
    }
}
