using System.Security.Cryptography;
using DoorAgent.Sealing;

namespace DoorAgent.Tests.Sealing;

public sealed class SealedStreamTests
{
    private static readonly DoorKey Key = DoorKey.Generate();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedStream.PieceBytes - 1)]
    [InlineData(SealedStream.PieceBytes)]
    [InlineData(2 * SealedStream.PieceBytes + 7)]
    public void WhatIsSealedOpensAndHasThePromisedLength(int length)
    {
        byte[] content = RandomNumberGenerator.GetBytes(length), made = Close(content);
        Assert.Equal(SealedStream.LengthOf(length), made.Length);
        Assert.Equal(content, Open(made, "a test"));
        Assert.Throws<BrokenSealException>(() => Open(made, "another test"));
    }

    [Fact]
    public void PiecesCannotBeExchangedLeftOutOrCutOff()
    {
        const int piece = SealedStream.PieceBytes + Seal.Overhead;
        byte[] made = Close(RandomNumberGenerator.GetBytes(2 * SealedStream.PieceBytes + 7));
        byte[] exchanged = [.. made[piece..(2 * piece)], .. made[..piece], .. made[(2 * piece)..]];
        Assert.All(new[] { exchanged, made[piece..], made[..(2 * piece)], made[..piece], made[..^1], [], [.. made, 0] },
            wrong => Assert.Throws<BrokenSealException>(() => Open(wrong, "a test")));
    }

    [Fact]
    public void LongerContentThanWasSaidIsRefused()
    {
        using MemoryStream to = new();
        Assert.Throws<BrokenSealException>(() => SealedStream.Open(Key, new MemoryStream(Close(new byte[100])), to, "a test", 99));
        Assert.Equal(0, to.Length);
    }

    private static byte[] Close(byte[] content)
    {
        using MemoryStream to = new();
        SealedStream.Close(Key, new MemoryStream(content), to, "a test");
        return to.ToArray();
    }

    private static byte[] Open(byte[] made, string identity)
    {
        using MemoryStream to = new();
        SealedStream.Open(Key, new MemoryStream(made), to, identity);
        return to.ToArray();
    }
}
