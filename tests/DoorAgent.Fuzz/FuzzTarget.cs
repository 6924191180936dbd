namespace DoorAgent.Fuzz;

/// <summary>A parser that reads bytes of strangers: how it is called, what its contract allows, and small inputs of our own.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The target's name on the command line and of its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>The longest input that is tried, in bytes.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>Whether native code does the work, whose memory only the kernel counts.</summary>
    public virtual bool IsNative => false;

    /// <summary>Words of the format, which mutations insert; a character is a byte (Latin-1).</summary>
    public virtual IReadOnlyList<string> Tokens => [];

    /// <summary>Inputs that our own writers made, from which mutations start.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Reads one input as the program does, and checks what the parser promises about its result.</summary>
    /// <exception cref="BrokenPromiseException">The result is one that the parser must never give.</exception>
    public abstract void Read(ReadOnlySpan<byte> input);

    /// <summary>Whether the parser's contract names this exception.</summary>
    public abstract bool Allows(Exception failure);

    public override string ToString() => Name;
}

/// <summary>A parser gave a result that it must never give, such as a badge that was not read, or a person whom nobody enrolled.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    /// <exception cref="BrokenPromiseException">The promise is broken.</exception>
    public static void Unless(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }
}
