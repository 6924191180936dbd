using System.Text;

namespace DoorAgent.Commands.Output;

/// <summary>
/// Writes on a standard stream, and remembers that it could not: a full device is no reason to leave half done what the command is
/// about. <see cref="Failure"/> says why, for the end.
/// </summary>
/// <param name="inner">The stream; it stays its owner's.</param>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Why something could not be written, the first time; null while all was.</summary>
    public string? Failure { get; private set; }

    public override void Write(char value) => Guarded(() => inner.Write(value));

    public override void Write(string? value) => Guarded(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guarded(() => inner.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Flush() => Guarded(inner.Flush);

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure ??= (failure.InnerException ?? failure).Message;
        }
    }
}
