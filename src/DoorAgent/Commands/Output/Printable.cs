using System.Text;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Output;

/// <summary>
/// Text as a terminal may be given it. What others wrote (an archive, a server, a file's name) may hold control characters, with
/// which a terminal is told to clear itself, to rename its window or to show a text backwards: the reader would see what is not so.
/// </summary>
internal static class Printable
{
    /// <summary>What stands in the place of a control character.</summary>
    public const char Instead = '?';

    /// <summary>The text with every control character replaced, but for the ends of lines and tabulators; and so is what turns the
    /// direction of writing.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> printable = text.ToArray();
        foreach (ref char letter in printable)
        {
            if (char.IsControl(letter) && letter is not ('\n' or '\t') || letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069')
                letter = Instead;
        }

        return printable.ToString();
    }
}

/// <summary>Writes on what it is given, made printable.</summary>
/// <param name="inner">Where to; it stays its owner's.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Printable.Of(buffer));

    public override void Flush() => inner.Flush();
}

/// <summary>Makes what tables, bars and pictures hold printable. Their colours and the movements of the cursor are the library's own.</summary>
internal sealed class PrintableTables : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(one => new Shown(one));

    private sealed class Shown(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(Printable.Of(segment.Text), segment.Style));
    }
}
