using System.Text;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Output;

/// <summary>
/// Makes text safe for a terminal. Text from others (an archive, a server, a file name) may contain control characters that clear the
/// screen, rename the window or reverse the direction of writing, and so would deceive the reader.
/// </summary>
internal static class Printable
{
    /// <summary>The character that replaces a control character.</summary>
    public const char Instead = '?';

    /// <summary>Returns the text with every control character replaced, except line feeds and tabs, and with every character replaced that
    /// changes the direction of writing.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> printable = text.ToArray();
        foreach (ref char letter in printable)
        {
            if (char.IsControl(letter) && letter is not ('\n' or '\t')
                || letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069')
                letter = Instead;
        }

        return printable.ToString();
    }
}

/// <summary>Writes printable text to another writer.</summary>
/// <param name="inner">The other writer; the caller keeps ownership.</param>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Printable.Of(buffer));

    public override void Flush() => inner.Flush();
}

/// <summary>Makes the text of tables, bars and pictures printable; colours and cursor movements come from the library and pass
/// unchanged.</summary>
internal sealed class PrintableTables : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(one => new Shown(one));

    private sealed class Shown(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak ? segment
            : new Segment(Printable.Of(segment.Text), segment.Style));
    }
}
