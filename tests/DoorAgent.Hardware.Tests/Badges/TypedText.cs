using System.Text;
using System.Threading.Channels;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>A text source that returns the text that a test types.</summary>
internal sealed class TypedText : ITextSource
{
    private readonly Channel<byte[]> _typed = Channel.CreateBounded<byte[]>(1000);

    public bool IsDisposed { get; private set; }

    public TypedText Type(string text)
    {
        Assert.True(_typed.Writer.TryWrite(Encoding.Latin1.GetBytes(text)));
        return this;
    }

    public TypedText Unplug()
    {
        _typed.Writer.Complete();
        return this;
    }

    public async Task<int> ReadAsync(Memory<byte> into)
    {
        if (!await _typed.Reader.WaitToReadAsync(TestContext.Current.CancellationToken))
            return 0;
        byte[] bytes = await _typed.Reader.ReadAsync(TestContext.Current.CancellationToken);
        bytes.CopyTo(into);
        return bytes.Length;
    }

    public void Dispose()
    {
        IsDisposed = true;
        _typed.Writer.TryComplete();
    }
}
