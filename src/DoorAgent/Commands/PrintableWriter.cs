using System.Text;

namespace DoorAgent.Commands;

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
