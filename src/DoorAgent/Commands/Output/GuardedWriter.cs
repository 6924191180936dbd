using System.Text;

namespace DoorAgent.Commands.Output;

/// <summary>
/// Writes to a standard stream and keeps the first failure in <see cref="Failure"/>: a full device must not stop a command halfway.
/// </summary>
/// <param name="inner">The stream; the caller keeps ownership.</param>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Message of the first failed write; null while every write succeeded.</summary>
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
